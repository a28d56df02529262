r"""Couplings of an effective Hamiltonian from configurations: inverse Ising by pseudo-likelihood.

ln P(s) = K1 sum_nn s s' + K2 sum_nnn s s' + K4 sum_plaquettes s s' s'' s''' + const. Given all others, a
spin has

    P(s_i) = 1 / (1 + exp(-2 s_i (K1 a_i + K2 b_i + K4 c_i)))

with the sums a, b, c over its neighbors, diagonal neighbors and plaquettes (Besag, J. R. Stat. Soc. B
36, 192 (1974), doi:10.1111/j.2517-6161.1974.tb00999.x). All that the fit needs of any number of spins is
how often each of the 125 values of (s a, s b, s c) / 2 occurs.
"""

import numpy as np
from numba import njit
from scipy.special import expit

NAMES = ("k_nearest", "k_diagonal", "k_plaquette")
_GRID = np.stack(np.meshgrid(*[[-4, -2, 0, 2, 4]] * 3, indexing="ij"), axis=-1).reshape(-1, 3).astype(float)


def neighborhoods(spins):
    """How often each neighborhood occurs.

    Parameters
    ----------
    spins : int8[n, L, L]
        +-1.

    Returns
    -------
    int64[n, 125]
        For each configuration.
    """
    counts = np.zeros((len(spins), 125), dtype=np.int64)
    _neighborhoods(spins, counts)
    return counts


@njit(cache=True)
def _neighborhoods(spins, counts):
    n, L, _ = spins.shape
    for i in range(n):
        s = spins[i]
        for y in range(L):
            up, down = s[y - 1 if y else L - 1], s[y + 1 if y + 1 < L else 0]
            row = s[y]
            for x in range(L):
                left, right = x - 1 if x else L - 1, x + 1 if x + 1 < L else 0
                n1, n2, n3, n4 = row[left], row[right], up[x], down[x]
                d1, d2, d3, d4 = up[left], up[right], down[left], down[right]
                a = n1 + n2 + n3 + n4
                b = d1 + d2 + d3 + d4
                c = n1 * n3 * d1 + n2 * n3 * d2 + n1 * n4 * d3 + n2 * n4 * d4
                s0 = row[x]
                counts[i, 25 * ((s0 * a + 4) >> 1) + 5 * ((s0 * b + 4) >> 1) + ((s0 * c + 4) >> 1)] += 1


def fitted(counts, steps=60):
    """Couplings of largest pseudo-likelihood.

    Parameters
    ----------
    counts : float64[..., 125]
        Of `neighborhoods`, summed.
    steps : int
        Newton steps at most.

    Returns
    -------
    float64[..., 3]
        K1, K2, K4.
    """
    counts = np.asarray(counts, dtype=float)
    weight = counts / counts.sum(axis=-1, keepdims=True)
    K = np.zeros((*counts.shape[:-1], 3))
    for _ in range(steps):
        miss = expit(-2 * K @ _GRID.T)  # probability of the other sign
        slope = 2 * (weight * miss) @ _GRID
        curvature = 4 * np.einsum("...k,ka,kb->...ab", weight * miss * (1 - miss), _GRID, _GRID)
        step = np.linalg.solve(curvature + 1e-12 * np.eye(3), slope[..., None])[..., 0]
        K += step / np.maximum(1.0, np.abs(step).max(axis=-1, keepdims=True))
        if np.abs(step).max() < 1e-12:
            break
    return K
