r"""The Ising chain, exactly: no order at any T > 0, where mean field would put T_c = 2.

J = k_B = 1, E = -sum_i s_i s_{i+1} - h sum_i s_i, K = 1/T, B = h/T, per spin. The transfer matrix has
the eigenvalues e^K [cosh B +- sqrt(sinh^2 B + e^-4K)].

Source: E. Ising, Z. Phys. 31, 253 (1925), doi:10.1007/BF02980577.
"""

import numpy as np

from scripts.ising.theory.checks import integer, temperatures


def magnetization(T, h=0.0):
    """m = sinh B / sqrt(sinh^2 B + e^-4K) of the infinite chain: 0 at h = 0 for every T > 0."""
    T = temperatures(T)
    B = np.asarray(h, dtype=float) / T
    return (np.sinh(B) / np.hypot(np.sinh(B), np.exp(-2 / T)))[()]


def energy(T, n=None):
    """u = -tanh K at h = 0; on a ring -(t + t^(n-1)) / (1 + t^n) with t = tanh K."""
    return -correlation(T, 1, n)


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
