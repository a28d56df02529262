r"""The Curie-Weiss model: every spin coupled to every other, where mean field is exact.

k_B = 1, E = -M^2 / (2N) - h M with M = sum_i s_i (the constant self-coupling included), beta = 1/T; T_c = 1.
For finite N the sum over the N + 1 values of M is done exactly, in logarithms. For N to infinity
m = tanh[beta (m + h)], that is `mean_field` with z = 1.

Source: R. S. Ellis, Entropy, Large Deviations, and Statistical Mechanics (Springer, 1985), chapter V.
"""

import numpy as np
from scipy.special import gamma, gammaln

from scripts.ising.theory import mean_field
from scripts.ising.theory.checks import integer, temperatures


def distribution(N, T, h=0.0):
    """Exact distribution of the magnetization per spin.

    Parameters
    ----------
    N : int
        Number of spins, at least 2; the cost is proportional to N.
    T : float
        Temperature.
    h : float
        Field.

    Returns
    -------
    m : float64[N + 1]
        M / N.
    log_weight : float64[N + 1]
        ln of the number of states times e^(-beta E); ln Z is their log-sum-exp.

    Raises
    ------
    ValueError
        If T <= 0 or N < 2.
    """
    N, T = integer("N", N, 2), float(temperatures(T))
    up = np.arange(N + 1)
    m = (2 * up - N) / N
    log_states = gammaln(N + 1) - gammaln(up + 1) - gammaln(N - up + 1)
    return m, log_states + N * (m**2 / 2 + h * m) / T


def log_partition_function(N, T, h=0.0):
    """ln Z / N; parameters as for `distribution`. Error about 1e-14 (the rounding of ln N! / N)."""
    return float(np.logaddexp.reduce(distribution(N, T, h)[1])) / N


def moments(N, T, h=0.0):
    """Moments of the magnetization per spin and the Binder parameter; parameters as for `distribution`.

    Returns
    -------
    dict
        ``m``, ``abs_m``, ``m2``, ``m4``, and ``binder`` = 1 - <m^4> / (3 <m^2>^2).
    """
    m, log_weight = distribution(N, T, h)
    p = np.exp(log_weight - log_weight.max())
    p /= p.sum()
    m2, m4 = p @ m**2, p @ m**4
    values = {"m": p @ m, "abs_m": p @ np.abs(m), "m2": m2, "m4": m4, "binder": 1 - m4 / (3 * m2**2)}
    return {name: float(value) for name, value in values.items()}


def infinite_log_partition_function(T, h=0.0):
    """The limit of ln Z / N: that of mean field with z = 1; T and h may be arrays."""
    return -mean_field.free_energy(T, 1, h) / temperatures(T)


def finite_size_correction(T):
    """Limit of ln Z - N lim(ln Z / N) at h = 0: -1/2 ln[1 - beta (1 - m^2)], and ln 2 below T_c = 1.

    The Gaussian fluctuations about each minimum, and the number of minima.
    Infinite at T_c, where the fluctuations grow like N^(1/4).
    """
    T = temperatures(T)
    m = mean_field.magnetization(T, 1)
    gap = 1 - (1 - m**2) / T
    with np.errstate(divide="ignore"):
        return (np.where(m > 0, np.log(2), 0.0) - np.log(np.maximum(gap, 0)) / 2)[()]


def critical_moments():
    """At T_c: lim <m^2> sqrt N = sqrt 12 Gamma(3/4)/Gamma(1/4), and the Binder parameter 0.270520.

    There m N^(1/4) has the density exp(-x^4/12), whose moments are Gamma functions.
    """
    m2 = np.sqrt(12) * gamma(0.75) / gamma(0.25)
    return float(m2), float(1 - 12 * gamma(1.25) / gamma(0.25) / (3 * m2**2))
