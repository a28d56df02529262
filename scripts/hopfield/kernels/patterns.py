"""Stored patterns, one bit each: row i holds bit i of all patterns, 1 for +1, in vectors of 512 bits."""

from typing import NamedTuple

import numpy as np

from scripts.common.bits.packing import aligned_words
from scripts.common.seeds import generator
from scripts.hopfield.kernels.planes import LANES

CHUNK = 512  # rows filled at a time: their words are drawn into memory that is used again and again


class Patterns(NamedTuple):
    """P patterns of N units.

    Attributes
    ----------
    rows : uint64[N W]
        Row by row, W words each, a multiple of 8. Bits beyond P may be anything.
    n_units, n_patterns, width : int
        N, P and W.
    """

    rows: np.ndarray
    n_units: int
    n_patterns: int
    width: int


def row_width(n_patterns):
    """Words in a row: whole vectors of 512 bits."""
    return -(-n_patterns // (64 * LANES)) * LANES


def random_patterns(n_units, n_patterns, seed, *label):
    """Unbiased random patterns of one named stream.

    Parameters
    ----------
    n_units, n_patterns : int
        Every 512 patterns have a stream of their own: the first p are the same for any P >= p.
    seed : int
    *label : str
    """
    width = row_width(n_patterns)
    rows = aligned_words(n_units * width)
    blocks = rows.reshape(n_units, width // LANES, LANES)
    streams = [generator(seed, *label, f"block={v}").bit_generator for v in range(width // LANES)]
    for start in range(0, n_units, CHUNK):
        for v, stream in enumerate(streams):
            piece = blocks[start : start + CHUNK, v]
            piece[:] = stream.random_raw(piece.size).reshape(piece.shape)
    return Patterns(rows, n_units, n_patterns, width)


def unpacked(patterns, first=0, last=None):
    """Patterns ``first`` to ``last`` - 1 as int8[last - first, N] of +1 and -1."""
    last = patterns.n_patterns if last is None else last
    words = patterns.rows.reshape(patterns.n_units, patterns.width)[:, first // 64 : -(-last // 64)]
    bits = np.unpackbits(np.ascontiguousarray(words).astype("<u8").view(np.uint8), axis=1, bitorder="little")
    offset = 64 * (first // 64)
    return np.ascontiguousarray(2 * bits[:, first - offset : last - offset].T.astype(np.int8) - 1)


def live_mask(patterns, n_patterns, condensed=()):
    """The bits of the first ``n_patterns`` but the condensed ones: uint64[W]."""
    bits = np.zeros(64 * patterns.width, np.uint8)
    bits[:n_patterns] = 1
    bits[list(condensed)] = 0
    mask = aligned_words(patterns.width)
    mask[:] = np.packbits(bits, bitorder="little").view("<u8")
    return mask
