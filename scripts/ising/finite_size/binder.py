"""Tc, U4* and nu from the Binder parameter: crossings, and one fit of all sizes; J = k_B = 1."""

import numpy as np

from scripts.common import fits
from scripts.ising.finite_size.points import TC, points

BACKGROUND = 7 / 4  # omega of the leading correction to U4


def binder_curves(table, *, degree=5):
    """Polynomials in T - Tc through the Binder parameter of each size near Tc.

    Parameters
    ----------
    table : pandas.DataFrame
        With ``binder``.
    degree : int
        Lowered where a size has too few points to leave one for chi-square.

    Returns
    -------
    dict of int to Fit
        L -> polynomial around `TC`, in rising order.

    Raises
    ------
    FitError
        If a size has fewer than two temperatures near Tc.
    """
    size, temperature, value, err = points(table, "binder")
    curves = {}
    for length in np.unique(size):
        x, y, e = (column[size == length] for column in (temperature, value, err))
        lower = max(1, min(degree, len(x) - 2))
        curves[int(length)] = fits.polynomial(x, y, e, degree=lower, center=TC)
    return curves


def binder_crossings(table, *, degree=5):
    """Crossings of the Binder parameters of successive sizes.

    Parameters
    ----------
    table, degree
        As in `binder_curves`.

    Returns
    -------
    sizes : int64[k, 2]
        The two sizes of each crossing.
    crossings : Crossings
        Temperatures and values, with their covariance.

    Raises
    ------
    FitError
        If there are fewer than two sizes, or curves that do not cross near Tc.
    """
    curves = binder_curves(table, degree=degree)
    sizes = np.array(list(curves))
    if len(sizes) < 2:
        raise fits.FitError("a crossing needs at least 2 sizes")
    reach = TC * 1.2 / sizes[-2]
    crossings = fits.crossings(list(curves.values()), center=TC, low=TC - reach, high=TC + reach)
    return np.stack([sizes[:-1], sizes[1:]], axis=1), crossings


def scaling_field(temperature, tc):
    """tau = (S - 1/S)/2 with S = sinh(2/T)/sinh(2/tc): positive below tc, odd under duality."""
    ratio = np.sinh(2 / temperature) / np.sinh(2 / tc)
    return (ratio - 1 / ratio) / 2


def binder_scaling(data, *, degree=6):
    """The Binder parameter of all sizes and temperatures near Tc in one fit.

    Parameters
    ----------
    data : float64[4, n]
        L, T, U4, err from `points`, at least three sizes.
    degree : int
        Of the polynomial f; lowered for few points, to leave some for chi-square.

    Returns
    -------
    Fit
        tc, inverse_nu, f0 .. f{degree}, g0, g1 with
        U4 = sum_k f_k x^k + L^-7/4 (g0 + g1 x), x = tau L^inverse_nu; f0 is U4*.

    Raises
    ------
    FitError
        With too few points, or if the search does not converge.
    """
    size, temperature, value, err = data
    degree = max(1, min(degree, len(size) - 8))
    names = [*(f"f{k}" for k in range(degree + 1)), "g0", "g1"]

    def design(tc, inverse_nu):
        x = scaling_field(temperature, tc) * size**inverse_nu
        corrections = [size**-BACKGROUND, x * size**-BACKGROUND]
        return np.stack([x**k for k in range(degree + 1)] + corrections, axis=1)

    start = fits.linear_fit(design(TC, 1.0), value, err, names)
    guess = {"tc": TC, "inverse_nu": 1.0} | dict(zip(names, start.values.tolist(), strict=True))
    return fits.nonlinear_fit(lambda _, tc, p, *rest: design(tc, p) @ rest, data, value, err, guess)


def critical_point(table):
    """Tc, U4* and 1/nu from the scaling of the Binder parameter, scanned over the smallest size.

    Parameters
    ----------
    table : pandas.DataFrame

    Returns
    -------
    cut : float
        Smallest size of the first fit that the data accept.
    fit : Fit
        Of `binder_scaling`: ``tc``, ``inverse_nu``, ``f0`` = U4*.
    scan : dict of float to Fit

    Raises
    ------
    FitError
        With fewer than three sizes.
    """
    scan = fits.smallest_size_scan(
        lambda *data: binder_scaling(np.stack(data)), *points(table, "binder"), fewest=3
    )
    return *fits.first_accepted(scan), scan
