"""Random-site Metropolis with a table of acceptance probabilities: the oracle and the baseline.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i on a periodic square lattice.
"""

import numpy as np
from numba import njit

from scripts.common.seeds import generator
from scripts.ising.kernels.wolff import energy_and_magnetization


@njit(cache=True)
def advance(spins, table, rng, n_sweeps):
    """Sweep in place, without measuring.

    Parameters
    ----------
    spins : int8[L, L]
        +1 and -1.
    table : float[5, 2]
        Of `acceptance`.
    rng : numpy.random.Generator
    n_sweeps : int
        L*L attempted flips each.
    """
    L = len(spins)
    for _ in range(n_sweeps * L * L):
        i, j = divmod(np.int64(rng.random() * (L * L)), L)
        s = spins[i, j]
        field = spins[i - 1, j] + spins[i, j - 1] + spins[(i + 1) % L, j] + spins[i, (j + 1) % L]
        if rng.random() < table[(s * field + 4) // 2, (s + 1) // 2]:
            spins[i, j] = -s


@njit(cache=True)
def _run(spins, table, rng, energy, magnetization):
    for k in range(len(energy)):
        advance(spins, table, rng, 1)
        energy[k], magnetization[k] = energy_and_magnetization(spins)


def acceptance(temperature, field=0.0):
    """min(1, exp(-dE / T)), float[5, 2]: by (s times the sum of neighbors + 4) / 2, and by (s + 1) / 2.

    Raises
    ------
    ValueError
        If the temperature is not positive.
    """
    if not temperature > 0:
        raise ValueError(f"T = {temperature}: a temperature must be positive")
    around, s = np.arange(-4, 5, 2)[:, None], np.array([-1, 1])
    return np.exp(-2 * np.maximum(around + field * s, 0) / temperature)


def simulate(spins, temperature, n_sweeps, seed, *labels, field=0.0):
    """Sweep a lattice in place and measure after every sweep.

    Parameters
    ----------
    spins : ndarray, int8[L, L]
        +1 and -1.
    temperature, field : float
    n_sweeps : int
    seed, *labels : int, str
        The random stream.

    Returns
    -------
    energy, magnetization : ndarray, int64[n_sweeps]
        -sum_<ij> s_i s_j, without the term of the field, and sum_i s_i.
    """
    energy, magnetization = np.empty((2, n_sweeps), np.int64)
    _run(spins, acceptance(temperature, field), generator(seed, *labels), energy, magnetization)
    return energy, magnetization
