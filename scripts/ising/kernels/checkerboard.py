"""Scalar checkerboard Metropolis: the dynamics of `multispin`, one spin at a time.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i on a periodic square lattice of even size. A sweep updates
the even color, then the odd one.
"""

from numba import njit


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
