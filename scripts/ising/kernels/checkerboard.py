"""Scalar checkerboard Metropolis: the dynamics of `multispin`, one spin at a time.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i on a periodic square lattice of even size. A sweep updates
the even color, then the odd one.
"""

import numpy as np
from numba import njit

from scripts.common.seeds import generator
from scripts.ising.kernels.naive import acceptance


@njit(cache=True)
def advance(spins, table, rng, n_sweeps):
    """Sweep in place.

    Parameters
    ----------
    spins : int8[L, L]
        +1 and -1, L even.
    table : float[5, 2]
        Of `scripts.ising.kernels.naive.acceptance`.
    rng : numpy.random.Generator
    n_sweeps : int
    """
    L = len(spins)
    for _ in range(n_sweeps):
        for color in range(2):
            for i in range(L):
                above, below = i - 1, (i + 1 if i + 1 < L else 0)
                for j in range((i + color) % 2, L, 2):
                    right = j + 1 if j + 1 < L else 0
                    s = spins[i, j]
                    field = spins[above, j] + spins[below, j] + spins[i, j - 1] + spins[i, right]
                    if rng.random() < table[(s * field + 4) // 2, (s + 1) // 2]:
                        spins[i, j] = -s


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

    Raises
    ------
    ValueError
        If L is odd or below 4, or the temperature not positive.
    """
    if len(spins) < 4 or len(spins) % 2:
        raise ValueError(f"L = {len(spins)}: a lattice needs an even L >= 4")
    table, rng = acceptance(temperature, field), generator(seed, *labels)
    energy, magnetization = np.empty((2, n_sweeps), np.int64)
    for k in range(n_sweeps):
        advance(spins, table, rng, 1)
        s = spins.astype(np.int64)
        energy[k] = -(s * (np.roll(s, 1, 0) + np.roll(s, 1, 1))).sum()
        magnetization[k] = s.sum()
    return energy, magnetization
