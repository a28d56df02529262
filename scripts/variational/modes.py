"""One Gaussian fitted to two: ``mode_seeking.csv``, ``mode_fits.csv``, ``mode_points.csv``.

P = [N(a, 1) + N(-a, 1)]/2, divergences in nats, lengths in units of the width of a mode.
"""

import numpy as np
import pandas as pd

from scripts.variational.kernels import mode_fit
from scripts.variational.theory import mode_seeking as theory

FAR = 6.0  # where dropping a mode costs ln 2 to many digits
CHECKED = (1.0, 1.5, 2.0, 3.0, 4.0, FAR)  # half distances that the claims name
OFF = 1.01  # of the width of a fit, the fault of a control
COLUMNS = (
    "a", "broad_s", "broad_divergence", "broad_curvature", "mode_m", "mode_s", "mode_divergence",
    "forward_of_mode", "best_m", "best_s", "best_divergence", "forward_m", "forward_s",
    "forward_divergence",
)  # fmt: skip
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
        missing where there is none; ``best_m``, ``best_s``, ``best_divergence`` of the better one;
        ``forward_m``, ``forward_s`` by D(P||Q), with ``forward_divergence``, and ``forward_of_mode``:
        D(P||Q) of the fit of one mode.
    """
    rows = []
    for a in sorted({*map(float, separations), *CHECKED}):
        broad, mode, forward = theory.symmetric(a), theory.asymmetric(a), theory.forward_fit(a)
        fits, of_mode = [(0.0, broad[1], theory.reverse_divergence(*broad, a))], (np.nan,) * 4
        if mode is not None:
            fits.append((*mode, theory.reverse_divergence(*mode, a)))
            of_mode = *fits[1], theory.forward_divergence(*mode, a)
        of_broad = *fits[0][1:], np.linalg.eigvalsh(theory.hessian(*broad, a)).min()
        best = min(fits, key=lambda fit: fit[2])
        rows.append((a, *of_broad, *of_mode, *best, *forward, theory.forward_divergence(*forward, a)))
    return pd.DataFrame(rows, columns=COLUMNS)


def direct_fits():
    """The best fits both ways round where a claim asks, by direct minimization.

    Returns
    -------
    pandas.DataFrame
        ``a``, ``goal`` (reverse: D(Q||P), forward: D(P||Q)), ``m``, ``s``, ``divergence``; ``wider``, the
        divergence of a Q that is one per cent too wide; ``below``, the part of D(Q||P) from where Q < P,
        and ``other``, the divergence of this fit the other way round.
    """
    rows = []
    for a in CHECKED:
        tried = [mode_fit.fit(a, start) for start in ((a, 1.0), (0.0, a))]
        m, s, least = min(tried, key=lambda found: found[2])
        other = mode_fit.forward_divergence(m, s, a)
        below = mode_fit.below(m, s, a)
        rows.append((a, "reverse", abs(m), s, least, mode_fit.divergence(m, OFF * s, a), below, other))
        m, s, least = mode_fit.fit(a, (0.5, 2.0), mode_fit.forward_divergence)
        wider, below = mode_fit.forward_divergence(m, OFF * s, a), mode_fit.below(m, s, a)
        rows.append((a, "forward", abs(m), s, least, wider, below, mode_fit.divergence(m, s, a)))
    return pd.DataFrame(rows, columns=["a", "goal", "m", "s", "divergence", "wider", "below", "other"])


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
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(curves=curves(params.separations), fits=direct_fits(), points=points())
