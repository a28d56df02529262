"""Rows of spins as words: bit b of word w of a row is the spin at x = 64 w + b, 1 for up."""

import numpy as np


def packed(spins):
    """Words of rows of spins.

    Parameters
    ----------
    spins : int8[..., L]
        +-1; 0 counts as down.

    Returns
    -------
    uint64[..., ceil(L / 64)]
        The unused bits of the last word are zero.
    """
    spins = np.asarray(spins)
    up = np.zeros((*spins.shape[:-1], -(-spins.shape[-1] // 64) * 64), dtype=np.uint8)
    up[..., : spins.shape[-1]] = spins > 0
    return np.packbits(up, axis=-1, bitorder="little").view("<u8").astype(np.uint64)


def unpacked(words):
    """Spins +-1, int8[..., L, L], of square lattices uint64[..., L, ceil(L / 64)]; inverts `packed`."""
    rows = np.ascontiguousarray(words, dtype="<u8").view(np.uint8)
    bits = np.unpackbits(rows, axis=-1, count=words.shape[-2], bitorder="little")
    return 2 * bits.astype(np.int8) - 1
