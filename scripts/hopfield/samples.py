"""One set of patterns and the runs on it, for all steps that use the packed kernel."""

import numpy as np

from scripts.hopfield.kernels import packed

RETRIEVED = 0.8  # overlap above which a run counts as having kept its pattern


def pattern_count(load, size):
    """P of a load, at least one pattern."""
    return max(1, round(load * size))


def corrupted(pattern, overlap, rng):
    """A state with an exact overlap with a pattern, but for rounding: some units turned at random.

    Parameters
    ----------
    pattern : int8[N]
    overlap : float
        From -1 to 1.
    rng : numpy.random.Generator

    Returns
    -------
    int8[N]
    """
    state = pattern.copy()
    turned = round(len(pattern) * (1 - overlap) / 2)
    state[rng.choice(len(pattern), turned, replace=False)] *= -1
    return state


def recalled(patterns, n_patterns, spins=None, least=-2.0):
    """Run at zero temperature from a state, or from pattern 0 itself.

    Parameters
    ----------
    patterns : Patterns
    n_patterns : int
        How many of them are stored.
    spins : int8[N], optional
    least : float
        See `packed.descend`.

    Returns
    -------
    net : network.Network
    end : network.State
    record : int64[sweeps, 2]
        Flips so far and N times the energy after each sweep.
    """
    net = packed.network(patterns, n_patterns)
    start = packed.condensed_spins(net) if spins is None else spins
    return net, *packed.descend(net, packed.state(net, start), least=least)


def sample_sizes(samples, size):
    """How many pattern sets a network gets: large ones average over their own units.

    As many units in all as ``samples`` networks of 10 000, but at least 8 sets and at most ten
    times ``samples``.
    """
    return int(np.clip(round(samples * 10_000 / size), min(8, samples), 10 * samples))
