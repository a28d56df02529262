r"""Bernoulli masks from fair bits, least significant digit first.

Let P = round(p 2^n) with binary digits d_0 (least significant) .. d_{n-1}. Starting from z = d_0,
one fair bit r per digit gives

    z <- (r & z) ^ (d_k ^ d_{k+1}),   d_n = 0,

and after n steps z is 1 with probability P 2^-n exactly (the familiar "or at a one, and at a
zero", with z stored exclusive-or the next digit, which makes every step one and the same
operation). The first `TAIL` steps are run in advance into a pool of entries; a decision
takes a random entry and spends only its own fresh bits, so that few fresh bits carry no bias:
the marginal is p to 2^-(TAIL + fresh) for any number of them.
"""

import numpy as np

TAIL = 32


def digits(probability, n_bits):
    """The integer P of the module's docstring with n = `TAIL` + ``n_bits``, below 2^n."""
    total = TAIL + n_bits
    return min(round(float(probability) * 2.0**total), 2**total - 1)


def chain_words(probabilities, n_bits):
    """Start and steps of the chain, one bit position per replica.

    Parameters
    ----------
    probabilities : array_like, float[n_classes, 64]
        In [0, 1]; 1 is met to 2^-(TAIL + n_bits).
    n_bits : int
        Fresh bits per decision.

    Returns
    -------
    start : ndarray, uint64[n_classes]
    flips : ndarray, uint64[TAIL + n_bits, n_classes]
    """
    table = np.array([[digits(p, n_bits) for p in row] for row in probabilities], dtype=np.uint64)
    place = np.uint64(1) << np.arange(64, dtype=np.uint64)
    flips = np.zeros((TAIL + n_bits, len(table)), np.uint64)
    for k in range(TAIL + n_bits):
        step = (table >> np.uint64(k)) ^ (table >> np.uint64(k + 1))
        flips[k] = np.bitwise_or.reduce((step & np.uint64(1)) * place, axis=1)
    start = np.bitwise_or.reduce((table & np.uint64(1)) * place, axis=1)
    return start, flips
