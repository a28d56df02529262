"""Block spins on bits: 64 spins at a time, and the sums over interactions that Monte-Carlo RG needs.

The majority of four bits a, b (upper row) and c, d (lower) and the ties are a dozen logic operations. An
interaction is the XOR of shifted rows, and its sum a popcount.
"""

import numpy as np
from numba import njit

from scripts.common.bits.counting import popcount
from scripts.renormalization.kernels.words import shifted, squeezed

EVEN = ("nearest", "diagonal", "plaquette", "third", "knight", "diamond")
"""Sums over the lattice of products of an even number of spins, in the order in which they join a set.

Neighbors at (1,0), at (1,1), the square of four, neighbors at (2,0), at (2,1), the four neighbors of a site.
"""
ODD = ("magnetization", "corner", "row")
"""The same of an odd number: one spin, three corners of a square, three in a row."""
PLACES = (
    (((0, 0), (1, 0)), ((0, 0), (0, 1))),
    (((0, 0), (1, 1)), ((1, 0), (0, 1))),
    (((0, 0), (1, 0), (0, 1), (1, 1)),),
    (((0, 0), (2, 0)), ((0, 0), (0, 2))),
    (((0, 0), (2, 1)), ((0, 0), (1, 2)), ((2, 0), (0, 1)), ((1, 0), (0, 2))),
    (((1, 0), (0, 1), (2, 1), (1, 2)),),
    (((0, 0),),),
    (((0, 0), (1, 0), (0, 1)), ((0, 0), (1, 0), (1, 1)), ((0, 0), (0, 1), (1, 1)), ((1, 0), (0, 1), (1, 1))),
    (((0, 0), (1, 0), (2, 0)), ((0, 0), (0, 1), (0, 2))),
)
"""Sites (x, y) of the products of each, in the order of `EVEN` and `ODD`."""


def majority(words, coins):
    """Blocks of 2x2 spins: the majority, and a coin where two are up and two down.

    Parameters
    ----------
    words : uint64[n, L, W]
        As in `words`.
    coins : uint64[n, L / 2, W]
        Random bits; of each the even bits are used.

    Returns
    -------
    uint64[n, L / 2, max(1, W / 2)]
    """
    n, L, W = words.shape
    out = np.empty((n, L // 2, max(1, W // 2)), dtype=np.uint64)
    _majority(words, coins, out)
    return out


@njit(cache=True)
def _majority(words, coins, out):
    n, L, W = words.shape
    for i in range(n):
        for y in range(L // 2):
            for w in range(W):
                a, c = words[i, 2 * y, w], words[i, 2 * y + 1, w]
                b, d = a >> np.uint64(1), c >> np.uint64(1)
                both, one = (a & b, c & d), (a ^ b, c ^ d)
                more = (both[0] & (c | d)) | (both[1] & (a | b))
                tie = (one[0] & one[1]) | (both[0] & ~(c | d)) | (both[1] & ~(a | b))
                block = squeezed(more | (tie & coins[i, y, w]))
                if w % 2:
                    out[i, y, w // 2] |= block << np.uint64(32)
                else:
                    out[i, y, w // 2] = block


def coins(rng, words):
    """Random bits for `majority`, uint64[n, L / 2, W]."""
    n, L, W = words.shape
    return rng.integers(0, 2**64, (n, L // 2, W), dtype=np.uint64)


def interactions(words):
    """Sums of `EVEN` and `ODD` for each configuration.

    Parameters
    ----------
    words : uint64[n, L, W]
        L >= 4.

    Returns
    -------
    int64[n, 9]
    """
    flat = [(k, len(product), *sum(product, ())) for k, products in enumerate(PLACES) for product in products]
    table = np.array([row + (0,) * (10 - len(row)) for row in flat])
    out = np.zeros((len(words), len(PLACES)), dtype=np.int64)
    _interactions(words, table, out)
    return out


@njit(cache=True)
def _interactions(words, table, out):
    n, L, W = words.shape
    for i in range(n):
        for t in range(len(table)):
            ones = np.uint64(0)
            for y in range(L):
                for w in range(W):
                    word = np.uint64(0)
                    for j in range(table[t, 1]):
                        row = words[i, (y + table[t, 3 + 2 * j]) % L]
                        word ^= shifted(row, w, table[t, 2 + 2 * j], L)
                    ones += popcount(word)
            # a product is (-1)^(spins down): with an odd number of spins the ones count the products +1
            odd = 2 * np.int64(ones) - L * L
            out[i, table[t, 0]] += odd if table[t, 1] % 2 else -odd
