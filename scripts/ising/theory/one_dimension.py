r"""The Ising chain, exactly: no order at any T > 0, where mean field would put T_c = 2.

J = k_B = 1, E = -sum_i s_i s_{i+1} - h sum_i s_i, K = 1/T, B = h/T, per spin. The transfer matrix has
the eigenvalues e^K [cosh B +- sqrt(sinh^2 B + e^-4K)].

Source: E. Ising, Z. Phys. 31, 253 (1925), doi:10.1007/BF02980577.
"""

import numpy as np

from scripts.ising.theory.checks import integer, temperatures


def log_partition_function(T, h=0.0, n=None):
    """ln Z per spin of the infinite chain, or of a ring of n spins.

    Parameters
    ----------
    T : float or array
    h : float or array
        Field.
    n : int or None
        Length of the ring, at least 3; None for the infinite chain.

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        If T <= 0 or n < 3.
    """
    T, B = _reduced(T, h)
    root = np.hypot(np.sinh(B), np.exp(-2 / T))
    per_spin = 1 / T + np.log(np.cosh(B) + root)
    if n is None:
        return per_spin[()]
    n = integer("n", n, 3)
    ratio = (1 - np.exp(-4 / T)) / (np.cosh(B) + root) ** 2  # of the eigenvalues, without cancelation
    return (per_spin + np.log1p(ratio**n) / n)[()]


def free_energy(T, h=0.0, n=None):
    """-T ln Z per spin; parameters as for `log_partition_function`."""
    return -T * log_partition_function(T, h, n)


def magnetization(T, h=0.0):
    """m = sinh B / sqrt(sinh^2 B + e^-4K) of the infinite chain: 0 at h = 0 for every T > 0."""
    T, B = _reduced(T, h)
    return (np.sinh(B) / np.hypot(np.sinh(B), np.exp(-2 / T)))[()]


def susceptibility(T):
    """dm/dh = e^(2K) / T of the infinite chain at h = 0."""
    T = temperatures(T)
    return (np.exp(2 / T) / T)[()]


def energy(T, n=None):
    """u = -tanh K at h = 0; on a ring -(t + t^(n-1)) / (1 + t^n) with t = tanh K."""
    return -correlation(T, 1, n)


def specific_heat(T):
    """(K / cosh K)^2 of the infinite chain at h = 0: a bump, no singularity."""
    T = temperatures(T)
    return (1 / (T * np.cosh(1 / T)) ** 2)[()]


def correlation(T, r, n=None):
    """<s_0 s_r> = t^r at h = 0; on a ring (t^r + t^(n-r)) / (1 + t^n) with t = tanh K.

    Parameters
    ----------
    T : float or array
    r : int or array
        Distance, 0..n on a ring.
    n : int or None
        Length of the ring; None for the infinite chain.

    Raises
    ------
    ValueError
        If T <= 0 or n < 3.
    """
    t = np.tanh(1 / temperatures(T))
    if n is None:
        return t**r
    n = integer("n", n, 3)
    return (t**r + t ** (n - r)) / (1 + t**n)


def correlation_length(T):
    """xi = -1 / ln tanh K: finite for every T > 0."""
    K = 1 / temperatures(T)
    return (1 / (np.log1p(np.exp(-2 * K)) - np.log1p(-np.exp(-2 * K))))[()]


def _reduced(T, h):
    T = temperatures(T)
    return T, np.asarray(h, dtype=float) / T
