"""Words of 64 replicas: bit b of every word belongs to replica b."""

import numpy as np

ALIGNMENT = 64


def aligned_words(n):
    """``n`` zero words, uint64[n], that start on a cache line."""
    per_line = ALIGNMENT // 8
    block = np.zeros(n + per_line, np.uint64)
    start = (-block.ctypes.data // 8) % per_line
    return block[start : start + n]


def bits_of(words):
    """Each bit as a byte: uint64[...] -> uint8[64, ...], bit b of the words first."""
    words = np.ascontiguousarray(words, dtype="<u8")
    flat = np.unpackbits(words.reshape(-1).view(np.uint8), bitorder="little").reshape(-1, 64)
    return np.ascontiguousarray(flat.T).reshape(64, *words.shape)


def words_of(bits):
    """The words with these bits: uint8[64, ...] of 0 and 1 -> uint64[...]; inverts `bits_of`."""
    bits = np.asarray(bits, np.uint8)
    flat = np.ascontiguousarray(bits.reshape(64, -1).T)
    packed = np.packbits(flat, axis=1, bitorder="little").view("<u8")
    return packed.astype(np.uint64).reshape(bits.shape[1:])
