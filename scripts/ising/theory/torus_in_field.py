r"""ln Z of a small torus in a field, from all eigenvalues of its transfer matrix.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i, K = 1/T. With the 2^L configurations of a row as
states, Z = Tr V^L = sum_k lambda_k^L, where V = D^(1/2) W D^(1/2) is symmetric: D holds the weight of a
row, W that of the bonds between two rows. `transfer_matrix` has the moments; here stands the function
that generates them.

Source: H. A. Kramers and G. H. Wannier, Phys. Rev. 60, 252 (1941), doi:10.1103/PhysRev.60.252.
"""

import numpy as np

from scripts.ising.theory.checks import integer, temperatures

LARGEST_EDGE = 8


def log_partition_function(size, T, h):
    """ln Z of the whole torus.

    Parameters
    ----------
    size : int
        Even edge length L, 4..8; L = 8 takes 0.02 s.
    T, h : float
        Temperature and field.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If T <= 0, or L is not an even number within 4..8.
    """
    size = integer("size", size, 4, LARGEST_EDGE)
    if size % 2:
        raise ValueError(f"size: must be even, since eigenvalues may be negative; got {size}")
    K = 1 / float(temperatures(T))
    rows = 2.0 * ((np.arange(2**size)[:, None] >> np.arange(size)) & 1) - 1
    within = K * ((rows * np.roll(rows, 1, axis=1)).sum(axis=1) + h * rows.sum(axis=1))
    exponents = K * rows @ rows.T + (within[:, None] + within) / 2
    top = exponents.max()
    values = np.sort(np.abs(np.linalg.eigvalsh(np.exp(exponents - top))))
    return float(size * (top + np.log(values[-1])) + np.log(((values / values[-1]) ** size).sum()))
