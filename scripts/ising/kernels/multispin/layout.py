"""64 periodic square lattices in the bits of one array, split by color.

Site (i, x) has color (i + x) mod 2 and is entry j = x // 2 of row i of its color: a word whose bit b
belongs to replica b. Bit 1 is spin +1. Rows are padded to whole vectors of eight words; one halo word
stands on either side of a row and one halo row above and below, so that a kernel never wraps
an index.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from scripts.common.bits.packing import aligned_words, bits_of, words_of
from scripts.common.seeds import generator

LANES = 8  # words in a vector; the data of a row start on one
REPLICAS = 64


class Lattice(NamedTuple):
    """64 replicas of an L x L lattice.

    Attributes
    ----------
    size : int
        L, even.
    words : ndarray, uint64[2 * plane]
        The two colors, each with halos.
    """

    size: int
    words: np.ndarray


@njit(cache=True)
def row_stride(size):
    """Words from one row of a color to the next."""
    return LANES + (size // 2 + LANES - 1) // LANES * LANES


@njit(cache=True)
def plane_words(size):
    """Words of one color: its rows, two halo rows, and the halo of the last word."""
    return (size + 2) * row_stride(size) + LANES


@njit(cache=True)
def first_word(size, color):
    """Where row 0, entry 0 of a color stands."""
    return color * plane_words(size) + row_stride(size) + LANES


@njit(cache=True)
def fill_halo(words, size, color):
    """Copy the edges of one color into its halo words and halo rows."""
    start, stride, half = first_word(size, color), row_stride(size), size // 2
    for i in range(size):
        row = start + i * stride
        words[row - 1], words[row + half] = words[row + half - 1], words[row]
    above, below = start - stride, start + size * stride
    for j in range(half):
        words[above + j], words[below + j] = words[below - stride + j], words[start + j]


def _checked(size):
    if int(size) != size or size < 4 or size % 2:
        raise ValueError(f"L = {size}: a lattice needs an even L >= 4")
    return size


def lattice_of(spins):
    """Lattice with these spins.

    Parameters
    ----------
    spins : array_like of +1 and -1, [64, L, L]

    Raises
    ------
    ValueError
        If L is odd or below 4.
    """
    spins = np.asarray(spins)
    size = _checked(spins.shape[-1])
    words = words_of(spins > 0)
    lattice = Lattice(size, aligned_words(2 * plane_words(size)))
    for color in (0, 1):
        core = _core(lattice, color)
        for i in range(size):
            core[i] = words[i, (i + color) % 2 :: 2]
        fill_halo(lattice.words, size, color)
    return lattice


def spins(lattice):
    """Spins of a lattice, int8[64, L, L]."""
    size, _ = lattice
    words = np.empty((size, size), np.uint64)
    for color in (0, 1):
        core = _core(lattice, color)
        for i in range(size):
            words[i, (i + color) % 2 :: 2] = core[i]
    return 2 * bits_of(words).astype(np.int8) - 1


def ordered_lattice(size):
    """Lattice with every spin up: the start of a run, for a random start freezes into stripes below T_c."""
    return lattice_of(np.ones((REPLICAS, _checked(size), size), np.int8))


def random_lattice(size, seed, *labels):
    """Lattice of independent fair spins from the random stream with this name."""
    shape = (REPLICAS, _checked(size), size)
    return lattice_of(2 * generator(seed, *labels).integers(0, 2, shape, dtype=np.int8) - 1)


def _core(lattice, color):
    """View of one color without halos, uint64[L, L/2]."""
    size, words = lattice
    start, stride = first_word(size, color), row_stride(size)
    return words[start : start + size * stride].reshape(size, stride)[:, : size // 2]
