"""Heat-bath chains of a machine with any couplings, one unit after the other. Spins +-1, beta = 1.

E(s) = - 1/2 sum_ij J_ij s_i s_j - sum_i h_i s_i with J symmetric and a zero diagonal. The streams are those
of `block_gibbs`.
"""

import math

import numpy as np
from numba import njit

from scripts.boltzmann.kernels.block_gibbs import GOLDEN, uniform


@njit(cache=True)
def _sweep(spins, counter, J, h, beta):
    n = len(spins)
    for i in range(n):
        field = h[i]
        for j in range(n):
            field += J[i, j] * spins[j]
        counter += GOLDEN
        spins[i] = 1 if uniform(counter) * (1.0 + math.exp(-2.0 * beta * field)) < 1.0 else -1
    return counter


@njit(cache=True)
def sweeps(spins, streams, J, h, n_sweeps, beta=1.0):
    """Advance chains in place, each by ``n_sweeps`` visits to every spin.

    Parameters
    ----------
    spins : int8[R, n]
    streams : uint64[R]
    J : float64[n, n]
    h : float64[n]
    n_sweeps : int
    beta : float
    """
    for c in range(len(spins)):
        for _ in range(n_sweeps):
            streams[c] = _sweep(spins[c], streams[c], J, h, beta)


@njit(cache=True)
def random_spins(streams, n):
    """Independent spins, int8[R, n]; the streams advance."""
    spins = np.ones((len(streams), n), np.int8)
    sweeps(spins, streams, np.zeros((n, n)), np.zeros(n), 1)
    return spins


@njit(cache=True)
def anneal(streams, J, h, betas):
    """Logarithms of the annealed importance weights from independent spins (beta = 0), float64[R].

    The mean of their exponentials estimates Z(betas[-1]) / 2^n; one sweep at every inverse temperature.
    """
    n, log_weights = len(h), np.zeros(len(streams))
    spins = random_spins(streams, n)
    for c in range(len(spins)):
        s = spins[c]
        for k in range(1, len(betas)):
            energy = 0.0
            for i in range(n):
                energy -= h[i] * s[i]
                for j in range(i):
                    energy -= J[i, j] * s[i] * s[j]
            log_weights[c] -= (betas[k] - betas[k - 1]) * energy
            streams[c] = _sweep(s, streams[c], J, h, betas[k])
    return log_weights
