r"""Exact blocking of the 4x4 torus into 2x2, by summing over all 65 536 states; h = 0, K = 1/T.

Rules: ``majority`` (a coin for ties), ``corner`` (the upper left spin for ties), ``up`` (ties are up),
``decimation``, ``maximum`` (max pooling), and ``kadanoff`` with P(s') ~ exp(p s' sum).
"""

import functools

import numpy as np

RULES = ("majority", "corner", "kadanoff", "decimation", "up", "maximum")


@functools.cache
def states():
    """All configurations of 4x4 spins, int8[65536, 4, 4]."""
    return (1 - 2 * ((np.arange(2**16)[:, None] >> np.arange(16)) & 1)).astype(np.int8).reshape(-1, 4, 4)


@functools.cache
def bonds():
    """sum_<ij> s s' of all states, int64[65536]."""
    s = states().astype(np.int64)
    return (s * np.roll(s, 1, 1) + s * np.roll(s, 1, 2)).sum(axis=(1, 2))


def probabilities(T):
    """Boltzmann weights of all states, float64[65536]; T may be infinite."""
    weight = np.exp((bonds() - 32.0) / T)
    return weight / weight.sum()


def chances(rule, p=0.5):
    """Probability that each of the four block spins is up, float64[65536, 4]."""
    s = states()
    quads = s.reshape(-1, 2, 2, 2, 2).transpose(0, 1, 3, 2, 4).reshape(-1, 4, 4)
    sums = quads.sum(axis=2)
    first = quads[:, :, 0] > 0
    if rule == "kadanoff":
        return 1 / (1 + np.exp(-2.0 * p * sums))
    ties = {"majority": 0.5, "corner": first, "up": 1.0}
    if rule in ties:
        return np.where(sums == 0, ties[rule], sums > 0).astype(float)
    return {"decimation": first, "maximum": sums > -4}[rule].astype(float)


def blocked(T, rule, p=0.5):
    """Distribution of the 16 states of the four block spins, and what is left open given the old ones.

    Returns
    -------
    float64[16], float
        Probabilities (bit set: up), and the conditional entropy H(s'|s) in nats.
    """
    table, inner = _transition(rule, p)
    weight = probabilities(T)
    return weight @ table, float(weight @ inner)


@functools.cache
def _transition(rule, p):
    """P(s'|s), float64[65536, 16], and its entropy for each s."""
    up = chances(rule, p)
    table = np.ones((len(up), 16))
    for block in range(4):
        bit = (np.arange(16) >> block) & 1
        table *= np.where(bit, up[:, block : block + 1], 1 - up[:, block : block + 1])
    inner = -np.where(table > 0, table * np.log(np.where(table > 0, table, 1.0)), 0.0).sum(axis=1)
    return table, inner


def information(T, rule, p=0.5):
    """Entropy of the 16 spins, and what the block spins tell of them, in nats.

    Returns
    -------
    entropy, kept : float
        H(s) and I(s; s') = H(s') - H(s'|s).
    """
    weight = probabilities(T)
    weight = weight[weight > 0]
    distribution, given = blocked(T, rule, p)
    distribution = distribution[distribution > 0]
    entropy = -float(weight @ np.log(weight))
    return entropy, -float(distribution @ np.log(distribution)) - given


def effective_couplings(T, rule, p=0.5):
    """Couplings of the block spins on their 2x2 torus, exact: it has just four kinds of states.

    Returns
    -------
    K1, K2, K4 : float
        Of ln P = K1 sum_nn + K2 sum_nnn + K4 sum_plaquettes + const, sums over the torus with its double
        bonds.
    """
    distribution, _ = blocked(T, rule, p)
    logs = np.log([distribution[0b1111], distribution[0b0001], distribution[0b0011], distribution[0b0110]])
    sums = np.array([[8, 8, 4, 1], [0, 0, -4, 1], [0, -8, 4, 1], [-8, 8, 4, 1]], dtype=float)
    return tuple(float(x) for x in np.linalg.solve(sums, logs)[:3])


def pooled_magnetization(steps):
    """Mean spin after max pooling of random spins: 1 - 2 (1/2)^(4^steps)."""
    return 1 - 2 * 0.5 ** (4**steps)
