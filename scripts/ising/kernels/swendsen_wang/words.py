r"""Spin configurations as bits: uint64[L, ceil(L / 64)], one bit per spin, 1 for up.

Bit b of word w of row y is the spin at x = 64 w + b; the unused bits of the last word are zero.
The compiled functions below serve the kernels.
"""

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from scripts.common.bits.counting import popcount

WORD = 64


@intrinsic
def lowest_bit(typingctx, word):
    """Position of the lowest one of a word that is not zero, as uint64."""

    def codegen(context, builder, signature, args):
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

    return types.uint64(types.uint64), codegen


def packed(spins):
    """Words of a configuration.

    Parameters
    ----------
    spins : int8[L, L]
        +-1.

    Returns
    -------
    uint64[L, ceil(L / 64)]
    """
    L = len(spins)
    up = np.zeros((L, -(-L // WORD) * WORD), dtype=np.uint8)
    up[:, :L] = np.asarray(spins) > 0
    return np.packbits(up, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def unpacked(words):
    """Spins +-1, int8[L, L], of the words uint64[L, ceil(L / 64)]; inverts `packed`."""
    L = len(words)
    rows = np.ascontiguousarray(words, dtype="<u8").view(np.uint8).reshape(L, -1)
    return (2 * np.unpackbits(rows, axis=1, bitorder="little")[:, :L].astype(np.int8) - 1).astype(np.int8)


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


def configuration_bits(spins):
    """Configurations as they are stored: eight spins to a byte, in rows, lowest bit first.

    Parameters
    ----------
    spins : int8[..., L, L]
        +-1.

    Returns
    -------
    uint8[..., ceil(L * L / 8)]
        Read back by ``np.unpackbits(bits, axis=-1, count=L * L, bitorder="little")``.
    """
    spins = np.asarray(spins)
    return np.packbits(spins.reshape(*spins.shape[:-2], -1) > 0, axis=-1, bitorder="little")


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
