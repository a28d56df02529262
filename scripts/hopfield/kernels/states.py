"""All states of a small network: energies from the overlaps, and which states the dynamics leaves alone.

Patterns are int8[P, N], states float64[n, N] of +1 and -1.
"""

import numpy as np


def energies(patterns, states):
    """N times the energy, -1/2 (sum_mu M_mu^2 - N P), float64[n]."""
    overlaps = states @ patterns.T
    return -((overlaps**2).sum(axis=1) - patterns.size) / 2


def are_fixed(patterns, states):
    """Whether no unit has its field h_i = sum_mu xi_i^mu M_mu - P s_i against it, bool[n]."""
    fields = states @ patterns.T @ patterns - len(patterns) * states
    return np.all(fields * states >= 0, axis=1)
