"""Rules of coarse-graining on spins one by one, pooling, and the plain twins of the bits."""

import numpy as np

from scripts.renormalization.kernels.blocking import PLACES

SUMS = np.array([-4, -2, 0, 2, 4])


def block_sums(spins):
    """Sums over 2x2 blocks, int8[n, L/2, L/2], of spins int8[n, L, L]."""
    rows = spins[:, ::2] + spins[:, 1::2]
    return rows[:, :, ::2] + rows[:, :, 1::2]


def by_probability(spins, up, rng):
    """Block spins drawn with a probability that depends on the sum of the block.

    Parameters
    ----------
    spins : int8[n, L, L]
    up : float64[5]
        Probability of a block spin +1 for the sums -4, -2, 0, 2, 4.
    rng : numpy.random.Generator

    Returns
    -------
    int8[n, L/2, L/2]
    """
    sums = block_sums(spins)
    chance = np.asarray(up, dtype=np.float32)[(sums + 4) >> 1]
    drawn = rng.random(sums.shape, dtype=np.float32) < chance
    return np.where(drawn, np.int8(1), np.int8(-1))


def majority_rule():
    """Probabilities of the majority rule with a fair coin for ties."""
    return np.array([0.0, 0.0, 0.5, 1.0, 1.0])


def kadanoff_rule(p):
    """Probabilities of Kadanoff's rule, P(s') ~ exp(p s' sum); p to infinity is the majority."""
    return 1 / (1 + np.exp(-2.0 * p * SUMS))


def corner(spins):
    """Majority, with the upper left spin of the block where two are up and two down."""
    sums = block_sums(spins)
    return np.where(sums == 0, spins[:, ::2, ::2], np.sign(sums)).astype(np.int8)


def always_up(spins):
    """Majority that calls a tie up."""
    return np.where(block_sums(spins) >= 0, np.int8(1), np.int8(-1))


def decimation(spins):
    """The upper left spin of each block."""
    return np.ascontiguousarray(spins[:, ::2, ::2])


def average_pooling_and_sign(spins, rng):
    """Mean over windows of 2x2 with stride 2, then the sign, a coin for zero: as a network would have it.

    Parameters
    ----------
    spins : int8[n, L, L]
    rng : numpy.random.Generator
        One bit for each block is drawn as in `coin_bits`.

    Returns
    -------
    int8[n, L/2, L/2]
    """
    windows = np.lib.stride_tricks.sliding_window_view(spins, (2, 2), axis=(1, 2))[:, ::2, ::2]
    mean = windows.mean(axis=(3, 4), dtype=np.float32)
    coin = 2 * coin_bits(rng, mean.shape).astype(np.int8) - 1
    return np.where(mean == 0, coin, np.sign(mean)).astype(np.int8)


def convolution(spins, stride, rng=None):
    """A filter of four equal weights and the sign, with a given stride, periodic.

    Parameters
    ----------
    spins : int8[n, L, L]
    stride : int
    rng : numpy.random.Generator, optional
        For coins where the four weigh out; without it zeros become +1.

    Returns
    -------
    int8[n, L / stride, L / stride]
    """
    total = sum(np.roll(spins, (-y, -x), axis=(1, 2)) for x in (0, 1) for y in (0, 1))[:, ::stride, ::stride]
    coin = 1 if rng is None else 2 * coin_bits(rng, total.shape).astype(np.int8) - 1
    return np.where(total == 0, coin, np.sign(total)).astype(np.int8)


def max_pooling(spins):
    """The largest spin of each block of 2x2."""
    return spins.reshape(len(spins), spins.shape[1] // 2, 2, spins.shape[2] // 2, 2).max(axis=(2, 4))


def coin_bits(rng, shape):
    """Fair bits, uint8."""
    return rng.integers(0, 2, shape, dtype=np.uint8)


def plain_majority(spins, bits):
    """The majority rule, with ``bits`` uint8[n, L/2, L/2] for ties: the plain twin of `blocking.majority`."""
    sums = block_sums(spins)
    return np.where(sums == 0, 2 * bits.astype(np.int8) - 1, np.sign(sums)).astype(np.int8)


def plain_interactions(spins):
    """The sums of `blocking.interactions`, by rolling arrays: its plain twin."""
    sums = np.zeros((len(spins), len(PLACES)), dtype=np.int64)
    for k, products in enumerate(PLACES):
        for product in products:
            moved = [np.roll(spins, (-y, -x), axis=(1, 2)).astype(np.int64) for x, y in product]
            sums[:, k] += np.prod(moved, axis=0).sum(axis=(1, 2))
    return sums
