"""ln Z by summing out one spin after the other, and how many weights that adds up. beta = 1.

Summing over a spin couples all spins that it was coupled to: the sum is a table over its k neighbors of 2^k
entries, each of two weights. The spin with the fewest neighbors goes first. On a tree no table ever
has more than one spin; where every spin is coupled to every other, the first one holds half of all states.

Source: R. Dechter, Artif. Intell. 113, 41 (1999), doi:10.1016/S0004-3702(99)00059-4.
"""

import numpy as np

SIGNS = np.array([-1.0, 1.0])


def log_partition_function(J, h):
    """ln Z of E = - sum_{i<j} J_ij s_i s_j - sum_i h_i s_i, and the number of weights added up.

    Parameters
    ----------
    J : float64[n, n]
        Symmetric with zero diagonal; a zero is no coupling.
    h : float64[n]

    Returns
    -------
    log_z : float
    terms : int
        2^(n + 1) - 2 if all spins are coupled, 4 (n - 1) + 2 on a tree, 2 n without couplings.
    """
    neighbors = {i: set(np.flatnonzero(row).tolist()) for i, row in enumerate(J)}
    tables = {i: [((i,), h[i] * SIGNS)] for i in neighbors}  # each stands at one of its spins
    for i, j in np.argwhere(np.triu(J)).tolist():
        tables[i].append(((i, j), J[i, j] * np.outer(SIGNS, SIGNS)))
    log_z, terms = 0.0, 0
    while neighbors:
        spin = min(neighbors, key=lambda i: len(neighbors[i]))
        around = sorted(neighbors.pop(spin))
        held = [(i, table) for i in (spin, *around) for table in tables[i] if spin in table[0]]
        summed = np.logaddexp.reduce(_product([table for _, table in held], (spin, *around)), axis=0)
        for i in around:
            neighbors[i] = (neighbors[i] | set(around)) - {i, spin}
            tables[i] = [table for table in tables[i] if spin not in table[0]]
        if around:
            tables[around[0]].append((tuple(around), summed))
        else:
            log_z += summed
        terms += 2 ** (len(around) + 1)
    return float(log_z), terms


def _product(tables, scope):
    """Logarithms of tables of weights added over a common scope, one axis of length 2 for each spin."""
    total = np.zeros((2,) * len(scope))
    for spins, table in tables:
        axes = [scope.index(i) for i in spins]
        shape = [2 if k in axes else 1 for k in range(len(scope))]
        total = total + np.transpose(table, np.argsort(axes)).reshape(shape)
    return total
