"""Laws that data are drawn from: the mixture of the configuration, and others to start from.

All have particles as float64[n]. In the plane: a ring of eight Gaussians, two moons, a spiral.
"""

import numpy as np

from scripts.common.io import InputError

LATE = 6.0  # the time T at which noise is taken as pure
RING, RING_RADIUS, RING_WIDTH = 8, 2.0, 0.2
BROAD = (np.array([1.0]), np.array([0.0]), np.array([4.0]))
NARROW = (np.array([1.0]), np.array([1.5]), np.array([0.05]))
HEAT_TIMES = np.union1d(np.geomspace(0.01, 12.0, 40), [0.0, 0.5, 1.0])
"""Times at which entropy and heat are followed."""
ONE_DIMENSION = ("mixture", "two_points", "uniform", "exponential", "wide")


def as_arrays(mixture):
    """(weights, means, variances) of the configuration's block, weights normalized."""
    names = "weights", "means", "variances"
    weights, means, variances = (np.array(mixture[name], float) for name in names)
    if not len(weights) == len(means) == len(variances):
        lengths = ", ".join(f"{len(mixture[name])} {name}" for name in names)
        raise InputError(f"diffusion.mixture: {lengths}; the three lists must be of equal length")
    return weights / weights.sum(), means, variances


def as_columns(mixture):
    """The mixture with means float64[K, d], as the compiled loops take it."""
    weights, means, variances = mixture
    return weights, np.ascontiguousarray(means.reshape(len(weights), -1)), variances


def heated(mixture):
    """The laws whose entropy is followed, by name."""
    return {"mixture": mixture, "broad": BROAD, "narrow": NARROW}


def drawn(mixture, n, rng):
    """n particles of a mixture, float64[n] or float64[n, d]."""
    weights, means, variances = mixture
    chosen = rng.choice(len(weights), n, p=weights)
    noise = rng.standard_normal((n, *means.shape[1:]))
    return means[chosen] + np.sqrt(variances[chosen]).reshape(n, *[1] * (means.ndim - 1)) * noise


def start(name, mixture, n, rng):
    """n particles of one of the laws `ONE_DIMENSION`, float64[n]."""
    if name == "mixture":
        return drawn(mixture, n, rng)
    if name == "two_points":
        return np.where(rng.random(n) < 0.8, 1.5, -1.5)
    if name == "uniform":
        return rng.uniform(0.0, 3.0, n)
    if name == "exponential":
        return rng.exponential(2.0, n)
    return 3.0 * rng.standard_normal(n) + 1.0


def ring():
    """Eight equal Gaussians on a circle, in the plane, as a mixture."""
    angles = 2 * np.pi * np.arange(RING) / RING
    means = RING_RADIUS * np.stack([np.cos(angles), np.sin(angles)], 1)
    return np.full(RING, 1 / RING), means, np.full(RING, RING_WIDTH**2)


def plane(name, n, rng):
    """n points of ``ring``, ``moons`` or ``spiral``, float64[n, 2], about two wide each way."""
    if name == "ring":
        return drawn(ring(), n, rng)
    if name == "moons":
        angle, upper = np.pi * rng.random(n), rng.random(n) < 0.5
        x = np.where(upper, np.cos(angle), 1 - np.cos(angle)) - 0.5
        y = np.where(upper, np.sin(angle), 0.5 - np.sin(angle)) - 0.25
        return 1.6 * np.stack([x, y], 1) + 0.12 * rng.standard_normal((n, 2))
    angle = 3 * np.pi * np.sqrt(rng.uniform(0.05, 1.0, n))
    points = np.stack([angle * np.cos(angle), angle * np.sin(angle)], 1) * 0.25
    return points + 0.08 * rng.standard_normal((n, 2))
