"""Random couplings between all pairs of units."""

import numpy as np


def symmetric_normal(rng, n, scale=1.0):
    """Independent normal numbers for all pairs: float64[n, n], symmetric with zero diagonal."""
    upper = np.triu(rng.normal(scale=scale, size=(n, n)), 1)
    return upper + upper.T
