r"""Ising observables from moments, each with its jackknife error over the replicas.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i, beta = 1/T, K = beta J. A simulation of one
(L, T, h) hands over, for each of R independent replicas, the time averages named in
`MOMENTS`: E is the total energy, M the total magnetization. Derivatives are
connected correlations with the energy, d<A>/dK = <A><E> - <A E>, which holds at h = 0. Every observable is
a function of the means by these names, of beta and of the number of spins.
"""

import numpy as np

from scripts.common.statistics import jackknife
from scripts.ising.kernels.moments import moment_sums

MOMENTS = ("E", "E2", "absM", "M", "M2", "M4", "EabsM", "EM2", "EM4")


def moment_products(energy, magnetization):
    """The products whose averages are the moments.

    Parameters
    ----------
    energy, magnetization : int or float array [...]
        Total energy and magnetization of each measurement.

    Returns
    -------
    float64[..., 9]
        In the order of `MOMENTS`. Floats, because sums of M^4 and E M^4 overflow int64
        from L = 128 on; sums of the others stay exact below 2^53.
    """
    e, m = np.asarray(energy, dtype=float), np.asarray(magnetization, dtype=float)
    size, square = np.abs(m), m * m
    fourth = square * square
    return np.stack([e, e * e, size, m, square, fourth, e * size, e * square, e * fourth], axis=-1)


def moments_from_series(energy, magnetization):
    """Moments of every replica from its time series.

    Parameters
    ----------
    energy, magnetization : int32[n, R]
        Total energy and magnetization; time runs along the first axis.

    Returns
    -------
    float64[R, 9]
        In the order of `MOMENTS`.
    """
    return moment_sums(energy, magnetization).T / len(energy)


def energy(m, beta, n_spins):
    """Energy per spin, <E>/N."""
    return m["E"] / n_spins


def specific_heat(m, beta, n_spins):
    """Specific heat per spin, c = beta^2 (<E^2> - <E>^2)/N."""
    return beta**2 * (m["E2"] - m["E"] ** 2) / n_spins


def abs_magnetization(m, beta, n_spins):
    """Mean absolute magnetization per spin, <|M|>/N."""
    return m["absM"] / n_spins


def magnetization(m, beta, n_spins):
    """Magnetization per spin with its sign, <M>/N; what a field asks for."""
    return m["M"] / n_spins


def squared_magnetization(m, beta, n_spins):
    """Mean squared magnetization per spin, <M^2>/N^2."""
    return m["M2"] / n_spins**2


def susceptibility(m, beta, n_spins):
    """Susceptibility at h = 0 from the absolute value, beta (<M^2> - <|M|>^2)/N."""
    return beta * (m["M2"] - m["absM"] ** 2) / n_spins


def binder(m, beta, n_spins):
    """Binder parameter U4 = 1 - <M^4>/(3 <M^2>^2); 2/3 in order, 0 for Gaussian M."""
    return 1 - m["M4"] / (3 * m["M2"] ** 2)


def dln_abs_magnetization(m, beta, n_spins):
    """d ln<|m|>/dK = <E> - <E|M|>/<|M|>; grows as L^{1/nu} at Tc."""
    return m["E"] - m["EabsM"] / m["absM"]


def dln_squared_magnetization(m, beta, n_spins):
    """d ln<m^2>/dK = <E> - <E M^2>/<M^2>; grows as L^{1/nu} at Tc."""
    return m["E"] - m["EM2"] / m["M2"]


def binder_slope(m, beta, n_spins):
    """dU4/dK = (1 - U4)(2 d ln<m^2>/dK - d ln<m^4>/dK); grows as L^{1/nu} at Tc."""
    dln_fourth = m["E"] - m["EM4"] / m["M4"]
    ratio = m["M4"] / (3 * m["M2"] ** 2)
    return ratio * (2 * dln_squared_magnetization(m, beta, n_spins) - dln_fourth)


OBSERVABLES = {
    function.__name__: function
    for function in (
        energy,
        specific_heat,
        abs_magnetization,
        magnetization,
        squared_magnetization,
        susceptibility,
        binder,
        dln_abs_magnetization,
        dln_squared_magnetization,
        binder_slope,
    )
}


def estimates(moments, temperature, n_spins):
    """All observables with jackknife errors over the replicas.

    Parameters
    ----------
    moments : float64[R, 9]
        Time averages of every replica; see `MOMENTS`.
    temperature : float
    n_spins : int
        N = L^2.

    Returns
    -------
    dict of str to Estimate
        Bias-corrected, with R - 1 degrees of freedom.
    """

    def of_means(observable):
        return lambda means: observable(named(means), 1 / temperature, n_spins)

    functions = {name: of_means(observable) for name, observable in OBSERVABLES.items()}
    return {name: jackknife(moments, f, bias_corrected=True) for name, f in functions.items()}


def named(means):
    """Means float64[..., 9] by the names of `MOMENTS`."""
    return dict(zip(MOMENTS, np.moveaxis(means, -1, 0), strict=True))
