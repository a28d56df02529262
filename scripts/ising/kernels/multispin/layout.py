"""64 periodic square lattices in the bits of one array, split by color.

Site (i, x) has color (i + x) mod 2 and is entry j = x // 2 of row i of its color: a word whose bit b
belongs to replica b. Bit 1 is spin +1. Rows are padded to whole vectors of eight words; one halo word
stands on either side of a row and one halo row above and below, so that a kernel never wraps
an index. With strips, bit b holds rows b R .. b R + R - 1 of ONE lattice, R = L / 64, and a halo row
is the opposite row turned by one bit.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from scripts.common.bits.packing import aligned_words, bits_of, words_of
from scripts.common.seeds import generator

LANES = 8  # words in a vector; the data of a row start on one
REPLICAS = 64


class Lattice(NamedTuple):
    """64 replicas of an L x L lattice, or one lattice in 64 strips.

    Attributes
    ----------
    size : int
        L, even.
    rows : int
        Rows that a word holds: L, or L / 64 with strips.
    words : ndarray, uint64[2 * plane]
        The two colors, each with halos.
    """

    size: int
    rows: int
    words: np.ndarray


@njit(cache=True)
def row_stride(size):
    """Words from one row of a color to the next."""
    return LANES + (size // 2 + LANES - 1) // LANES * LANES


@njit(cache=True)
def plane_words(size, rows):
    """Words of one color: its rows, two halo rows, and the halo of the last word."""
    return (rows + 2) * row_stride(size) + LANES


@njit(cache=True)
def first_word(size, rows, color):
    """Where row 0, entry 0 of a color stands."""
    return color * plane_words(size, rows) + row_stride(size) + LANES


@njit(cache=True)
def fill_halo(words, size, rows, color):
    """Copy the edges of one color into its halo words and halo rows."""
    start, stride, half = first_word(size, rows, color), row_stride(size), size // 2
    turn = np.uint64(rows != size)
    back = np.uint64(63) * turn
    for i in range(rows):
        row = start + i * stride
        words[row - 1], words[row + half] = words[row + half - 1], words[row]
    above, below = start - stride, start + rows * stride
    for j in range(half):
        last, first = words[below - stride + j], words[start + j]
        words[above + j] = (last << turn) | (last >> back) if turn else last
        words[below + j] = (first >> turn) | (first << back) if turn else first


def _checked_size(size, strips):
    """Rows per word of an allowed lattice."""
    if int(size) != size or size < 4 or size % 2:
        raise ValueError(f"L = {size}: a lattice needs an even L >= 4")
    if strips and size % 128:
        raise ValueError(f"L = {size}: 64 strips of an even number of rows need L to be a multiple of 128")
    return size // REPLICAS if strips else size


def lattice_of(spins):
    """Lattice with these spins.

    Parameters
    ----------
    spins : array_like of +1 and -1, [64, L, L] for replicas, [L, L] for one lattice in strips

    Raises
    ------
    ValueError
        If L is odd or below 4; with strips, if it is no multiple of 128.
    """
    spins = np.asarray(spins)
    size = spins.shape[-1]
    rows = _checked_size(size, strips=spins.ndim == 2)
    words = words_of(spins.reshape(REPLICAS, rows, size) > 0)
    lattice = Lattice(size, rows, aligned_words(2 * plane_words(size, rows)))
    for color in (0, 1):
        core = _core(lattice, color)
        for i in range(rows):
            core[i] = words[i, (i + color) % 2 :: 2]
        fill_halo(lattice.words, size, rows, color)
    return lattice


def spins(lattice):
    """Spins of a lattice, int8[64, L, L]; with strips int8[L, L]."""
    size, rows, _ = lattice
    words = np.empty((rows, size), np.uint64)
    for color in (0, 1):
        core = _core(lattice, color)
        for i in range(rows):
            words[i, (i + color) % 2 :: 2] = core[i]
    values = 2 * bits_of(words).astype(np.int8) - 1
    return values if rows == size else values.reshape(size, size)


def packed(lattice):
    """Configurations for storage, uint8[64, ceil(L*L/8)]: `numpy.packbits` of spins > 0, row by row."""
    return np.packbits(spins(lattice).reshape(-1, lattice.size**2) > 0, axis=1)


def ordered_lattice(size, strips=False):
    """Lattice with every spin up: the start of a run, for a random start freezes into stripes below T_c."""
    _checked_size(size, strips)
    shape = (size, size) if strips else (REPLICAS, size, size)
    return lattice_of(np.ones(shape, np.int8))


def random_lattice(size, seed, *labels, strips=False):
    """Lattice of independent fair spins from the random stream with this name."""
    _checked_size(size, strips)
    shape = (size, size) if strips else (REPLICAS, size, size)
    return lattice_of(2 * generator(seed, *labels).integers(0, 2, shape, dtype=np.int8) - 1)


def _core(lattice, color):
    """View of one color without halos, uint64[rows, L/2]."""
    size, rows, words = lattice
    start, stride = first_word(size, rows, color), row_stride(size)
    return words[start : start + rows * stride].reshape(rows, stride)[:, : size // 2]
