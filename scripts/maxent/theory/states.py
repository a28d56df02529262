"""All states of a few binary units and the products of units that serve as features."""

from itertools import combinations

import numpy as np

from scripts.common.enumeration import spins


def spin_states(n):
    """All states of n units as +1 and -1, float64[2^n, n]; bit i of the row number is unit i, 1 for +1."""
    return spins(np.arange(2**n), n)


def subsets(n, order):
    """Index tuples of all products of exactly ``order`` different units."""
    return list(combinations(range(n), order))


def products(states, groups):
    """Products of units, float64[N, len(groups)], for states float64[N, n]."""
    return np.stack([states[:, list(group)].prod(axis=1) for group in groups], axis=1)


def features(n, orders):
    """All products of the given orders in all states of n units, float64[2^n, k]: a column for each."""
    return products(spin_states(n), [group for order in orders for group in subsets(n, order)])
