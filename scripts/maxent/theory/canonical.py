r"""The canonical distribution of a finite spectrum: :math:`p = e^{-\beta E} / Z`, in closed form.

k_B = 1. ``levels`` are the energies of the states, float64[n]; beta may be negative.
"""

import numpy as np
from scipy import optimize


def log_z(levels, beta):
    """ln Z = ln sum exp(-beta E), float64[...] for beta[...]."""
    weights = -np.asarray(beta, float)[..., None] * levels
    top = weights.max(axis=-1)
    return top + np.log(np.exp(weights - top[..., None]).sum(axis=-1))


def probabilities(levels, beta):
    """Probabilities of all states, float64[..., n]."""
    beta = np.asarray(beta, float)
    return np.exp(-beta[..., None] * levels - log_z(levels, beta)[..., None])


def mean_energy(levels, beta):
    """<E>, float64[...]."""
    return probabilities(levels, beta) @ levels


def entropy(p):
    """-sum p ln p, float64[...], over the last axis."""
    return -np.where(p > 0, p * np.log(np.where(p > 0, p, 1.0)), 0.0).sum(axis=-1)


def divergence(p, q):
    """KL divergence sum p ln(p / q), float64[...], over the last axis."""
    ratio = np.log(np.where(p > 0, p, 1.0)) - np.log(q)
    return np.where(p > 0, p * ratio - p + q, q).sum(axis=-1)


def inverse_temperature(levels, energy):
    """The one beta whose mean energy is given; energy strictly between the lowest and the highest level."""
    spread = levels.max() - levels.min()

    def excess(x):  # x = beta times the width of the spectrum
        return float(mean_energy(levels, x / spread) - energy)

    high = 1.0
    while excess(-high) < 0 or excess(high) > 0:
        high *= 2
    return optimize.brentq(excess, -high, high, xtol=1e-14, rtol=1e-14) / spread
