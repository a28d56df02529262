"""One random stream of 64-bit words for a compiled loop, held in registers.

The generator is xoshiro256++ (Blackman and Vigna, ACM Trans. Math. Softw. 47, 36 (2021),
doi:10.1145/3460772). Its state is a plain array, changed in place: save it to resume a run with the
very same numbers.
"""

import math

import numpy as np
from numba import njit

from scripts.common.seeds import words


def stream(seed, *labels):
    """State uint64[4] of one named stream."""
    return words(seed, *labels, n=4)


def threshold(probability):
    """The integer t, so that a random 64-bit word is below t with the given probability.

    Parameters
    ----------
    probability : float
        In [0, 1]. Exact to its last bit from 2^-11 on, to 2^-64 below; 1 becomes 1 - 2^-64.

    Returns
    -------
    numpy.uint64

    Raises
    ------
    ValueError
        If it is no probability.
    """
    if not 0.0 <= probability <= 1.0:
        raise ValueError(f"a probability lies in [0, 1], not {probability}")
    return np.uint64(min(int(math.ldexp(probability, 64)), 2**64 - 1))


@njit(cache=True)
def load(state):
    """The stream as a tuple, which stays in registers."""
    return state[0], state[1], state[2], state[3]


@njit(cache=True)
def store(state, stream):
    """Write the tuple back into ``state`` uint64[4]."""
    state[0], state[1], state[2], state[3] = stream


@njit(cache=True)
def next_word(stream):
    """The next random word of a stream, uint64, and the stream after it."""
    s0, s1, s2, s3 = stream
    total = s0 + s3
    word = ((total << np.uint64(23)) | (total >> np.uint64(41))) + s0
    shifted = s1 << np.uint64(17)
    s2 ^= s0
    s3 ^= s1
    return word, (s0 ^ s3, s1 ^ s2, s2 ^ shifted, (s3 << np.uint64(45)) | (s3 >> np.uint64(19)))
