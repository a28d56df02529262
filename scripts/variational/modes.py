"""One Gaussian fitted to two, both ways round: ``mode_seeking.csv``, ``mode_points.csv``.

P = [N(a, 1) + N(-a, 1)]/2, divergences in nats, lengths in units of the width of a mode.
"""

import numpy as np
import pandas as pd

from scripts.variational.kernels import mode_fit
from scripts.variational.theory import mode_seeking as theory

CHECKED = (1.0, 1.5, 2.0, 3.0, 4.0)  # half distances that the claims name
FAR = 6.0  # where dropping a mode costs ln 2 to many digits
BRACKETS = {"switch": (2.6, 3.0), "spinodal": (1.8, 2.5)}  # of a, and of m


def curves(separations):
    """All fits at every half distance of the modes.

    Parameters
    ----------
    separations : sequence of float
        a > 0; those of the claims are added.

    Returns
    -------
    pandas.DataFrame
        ``a``; ``broad_s``, ``broad_divergence`` of the symmetric fit by D(Q||P), and ``broad_curvature``, the
        smallest second derivative there; ``mode_m``, ``mode_s``, ``mode_divergence`` of the fit of one mode,
        missing where there is none; ``best_m``, ``best_s``, ``best_divergence`` of the better one, by direct
        minimization where a claim asks (``direct``); ``forward_m``, ``forward_s`` by D(P||Q), with
        ``forward_divergence``, and ``forward_of_mode``: D(P||Q) of the fit of one mode.
    """
    rows = []
    for a in sorted({*map(float, separations), *CHECKED, FAR}):
        broad, mode = theory.symmetric(a), theory.asymmetric(a)
        value = theory.reverse_divergence(*broad, a)
        row = {
            "a": a,
            "broad_s": broad[1],
            "broad_divergence": value,
            "broad_curvature": np.linalg.eigvalsh(theory.hessian(*broad, a)).min(),
            "mode_m": np.nan, "mode_s": np.nan, "mode_divergence": np.nan, "forward_of_mode": np.nan,
        }  # fmt: skip
        best = (0.0, broad[1], value)
        if mode is not None:
            found = theory.reverse_divergence(*mode, a)
            row |= {"mode_m": mode[0], "mode_s": mode[1], "mode_divergence": found}
            row["forward_of_mode"] = theory.forward_divergence(*mode, a)
            best = min(best, (*mode, found), key=lambda fit: fit[2])
        if a in CHECKED:
            best = min((mode_fit.fit(a, start) for start in ((a, 1.0), (0.0, a))), key=lambda fit: fit[2])
        forward = theory.forward_fit(a)
        rows.append(
            row
            | dict(zip(("best_m", "best_s", "best_divergence"), (abs(best[0]), *best[1:]), strict=True))
            | {"direct": a in CHECKED, "forward_m": forward[0], "forward_s": forward[1]}
            | {"forward_divergence": theory.forward_divergence(*forward, a)}
        )
    return pd.DataFrame(rows)


def points():
    """Spinodal and switch, each by two optimizers.

    Returns
    -------
    pandas.DataFrame
        ``point``, ``optimizer`` (stationarity or minimization), ``a``, ``divergence`` of the fit of one mode.
    """
    spinodal, switch = theory.spinodal(), theory.switch()
    rows = [
        ("spinodal", "stationarity", spinodal[0], theory.reverse_divergence(*spinodal[1:], spinodal[0])),
        ("switch", "stationarity", *switch),
    ]
    for name in ("spinodal", "switch"):
        a = getattr(mode_fit, name)(*BRACKETS[name])
        start = spinodal[1:] if name == "spinodal" else (a, 1.0)
        value = mode_fit.divergence(*start, a) if name == "spinodal" else mode_fit.fit(a, start)[2]
        rows.append((name, "minimization", a, value))
    return pd.DataFrame(rows, columns=["point", "optimizer", "a", "divergence"])


if __name__ == "__main__":
    from scripts.common.io import job
    from scripts.common.tables import write_table

    with job(snakemake):
        write_table(snakemake.output.curves, curves(snakemake.params.separations))
        write_table(snakemake.output.points, points())
