"""Sums over all 2^N configurations of N spins: slow, and beyond doubt.

J = k_B = 1, beta = 1/T. Every term of Z = sum_s e^(-beta E(s)) is written down, so N stops at 20.
"""

import numpy as np

from scripts.ising.theory.checks import integer, temperatures

MOST_SPINS = 20


def configurations(n):
    """All configurations of n spins.

    Parameters
    ----------
    n : int
        1..20.

    Returns
    -------
    int8[2^n, n]
        Of -1 and +1.

    Raises
    ------
    ValueError
        If n is not within 1..20.
    """
    n = integer("n", n, 1, MOST_SPINS)
    return (2 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1) - 1).astype(np.int8)


def torus_couplings(size):
    """Coupling matrix of the L x L torus, float64[N, N], symmetric: 1 between neighbors, L = 3 or 4."""
    size = integer("size", size, 3, 4)
    sites = np.arange(size**2).reshape(size, size)
    couplings = np.zeros((size**2, size**2))
    for axis in (0, 1):
        couplings[sites, np.roll(sites, -1, axis)] = couplings[np.roll(sites, -1, axis), sites] = 1
    return couplings


def energies(couplings):
    """E = -sum_{i<j} J_ij s_i s_j of every configuration.

    Parameters
    ----------
    couplings : float64[n, n]
        Symmetric with a zero diagonal.

    Returns
    -------
    float64[2^n]
        In the order of `configurations`.
    """
    couplings = np.asarray(couplings, dtype=float)
    spins = configurations(len(couplings)).astype(float)
    return -0.5 * ((spins @ couplings) * spins).sum(axis=1)


def log_partition_function(levels, T):
    """ln Z from the energies of all configurations.

    Parameters
    ----------
    levels : float64[2^n]
    T : float

    Returns
    -------
    float
    """
    exponents = -np.asarray(levels) / temperatures(T)
    top = exponents.max()
    return float(top + np.log(np.exp(exponents - top).sum()))


def probabilities(levels, T):
    """Boltzmann's probability of every configuration, float64[2^n]; parameters as above."""
    exponents = -np.asarray(levels) / temperatures(T)
    weights = np.exp(exponents - exponents.max())
    return weights / weights.sum()
