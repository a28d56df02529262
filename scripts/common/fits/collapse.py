r"""Data collapse: the exponents that bring the curves of all sizes onto one.

.. math:: y = L^{r} f\big((T - T_c) L^{1/\nu}\big)

The quality S of Houdayer and Hartmann, Phys. Rev. B 70, 014418 (2004),
doi:10.1103/PhysRevB.70.014418, compares each point with the line through its neighbors
from the other sizes; like a reduced chi-square it is about 1 for a good collapse.
"""

from typing import NamedTuple

import numpy as np
from scipy import optimize

from scripts.common.fits.least_squares import FitError

PARAMETERS = ("tc", "inverse_nu", "ratio")


class Collapse(NamedTuple):
    """The best collapse.

    Attributes
    ----------
    values, errs : dict of str to float
        ``tc``, ``inverse_nu`` = 1/nu, ``ratio`` = r; the error of a fixed one is 0.
    quality : float
        S at the optimum.
    """

    values: dict
    errs: dict
    quality: float


def scaled(data, tc, inverse_nu, ratio):
    """Scaled coordinates of rows (L, T, y, err), float64[4, n] -> (L, x, y, err) float64[4, n]."""
    size, temperature, y, err = data
    return np.stack([size, (temperature - tc) * size**inverse_nu, y * size**-ratio, err * size**-ratio])


def collapse_quality(rows):
    """Quality S of scaled rows.

    Parameters
    ----------
    rows : float64[4, n]
        (L, x, y, err), no two points of one size at the same x.

    Returns
    -------
    float
        Mean of (y - Y)^2/(err^2 + dY^2), where Y(x) +- dY is the weighted straight line
        through the two neighbors of x in every other size that encloses it; inf if
        the curves do not overlap.
    """
    rows = rows[:, np.lexsort((rows[1], rows[0]))]
    size, x, y, err = rows
    sums = np.zeros((5, len(x)))  # weighted 1, x, y, x^2, x y
    for other in np.unique(size):
        curve = rows[1:, size == other]
        right = np.searchsorted(curve[0], x)
        enclosed = (size != other) & (right > 0) & (right < curve.shape[1])
        for neighbor in (right[enclosed] - 1, right[enclosed]):
            u, v, e = curve[:, neighbor]
            sums[:, enclosed] += np.stack([np.ones_like(u), u, v, u * u, u * v]) / e**2
    met = sums[0] > 0
    if not met.any():
        return np.inf
    k, kx, ky, kxx, kxy = sums[:, met]
    determinant = k * kxx - kx**2
    line = (kxx * ky - kx * kxy + x[met] * (k * kxy - kx * ky)) / determinant
    variance = (kxx - 2 * x[met] * kx + x[met] ** 2 * k) / determinant
    return float(np.mean((y[met] - line) ** 2 / (err[met] ** 2 + variance)))


def best_collapse(data, start, rng, *, free=PARAMETERS, n_resamples=40):
    """The exponents of the best data collapse.

    Parameters
    ----------
    data : float64[4, n]
        Rows (L, T, y, err), at least two sizes.
    start : dict of str to float
        ``tc``, ``inverse_nu``, ``ratio``.
    rng : numpy.random.Generator
    free : sequence of str
        Parameters to be searched for; the others stay as given.
    n_resamples : int
        Parametric bootstrap samples for the errors, which are good to 1/sqrt(2 n).

    Returns
    -------
    Collapse
        Corrections to scaling are not in its errors: look at ``quality``.

    Raises
    ------
    FitError
        If the curves of different sizes nowhere overlap at the start.
    """
    data = np.asarray(data, dtype=float)
    if not np.isfinite(collapse_quality(scaled(data, **start))):
        raise FitError("the curves of different sizes nowhere overlap: no collapse can be judged")
    best, quality = _optimum(data, start, free)
    center = start | dict(zip(free, best, strict=True))
    draws = np.array([_optimum(_redrawn(data, rng), center, free)[0] for _ in range(n_resamples)])
    errs = dict(zip(free, draws.std(axis=0, ddof=1).tolist(), strict=True))
    return Collapse(center, dict.fromkeys(start, 0.0) | errs, quality)


def _optimum(data, start, free):
    def objective(values):
        return collapse_quality(scaled(data, **start | dict(zip(free, values, strict=True))))

    first = np.array([start[name] for name in free])
    steps = np.diag([0.002 if name == "tc" else 0.02 for name in free])
    simplex = np.vstack([first, first + steps])
    options = {"initial_simplex": simplex, "xatol": 1e-5, "fatol": 1e-5, "maxiter": 2000}
    result = optimize.minimize(objective, first, method="Nelder-Mead", options=options)
    return result.x.tolist(), float(result.fun)


def _redrawn(data, rng):
    size, temperature, y, err = data
    return np.stack([size, temperature, y + err * rng.standard_normal(len(y)), err])
