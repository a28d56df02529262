"""Real images as patterns of black and white pixels."""

import numpy as np

from scripts.common.digits import handwritten_digits

ON = 8  # gray level, of 16, from which a pixel counts as on


def images():
    """All 1797 digits of 8 x 8 pixels as +1 (on) and -1, float64[1797, 64]."""
    return np.where(handwritten_digits()[0] >= ON, 1.0, -1.0)


def liveliest(spins, n):
    """The n pixels that vary most, in order of their place, int64[n]."""
    return np.sort(np.argsort(-spins.var(axis=0), kind="stable")[:n])


def pattern_law(spins):
    """How often every pattern occurs, float64[2^n]."""
    n = spins.shape[1]
    codes = ((spins > 0) @ (2 ** np.arange(n))).astype(np.int64)
    return np.bincount(codes, minlength=2**n) / len(spins)
