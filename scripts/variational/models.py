"""Models small enough to add up all their states: (J, h) with J symmetric, J_ii = 0, spins +-1."""

import numpy as np

from scripts.common.couplings import symmetric_normal

FIELD = 0.3  # of the random fields, in units of the typical coupling


def _linked(n, pairs):
    J = np.zeros((n, n))
    J[tuple(np.array(pairs).T)] = 1.0
    return J + J.T


def sherrington_kirkpatrick(n, rng):
    """Couplings N(0, 1/n) between all pairs, fields 0.3 N(0, 1)."""
    return symmetric_normal(rng, n) / np.sqrt(n), FIELD * rng.normal(size=n)


def chain(n, rng):
    """Couplings 1 along an open chain, fields 0.3 N(0, 1)."""
    return _linked(n, [(i, i + 1) for i in range(n - 1)]), FIELD * rng.normal(size=n)


def tree(n, rng):
    """Couplings 1 from every spin to a random earlier one, fields 0.3 N(0, 1)."""
    return _linked(n, [(int(rng.integers(i)), i) for i in range(1, n)]), FIELD * rng.normal(size=n)


def torus(n, rng):
    """The square lattice of n = L^2 sites, periodic, couplings 1, fields 0.3 N(0, 1); L at least 3."""
    side = round(np.sqrt(n))
    if side * side != n or side < 3:
        raise ValueError(f"{n} spins: a torus has L^2 of them, L at least 3")
    at = np.arange(n).reshape(side, side)
    pairs = [pair for axis in (0, 1) for pair in zip(at.flat, np.roll(at, -1, axis).flat, strict=True)]
    return _linked(n, pairs), FIELD * rng.normal(size=n)


def boltzmann_machine(n, rng):
    """Weights N(0, 4/n) between all pairs of units 0 or 1, biases N(0, 1/4), written for spins."""
    W = 2.0 * symmetric_normal(rng, n) / np.sqrt(n)
    return W / 4, rng.normal(size=n) / 4 + W.sum(1) / 4


def ferromagnet(n):
    """Couplings 1/n between all pairs and no field: mean field orders it below T = 1 - 1/n."""
    return (np.ones((n, n)) - np.eye(n)) / n, np.zeros(n)


def antiferromagnet(n):
    """Couplings -1/n between all pairs and no field: what a parallel update overshoots."""
    J, h = ferromagnet(n)
    return -J, h


NETWORKS = {
    "chain": (chain, 16),
    "tree": (tree, 16),
    "torus": (torus, 16),
    "boltzmann": (boltzmann_machine, 20),
}
"""Models with their numbers of spins; those of the SK model are configured."""
