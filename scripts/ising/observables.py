r"""Ising observables from moments, each with its jackknife error over the replicas.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i, beta = 1/T, K = beta J. A simulation of one
(L, T, h) hands over, for each of R independent replicas, the time averages named in
`MOMENTS`: E is the total energy, M the total magnetization. Derivatives are
connected correlations with the energy, d<A>/dK = <A><E> - <A E>, which holds at h = 0.
"""

import numpy as np

from scripts.common.statistics import (
    AutocorrelationError,
    bin_means,
    integrated_autocorrelation_time,
    jackknife,
)
from scripts.ising.kernels.moments import moment_sums

MOMENTS = ("E", "E2", "absM", "M", "M2", "M4", "EabsM", "EM2", "EM4")
FEWEST_BLOCKS = 16
BLOCK_TAUS = 20  # a block of 20 tau leaves the error short by about 2.5 %


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
    dict of str to float64[R]
        The names of `MOMENTS`, in that order.
    """
    return dict(zip(MOMENTS, moment_sums(energy, magnetization) / len(energy), strict=True))


def moment_matrix(moments):
    """Moments as a matrix float64[R, 9] with the columns of `MOMENTS`."""
    return np.stack([np.asarray(moments[name], dtype=float) for name in MOMENTS], axis=-1)


def energy(means, beta, n_spins):
    """Energy per spin, <E>/N."""
    return _named(means)["E"] / n_spins


def specific_heat(means, beta, n_spins):
    """Specific heat per spin, c = beta^2 (<E^2> - <E>^2)/N."""
    m = _named(means)
    return beta**2 * (m["E2"] - m["E"] ** 2) / n_spins


def abs_magnetization(means, beta, n_spins):
    """Mean absolute magnetization per spin, <|M|>/N."""
    return _named(means)["absM"] / n_spins


def magnetization(means, beta, n_spins):
    """Magnetization per spin with its sign, <M>/N; what a field asks for."""
    return _named(means)["M"] / n_spins


def squared_magnetization(means, beta, n_spins):
    """Mean squared magnetization per spin, <M^2>/N^2."""
    return _named(means)["M2"] / n_spins**2


def susceptibility(means, beta, n_spins):
    """Susceptibility at h = 0 from the absolute value, beta (<M^2> - <|M|>^2)/N."""
    m = _named(means)
    return beta * (m["M2"] - m["absM"] ** 2) / n_spins


def susceptibility_full(means, beta, n_spins):
    """Susceptibility d<m>/dh, beta (<M^2> - <M>^2)/N; below Tc at h = 0 it contains the flips."""
    m = _named(means)
    return beta * (m["M2"] - m["M"] ** 2) / n_spins


def binder(means, beta, n_spins):
    """Binder parameter U4 = 1 - <M^4>/(3 <M^2>^2); 2/3 in order, 0 for Gaussian M."""
    m = _named(means)
    return 1 - m["M4"] / (3 * m["M2"] ** 2)


def dln_abs_magnetization(means, beta, n_spins):
    """d ln<|m|>/dK = <E> - <E|M|>/<|M|>; grows as L^{1/nu} at Tc."""
    m = _named(means)
    return m["E"] - m["EabsM"] / m["absM"]


def dln_squared_magnetization(means, beta, n_spins):
    """d ln<m^2>/dK = <E> - <E M^2>/<M^2>; grows as L^{1/nu} at Tc."""
    m = _named(means)
    return m["E"] - m["EM2"] / m["M2"]


def binder_slope(means, beta, n_spins):
    """dU4/dK = (1 - U4)(2 d ln<m^2>/dK - d ln<m^4>/dK); grows as L^{1/nu} at Tc."""
    m = _named(means)
    dln_fourth = m["E"] - m["EM4"] / m["M4"]
    ratio = m["M4"] / (3 * m["M2"] ** 2)
    return ratio * (2 * dln_squared_magnetization(means, beta, n_spins) - dln_fourth)


OBSERVABLES = {
    function.__name__: function
    for function in (
        energy,
        specific_heat,
        abs_magnetization,
        magnetization,
        squared_magnetization,
        susceptibility,
        susceptibility_full,
        binder,
        dln_abs_magnetization,
        dln_squared_magnetization,
        binder_slope,
    )
}


def estimates(moments, temperature, n_spins, names=tuple(OBSERVABLES)):
    """Observables with jackknife errors over the replicas.

    Parameters
    ----------
    moments : dict of str to float64[R]
        Time averages of every replica; see `MOMENTS`.
    temperature : float
    n_spins : int
        N = L^2.
    names : sequence of str
        Keys of `OBSERVABLES`.

    Returns
    -------
    dict of str to Estimate
        Bias-corrected, with R - 1 degrees of freedom.
    """
    matrix = moment_matrix(moments)
    return {name: _estimate(matrix, OBSERVABLES[name], temperature, n_spins) for name in names}


def chain_moments(energy, magnetization):
    """Moments of one chain cut into blocks, which then serve as its replicas.

    Parameters
    ----------
    energy, magnetization : int32[n]
        One chain, such as a cluster algorithm gives.

    Returns
    -------
    moments : dict of str to float64[B]
        16 <= B <= 64 blocks, each at least 20 tau long.
    taus : dict of str to AutocorrelationTime
        Of "energy" and "abs_magnetization", in steps between measurements.

    Raises
    ------
    AutocorrelationError
        If the chain does not hold 16 such blocks.
    """
    taus = {
        "energy": integrated_autocorrelation_time(energy),
        "abs_magnetization": integrated_autocorrelation_time(np.abs(magnetization)),
    }
    tau, n = max(time.tau for time in taus.values()), len(energy)
    n_blocks = min(64, int(n / (BLOCK_TAUS * tau)))
    if n_blocks < FEWEST_BLOCKS:
        raise AutocorrelationError(tau, n, FEWEST_BLOCKS * BLOCK_TAUS)
    blocks = bin_means(moment_products(energy, magnetization), n // n_blocks)
    return dict(zip(MOMENTS, blocks.T, strict=True)), taus


def _named(means):
    return dict(zip(MOMENTS, np.moveaxis(means, -1, 0), strict=True))


def _estimate(matrix, observable, temperature, n_spins):
    return jackknife(matrix, lambda means: observable(means, 1 / temperature, n_spins), bias_corrected=True)
