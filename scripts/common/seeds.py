"""Named random streams: one configured seed, one independent stream for every label.

A stream depends on the seed and on its own label alone, so adding a size or a
temperature to the configuration changes no other number.
"""

import hashlib

import numpy as np


def seed_sequence(seed, *labels):
    """The root of one named stream.

    Parameters
    ----------
    seed : int
        The ``seed:`` of the configuration, >= 0.
    *labels : str
        The name of the stream, such as ``"ising/simulate", "L=64", "T=2.269"``.

    Returns
    -------
    numpy.random.SeedSequence
        Entropy: the seed, followed by the SHA-256 of the labels.
    """
    if not labels:
        raise ValueError("a random stream needs a label")
    digest = hashlib.sha256("/".join(labels).encode()).digest()
    return np.random.SeedSequence([seed, *np.frombuffer(digest, dtype="<u4").tolist()])


def generator(seed, *labels):
    """A `numpy.random.Generator` (PCG64) for one named stream; see `seed_sequence`."""
    return np.random.Generator(np.random.PCG64(seed_sequence(seed, *labels)))


def words(seed, *labels, n):
    """``n`` words, uint64[n], that key the inline streams of a compiled kernel."""
    return seed_sequence(seed, *labels).generate_state(n, np.uint64)
