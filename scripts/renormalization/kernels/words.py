"""Configurations as words uint64[n, L, W], W = max(1, L/64), in the rows of `scripts.common.lattice.rows`.

L is a power of two, so that each row fills its words or lies in the low bits of one.
"""

import numpy as np
from numba import njit

from scripts.common.lattice import rows


def packed(spins):
    """Words of configurations.

    Parameters
    ----------
    spins : int8[n, L, L]
        +-1, L a power of two and at least 4.

    Returns
    -------
    uint64[n, L, W]

    Raises
    ------
    ValueError
        If L is no power of two from 4 on.
    """
    L = spins.shape[1]
    if L < 4 or L & (L - 1):
        raise ValueError(f"the edge length is a power of two from 4 on, not {L}")
    return rows.packed(spins)


def stored(bits, L):
    """Words of configurations as the Ising experiment stores them.

    Parameters
    ----------
    bits : uint8[n, L * L / 8]
        Row by row, most significant bit first.
    L : int

    Returns
    -------
    uint64[n, L, W]
    """
    return packed(np.unpackbits(bits, axis=1, count=L * L).reshape(-1, L, L).astype(np.int8))


@njit(cache=True)
def shifted(row, w, k, L):
    """Word ``w`` of a row, each bit the spin ``k`` places to its right; 0 <= k < min(L, 64)."""
    if k == 0:
        return row[w]
    if L < 64:
        mask = (np.uint64(1) << np.uint64(L)) - np.uint64(1)
        return ((row[w] >> np.uint64(k)) | (row[w] << np.uint64(L - k))) & mask
    after = row[w + 1 if w + 1 < row.size else 0]
    return (row[w] >> np.uint64(k)) | (after << np.uint64(64 - k))


@njit(cache=True)
def squeezed(word):
    """The 32 even bits of a word, side by side."""
    x = word & np.uint64(0x5555555555555555)
    x = (x | (x >> np.uint64(1))) & np.uint64(0x3333333333333333)
    x = (x | (x >> np.uint64(2))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    x = (x | (x >> np.uint64(4))) & np.uint64(0x00FF00FF00FF00FF)
    x = (x | (x >> np.uint64(8))) & np.uint64(0x0000FFFF0000FFFF)
    return (x | (x >> np.uint64(16))) & np.uint64(0x00000000FFFFFFFF)
