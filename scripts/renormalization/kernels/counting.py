"""All states of the 4x4 torus counted one by one, blocked by the rules of `rules`: no theory of blocks.

A state is drawn with e^{K sum s s'}; the four block spins are independent given the state, each up with a
chance that depends on its block alone.
"""

import functools

import numpy as np

from scripts.renormalization.kernels import couplings, rules

EDGE = 4


@functools.cache
def spins():
    """All states, int8[65536, 4, 4]."""
    bits = np.unpackbits(np.arange(2**16, dtype=">u2").view(np.uint8).reshape(-1, 2), axis=1)
    return (2 * bits.astype(np.int8) - 1).reshape(-1, EDGE, EDGE)


def chances(rule, p):
    """Chance of each block spin to be up, float64[65536, 2, 2].

    Parameters
    ----------
    rule : {"majority", "kadanoff", "corner", "decimation", "up", "maximum"}
    p : float
        Of Kadanoff's rule.
    """
    if rule in ("majority", "kadanoff"):
        table = rules.majority_rule() if rule == "majority" else rules.kadanoff_rule(p)
        return table[(rules.block_sums(spins()) + 4) >> 1]
    block = {"corner": rules.corner, "decimation": rules.decimation, "up": rules.always_up}
    return (block.get(rule, rules.max_pooling)(spins()) > 0).astype(float)


@functools.cache
def bonds():
    """sum s s' over the bonds of all states, float64[65536]."""
    s, places = spins(), range(EDGE)
    return sum(s[:, y, x] * (s[:, y, x - 1] + s[:, y - 1, x]) for y in places for x in places).astype(float)


def weights(T):
    """Probabilities of all states at a temperature, float64[65536]; T may be infinite."""
    found = np.exp((bonds() - bonds().max()) / T)
    return found / found.sum()


@functools.cache
def _tables(rule, p):
    """Probabilities of the block states given each state, float64[65536, 16], and their entropy."""
    up = chances(rule, p).reshape(-1, 4)
    signs = (np.arange(16)[:, None] >> np.arange(4)) & 1
    table = np.prod([np.where(signs[:, k], up[:, k, None], 1 - up[:, k, None]) for k in range(4)], axis=0)
    return table, _entropy(up, axis=1) + _entropy(1 - up, axis=1)


def block_states(T, rule, p):
    """Probabilities of the 2 x 2 blocks by their state, bits from the upper left, float64[16]; and the noise.

    The noise is what is left open of the block spins if the state is known, in nats.
    """
    table, noise = _tables(rule, p)
    weight = weights(T)
    return weight @ table, float(weight @ noise)


def information(T, rule, p):
    """Entropy of the 16 spins and what four block spins tell of them, in nats; see `block_states`."""
    found, noise = block_states(T, rule, p)
    return float(_entropy(weights(T))), float(_entropy(found)) - noise


def couplings_of_blocks(T, rule, p):
    """K1, K2, K4 of the blocks on their 2 x 2 torus by pseudo-likelihood of their 16 states, float64[3]."""
    found, _ = block_states(T, rule, p)
    blocks = np.array([[(state >> k) & 1 for k in range(4)] for state in range(16)])
    counts = couplings.neighborhoods((2 * blocks - 1).astype(np.int8).reshape(-1, 2, 2))
    return couplings.fitted(found @ counts)


def _entropy(x, axis=None):
    return -np.where(x > 0, x * np.log(np.where(x > 0, x, 1.0)), 0.0).sum(axis=axis)
