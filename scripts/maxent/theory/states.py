"""All states of a few binary units and the products of units that serve as features."""

from itertools import combinations

import numpy as np


def spin_states(n):
    """All states of n units as +1 and -1, float64[2^n, n]; bit i of the row number is unit i, 1 for +1."""
    return 2.0 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1) - 1.0


def subsets(n, order):
    """Index tuples of all products of exactly ``order`` different units."""
    return list(combinations(range(n), order))


def products(states, groups):
    """Products of units, float64[N, len(groups)], for states float64[N, n]."""
    return np.stack([states[:, list(group)].prod(axis=1) for group in groups], axis=1)


def energies(states, fields, couplings):
    """E = -sum h_i s_i - sum_{i<j} J_ij s_i s_j, float64[N]; couplings are symmetric without a diagonal."""
    return -states @ fields - ((states @ couplings) * states).sum(axis=1) / 2
