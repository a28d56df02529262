"""ln P(D) of a small Boltzmann machine, from one table of the probabilities of all its states."""

import numpy as np


def units(n):
    """All states of n units, 0 or 1, float64[2^n, n]."""
    return ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(float)


def log_probabilities(a, b, W):
    """ln P(D) of all data, float64[2^n], in the order of `units`: P(v, h) normalized, then summed over h."""
    v, h = units(len(a)), units(len(b))
    weights = np.exp((v @ a)[:, None] + (h @ b)[None, :] + v @ W @ h.T)
    return np.log((weights / weights.sum()).sum(1))
