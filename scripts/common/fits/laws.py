"""The laws of critical phenomena as fits, and the scan over the smallest size."""

import numpy as np

from scripts.common.fits.least_squares import FitError, linear_fit, nonlinear_fit

WELCOME = 0.05  # p-value from which a cut-off is taken without looking further


def polynomial(x, y, err, *, degree, center=0.0):
    """Fit y = sum_k c_k (x - center)^k; the parameters are c0, c1, ..."""
    design = np.vander(np.asarray(x, dtype=float) - center, degree + 1, increasing=True)
    return linear_fit(design, y, err, [f"c{k}" for k in range(degree + 1)])


def log_law(x, y, err, *, correction=None):
    """Fit of a logarithmic divergence.

    Parameters
    ----------
    x, y, err : float64[n]
    correction : float, optional
        omega > 0 of a third term.

    Returns
    -------
    Fit
        y = slope ln x + constant (+ correction x^-omega).
    """
    x = np.asarray(x, dtype=float)
    columns, names = [np.log(x), np.ones_like(x)], ["slope", "constant"]
    if correction is not None:
        columns, names = [*columns, x**-correction], [*names, "correction"]
    return linear_fit(np.stack(columns, axis=1), y, err, names)


def power_law(x, y, err, *, correction=None):
    """Fit of a power law.

    Parameters
    ----------
    x, y, err : float64[n]
        x > 0; y of one sign.
    correction : float, optional
        omega > 0 of the leading correction to scaling.

    Returns
    -------
    Fit
        y = amplitude x^exponent (1 + correction x^-omega).

    Raises
    ------
    FitError
        If x is not positive or y changes its sign.
    """
    x, y, err = (np.asarray(a, dtype=float) for a in (x, y, err))
    sign = np.sign(y[0])
    if not (np.all(x > 0) and np.all(sign * y > 0)):
        raise FitError("a power law needs x > 0 and values of one sign")
    straight = log_law(x, np.log(sign * y), err / np.abs(y))
    guess = {"amplitude": sign * np.exp(straight["constant"].value), "exponent": straight["slope"].value}
    if correction is None:
        return nonlinear_fit(lambda x, a, p: a * x**p, x, y, err, guess)
    return nonlinear_fit(
        lambda x, a, p, b: a * x**p * (1 + b * x**-correction), x, y, err, guess | {"correction": 0.0}
    )


def smallest_size_scan(fit, sizes, *data, fewest):
    """One fit for each smallest size that is kept.

    Parameters
    ----------
    fit : callable
        (sizes, *data) -> Fit.
    sizes : float64[n]
        Equal ones are kept or dropped together.
    *data : float64[n]
        Such as y, err.
    fewest : int
        Different sizes that a fit must keep.

    Returns
    -------
    dict of float to Fit
        Smallest size -> fit, in rising order.

    Raises
    ------
    FitError
        If there are fewer sizes than ``fewest``.
    """
    columns = [np.asarray(column, dtype=float) for column in (sizes, *data)]
    cuts = np.unique(columns[0])
    if len(cuts) < fewest:
        raise FitError(f"a scaling fit needs at least {fewest} sizes, not {len(cuts)}")
    kept = {float(cut): columns[0] >= cut for cut in cuts[: len(cuts) - fewest + 1]}
    return {cut: fit(*(column[rows] for column in columns)) for cut, rows in kept.items()}


def first_accepted(scan, *, level=WELCOME):
    """The smallest cut-off whose fit has p >= level, else the one with the largest p.

    Parameters
    ----------
    scan : dict of float to Fit
        From `smallest_size_scan`.
    level : float

    Returns
    -------
    cut : float
    fit : Fit
        It may be one that the data reject, or that no degree of freedom tests: see
        `Fit.acceptable`.
    """
    judged = {cut: fit for cut, fit in scan.items() if fit.degrees_of_freedom > 0} or scan
    accepted = [cut for cut, fit in judged.items() if fit.p_value >= level]
    cut = accepted[0] if accepted else max(judged, key=lambda key: judged[key].p_value)
    return cut, judged[cut]
