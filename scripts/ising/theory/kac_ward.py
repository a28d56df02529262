r"""ln Z of the planar Ising model without a field, with any couplings, from one determinant.

J = k_B = 1, E = - sum_<ij> J_ij s_i s_j on a grid of L x L sites with an edge (no torus). With t = tanh(J_ij
/ T),

    Z = 2^N prod_<ij> cosh(J_ij / T) sqrt(det(1 - A)),   A_{e, f} = t_f exp(i angle(e, f) / 2),

where e and f are directed bonds, f starts where e ends and does not go straight back, and angle is that by
which one turns from e to f. The cost is that of a determinant of 4 L (L - 1) rows, whatever the couplings;
with a field, or off the plane, no such formula is known (F. Barahona, J. Phys. A 15, 3241 (1982),
doi:10.1088/0305-4470/15/10/028).

Source: M. Kac and J. C. Ward, Phys. Rev. 88, 1332 (1952), doi:10.1103/PhysRev.88.1332.
"""

import numpy as np

from scripts.ising.theory.checks import temperatures

STEPS = ((0, 1), (1, 0), (0, -1), (-1, 0))  # right, down, left, up: turning by 90 degrees each time


def log_partition_function(across, down, T):
    """ln Z of the whole grid.

    Parameters
    ----------
    across : float64[L, L - 1]
        Couplings between a site and its neighbor to the right.
    down : float64[L - 1, L]
        Couplings between a site and the one below.
    T : float

    Returns
    -------
    log_z : float
    rows : int
        Of the determinant.
    """
    T, size = float(temperatures(T)), len(across)
    bonds = {}
    for (y, x), J in np.ndenumerate(across):
        bonds[y, x, 0], bonds[y, x + 1, 2] = J / T, J / T
    for (y, x), J in np.ndenumerate(down):
        bonds[y, x, 1], bonds[y + 1, x, 3] = J / T, J / T
    number = {bond: k for k, bond in enumerate(bonds)}
    matrix = np.eye(len(bonds), dtype=complex)
    for (y, x, way), k in number.items():
        y, x = y + STEPS[way][0], x + STEPS[way][1]
        for turn in (-1, 0, 1):
            after = y, x, (way + turn) % 4
            if after in bonds:
                matrix[k, number[after]] -= np.tanh(bonds[after]) * np.exp(0.25j * np.pi * turn)
    K = np.concatenate([np.ravel(across), np.ravel(down)]) / T
    _, log_det = np.linalg.slogdet(matrix)
    log_cosh = np.logaddexp(K, -K).sum() - len(K) * np.log(2)
    return float(size**2 * np.log(2) + log_cosh + log_det / 2), len(bonds)
