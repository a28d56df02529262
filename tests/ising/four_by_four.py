"""All 65536 states of the 4 x 4 torus, from the definition. J = k_B = 1."""

import numpy as np


def states():
    """Spins int8[65536, 4, 4]: bit i of the index is site i, 1 is up."""
    index = np.arange(65536)[:, None]
    return (2 * ((index >> np.arange(16)) & 1) - 1).astype(np.int8).reshape(-1, 4, 4)


def energy_and_magnetization():
    """-sum over bonds and sum of spins of every state, int64[65536] each."""
    s = states().astype(int)
    return -(s * (np.roll(s, 1, 1) + np.roll(s, 1, 2))).sum((1, 2)), s.sum((1, 2))


def probabilities(temperature, field=0.0):
    """exp(-(E - h M) / T) / Z, float[65536]."""
    energy, magnetization = energy_and_magnetization()
    weight = -(energy - field * magnetization) / temperature
    weight = np.exp(weight - weight.max())
    return weight / weight.sum()


def index_of(spins):
    """The index of each configuration, int64[n], of spins [n, 4, 4]."""
    return ((spins.reshape(-1, 16) > 0) << np.arange(16)).sum(axis=1)


def chi_square(counts, expected, least=10):
    """Pearson's statistic and its degrees of freedom; cells expected below ``least`` are pooled."""
    rare = expected < least
    counts, expected = (np.append(x[~rare], x[rare].sum()) for x in (counts, expected))
    used = expected > 0
    return ((counts - expected)[used] ** 2 / expected[used]).sum(), used.sum() - 1


def joint(values):
    """Histogram weights over (E, M) from values for every state: float[33, 17]."""
    energy, magnetization = energy_and_magnetization()
    table = np.zeros((33, 17))
    np.add.at(table, ((energy + 32) // 2, (magnetization + 16) // 2), values)
    return table
