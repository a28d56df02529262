"""Spin configurations as words uint64[L, ceil(L / 64)], in the rows of `scripts.common.lattice.rows`."""

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from scripts.common.bits.counting import popcount
from scripts.common.lattice.rows import packed


@intrinsic
def lowest_bit(typingctx, word):
    """Position of the lowest one of a word that is not zero, as uint64."""

    def codegen(context, builder, signature, args):
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

    return types.uint64(types.uint64), codegen


def ordered(L):
    """All spins up, uint64[L, ceil(L / 64)].

    Raises
    ------
    ValueError
        If L is odd or below 4.
    """
    if L < 4 or L % 2:
        raise ValueError(f"the edge length must be even and at least 4, not {L}")
    return packed(np.ones((L, L), dtype=np.int8))


@njit(cache=True)
def valid_bits(L, w):
    """Ones where word ``w`` of a row holds spins."""
    unused = np.uint64(max(0, 64 * (w + 1) - L))
    return np.uint64(0xFFFFFFFFFFFFFFFF) >> unused


@njit(cache=True)
def right_neighbors(row, w, L):
    """Word ``w`` of a row, shifted so that each bit is the spin to its right; periodic."""
    shifted = row[w] >> np.uint64(1)
    if w + 1 < row.size:
        return shifted | (row[w + 1] << np.uint64(63))
    return shifted | ((row[0] & np.uint64(1)) << np.uint64((L - 1) & 63))


@njit(cache=True)
def energy_and_magnetization(words):
    """E = -sum_<ij> s_i s_j and M = sum_i s_i of a configuration, both int64."""
    L, n_words = words.shape
    unequal, up = np.int64(0), np.int64(0)
    for y in range(L):
        below = words[y + 1 if y + 1 < L else 0]
        for w in range(n_words):
            word = words[y, w]
            right = right_neighbors(words[y], w, L)
            unequal += np.int64(popcount((word ^ right) & valid_bits(L, w)) + popcount(word ^ below[w]))
            up += np.int64(popcount(word))
    return 2 * unequal - 2 * L * L, 2 * up - L * L
