"""The state of one random stream: a flat array, so that saving it is saving an array.

Words 0-7 count, 8-15 are the odd increments, 16-55 five round keys of eight words, 56 a 64-bit
linear congruential generator (Knuth's constants) whose top bits pick from the tail pool, 57 the half
sweeps left until the pool is remade, 58 the digest of the thresholds it was made for; from
word 64 the pool itself. Each 128-bit lane (two words) has its own counter, increment and keys.
"""

import numpy as np

from scripts.common.bits.packing import aligned_words
from scripts.common.seeds import words

LANES = 8
COUNTER, INCREMENT, KEYS, PICK, COUNTDOWN, DIGEST, POOL = 0, 8, 16, 56, 57, 58, 64
POOL_ENTRIES = 128
MAX_CLASSES = 5
SIZE = POOL + POOL_ENTRIES * MAX_CLASSES * LANES
PICK_FACTOR, PICK_STEP, PICK_SHIFT = 6364136223846793005, 1442695040888963407, 57


def random_state(seed, *labels):
    """The fresh state of the random stream with this name.

    Parameters
    ----------
    seed : int
        The ``seed:`` of the configuration, >= 0.
    *labels : str
        The name of the stream, such as ``"ising/simulate", "L=64", "T=2.269"``.

    Returns
    -------
    ndarray, uint64[5184]
        To be handed to a kernel, which advances it in place.
    """
    state = aligned_words(SIZE)
    state[:COUNTDOWN] = words(seed, *labels, n=COUNTDOWN)
    state[INCREMENT:KEYS] |= np.uint64(1)
    return state
