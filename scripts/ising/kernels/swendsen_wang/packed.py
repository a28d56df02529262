r"""Swendsen-Wang on bits: 64 spins to a word, one union-find entry per run of open bonds.

J = k_B = 1, E = -sum_<ij> s_i s_j, K = 1/T, h = 0, periodic square lattice; bonds between equal
spins are open with p = 1 - e^{-2K} (Swendsen and Wang, Phys. Rev. Lett. 58, 86 (1987),
doi:10.1103/PhysRevLett.58.86). How it differs from the plain kernel, which it matches bit for bit:

- A *run* is a maximal stretch of open horizontal bonds within a row. Its label is its number
  in reading order, found by counting the starts of runs up to a bit; nothing is stored per site.
- The first vertical bond of a run hangs it below the run above by one assignment. Of the others
  only the first between each pair of runs is left, so that few unions need a search.
- The root of a cluster is its first run, so parents come first and one pass in order
  passes the coin of each root down and turns the runs over.
"""

import numpy as np
from numba import njit

from scripts.common.bits.counting import popcount
from scripts.common.lattice.trees import unite
from scripts.ising.kernels.swendsen_wang.words import lowest_bit, right_neighbors, valid_bits

ONE = np.uint64(1)


@njit(cache=True)
def first_in_fields(bits, starts):
    """The lowest one of every field of a word.

    A field begins at each bit of ``starts`` (bit 0 included) and ends below the next. Each field but
    the last gets a one at its end as a guard, so that subtracting its start borrows from no other.
    """
    guarded = bits | (starts >> ONE)
    return bits & guarded & ~(guarded - starts)


@njit(cache=True)
def label_runs(spins, draws, before, wraps):
    """Turn open bonds into runs.

    Parameters
    ----------
    spins : uint64[L, W]
    draws : uint64[>= 2, L, W]
        In: bits of the bonds to the right and down. Out: starts of runs, open vertical bonds.
    before : int64[L + 1, W]
        Out: runs before each word, less 1; the last row tells how many there are.
    wraps : bool[L]
        Out: whether the bond from the end of a row to its beginning is open.
    """
    L, n_words = spins.shape
    last = np.uint64((L - 1) & 63)
    count = -1
    for y in range(L):
        below = spins[y + 1 if y + 1 < L else 0]
        joined = np.uint64(0)
        for w in range(n_words):
            word = spins[y, w]
            used = valid_bits(L, w)
            right = ~(word ^ right_neighbors(spins[y], w, L)) & draws[0, y, w] & used
            starts = ~(right << ONE | joined) & used
            joined = right >> np.uint64(63)
            draws[0, y, w] = starts
            draws[1, y, w] &= ~(word ^ below[w]) & used
            before[y, w] = count
            count += np.int64(popcount(starts))
        wraps[y] = (right >> last) & ONE != 0
    before[L, 0] = count


@njit(cache=True)
def join_runs(parent, draws, before, wraps):
    """Union over all open bonds between runs.

    ``parent`` int32[>= runs] starts as its own index; the other arguments come from `label_runs`.
    """
    L, n_words = draws.shape[1:]
    for y in range(L):
        down = y + 1 if y + 1 < L else 0
        for w in range(n_words):
            above, below, bonds = draws[0, y, w], draws[0, down, w], draws[1, y, w]
            first = np.uint64(0)
            if down:  # the runs of row 0 hang below nothing
                own = below & (np.uint64(0) - below)  # a run that began in an earlier word hangs already
                first = first_in_fields(bonds, below | ONE) & ~(own - ONE)
                _hang(parent, first, above, below, before[y, w], before[down, w])
            rest = first_in_fields(bonds, above | below | ONE) & ~first
            while rest:
                upto = rest ^ (rest - ONE)
                i = before[y, w] + np.int64(popcount(above & upto))
                j = before[down, w] + np.int64(popcount(below & upto))
                unite(parent, i, j)
                rest &= rest - ONE
        if wraps[y]:
            unite(parent, before[y, 0] + 1, before[y + 1, 0])


@njit(cache=True)
def _hang(parent, bonds, above, below, before_above, before_below):
    while bonds:
        upto = bonds ^ (bonds - ONE)  # the bits up to the lowest bond
        j = before_below + np.int64(popcount(below & upto))
        parent[j] = parent[before_above + np.int64(popcount(above & upto))]
        bonds &= bonds - ONE


@njit(cache=True)
def flip_clusters(spins, draws, parent, coins):
    """Turn over the clusters whose first site has a one in ``draws[2]``.

    ``coins`` uint8[>= runs] is work space for the coin of each run.
    """
    L, n_words = spins.shape
    run = 0
    for y in range(L):
        coin = np.uint64(0)
        for w in range(n_words):
            starts, flips = draws[0, y, w], draws[2, y, w]
            turned = np.uint64(0) - coin
            while starts:
                lowest = starts & (np.uint64(0) - starts)
                coins[run] = np.uint8(flips & lowest != 0)
                own = np.uint64(coins[parent[run]])  # a root finds its own
                coins[run] = np.uint8(own)
                turned ^= (np.uint64(0) - (own ^ coin)) & (np.uint64(0) - lowest)
                coin = own
                starts ^= lowest
                run += 1
            spins[y, w] ^= turned & valid_bits(L, w)


@njit(cache=True)
def squared_sizes(draws, parent, sizes):
    """Sum of n_c^2 over the clusters, int64; ``sizes`` int64[>= runs] is work space.

    Its average is that of M^2, with less noise: an improved estimator (Wolff, Nucl. Phys. B 300,
    501 (1988), doi:10.1016/0550-3213(88)90611-X).
    """
    _, L, n_words = draws.shape
    run = -1
    begin = np.int64(0)
    for y in range(L):
        for w in range(n_words):
            starts = draws[0, y, w]
            while starts:
                site = L * y + 64 * w + np.int64(lowest_bit(starts))
                if run >= 0:
                    sizes[run] = site - begin
                run, begin = run + 1, site
                starts &= starts - ONE
    sizes[run] = L * L - begin
    total = np.int64(0)
    for i in range(run, -1, -1):  # children come after their parents
        if parent[i] == i:
            total += sizes[i] * sizes[i]
        else:
            sizes[parent[i]] += sizes[i]
    return total
