r"""Swendsen-Wang on int8 spins, with one union-find entry per site: the twin and the baseline.

J = k_B = 1, E = -sum_<ij> s_i s_j, K = 1/T, h = 0, periodic square lattice. Bonds between
equal spins are open with probability p = 1 - e^{-2K}; every cluster of open bonds takes a new
sign by a fair coin (Swendsen and Wang, Phys. Rev. Lett. 58, 86 (1987),
doi:10.1103/PhysRevLett.58.86).
"""

import numpy as np
from numba import njit

from scripts.common.lattice.streams import load, next_word, store
from scripts.common.lattice.trees import find, unite


@njit(cache=True)
def plain_sweep(spins, parent, state, t):
    """One Swendsen-Wang sweep with its own random numbers.

    Parameters
    ----------
    spins : int8[L, L]
        +-1, changed in place.
    parent : int32[L * L]
        Work space.
    state : uint64[4]
        Random stream, advanced in place.
    t : uint64
        Threshold of the open bonds, p 2^64.
    """
    L = spins.shape[0]
    for i in range(L * L):
        parent[i] = i
    stream = load(state)
    for y in range(L):
        down = y + 1 if y + 1 < L else 0
        for x in range(L):
            right = x + 1 if x + 1 < L else 0
            if spins[y, x] == spins[y, right]:
                word, stream = next_word(stream)
                if word < t:
                    unite(parent, y * L + x, y * L + right)
            if spins[y, x] == spins[down, x]:
                word, stream = next_word(stream)
                if word < t:
                    unite(parent, y * L + x, down * L + x)
    sites = spins.reshape(-1)
    for i in range(L * L):
        root = parent[i]
        if root == i:
            word, stream = next_word(stream)
            sites[i] = 1 if word >> np.uint64(63) else -1
        else:  # a parent comes before its child, so it has its sign already
            sites[i] = sites[root]
    store(state, stream)


@njit(cache=True)
def plain_update(spins, parent, horizontal, vertical, flips):
    """The same move with given bits, to compare the packed kernel with, bit for bit.

    Parameters
    ----------
    spins : int8[L, L]
        +-1, changed in place.
    parent : int32[L * L]
        Work space.
    horizontal, vertical : bool[L, L]
        Whether the bond to the right, or down, is open if its spins are equal.
    flips : bool[L, L]
        A cluster flips if the bit of its first site (in rows from the top) is set.
    """
    L = spins.shape[0]
    for i in range(L * L):
        parent[i] = i
    for y in range(L):
        for x in range(L):
            right, down = (x + 1) % L, (y + 1) % L
            if horizontal[y, x] and spins[y, x] == spins[y, right]:
                unite(parent, y * L + x, y * L + right)
            if vertical[y, x] and spins[y, x] == spins[down, x]:
                unite(parent, y * L + x, down * L + x)
    sites, coins = spins.reshape(-1), flips.reshape(-1)
    for i in range(L * L):
        if coins[find(parent, i)]:
            sites[i] = -sites[i]
