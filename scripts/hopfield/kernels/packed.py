"""Asynchronous dynamics from bit-packed patterns and bit-plane overlaps, without a matrix W.

In units of 1/N the field of unit i is the integer

    h_i = sum_mu xi_i^mu M_mu - P s_i,    M_mu = sum_j xi_j^mu s_j,

and its energy falls by 2 |h_i| / N when a unit turns into its field. Patterns that the state is
close to ("condensed") keep their overlap as a plain integer, so that a dozen planes hold the others.
"""

import numpy as np
from numba import njit

from scripts.hopfield.kernels import planes
from scripts.hopfield.kernels.network import (
    CURSOR,
    ENERGY,
    FLIPS,
    FULL,
    OVERFLOW,
    SUM,
    SWEEPS,
    condensed_spins,
    live_overlaps,
    network,
    state,
)
from scripts.hopfield.kernels.planes import GROUP, LANES, add, weighted_count
from scripts.hopfield.kernels.schedule import LONGEST, is_due

__all__ = ["condensed_spins", "descend", "field", "flip", "heat_bath", "live_overlaps", "network", "state"]

UP, DOWN = planes.FLIP[1], planes.FLIP[-1]


@njit(cache=True, forceinline=True)
def _sign(network, i, c):
    """Bit i of condensed pattern c as +1 or -1."""
    mu = network.condensed[c]
    word = network.rows[i * LANES * network.sizes[2] + (mu >> 6)]
    return np.int64(2) * np.int64((word >> np.uint64(mu & 63)) & np.uint64(1)) - 1


@njit(cache=True, forceinline=True)
def field(network, state, i):
    """N times the local field of unit i, an exact integer."""
    n_units, n_patterns, n_vectors = network.sizes[0], network.sizes[1], network.sizes[2]
    n_groups = len(state.planes) // (GROUP * LANES * n_vectors)
    counted = weighted_count(network.rows, i * LANES * n_vectors, state.planes, n_vectors, n_groups)
    h = 4 * counted - 2 * (n_units & 1) * np.int64(network.ones[i]) - state.tally[SUM]
    for c in range(len(network.condensed)):
        h += _sign(network, i, c) * state.overlaps[c]
    return h - n_patterns * np.int64(state.spins[i])


@njit(cache=True, forceinline=True)
def flip(network, state, i, h):
    """Turn unit i, whose field is h, and bring the overlaps up to date."""
    n_vectors = network.sizes[2]
    n_groups = len(state.planes) // (GROUP * LANES * n_vectors)
    s = -np.int64(state.spins[i])
    state.spins[i] = s
    kind = UP if s > 0 else DOWN
    at, shape = i * LANES * n_vectors, (n_vectors, n_groups)
    if add(network.rows, at, state.planes, network.live, kind, shape) != 0:
        state.tally[OVERFLOW] = 1
    state.tally[SUM] += 2 * s * (2 * np.int64(network.ones[i]) - network.sizes[3])
    for c in range(len(network.condensed)):
        state.overlaps[c] += 2 * s * _sign(network, i, c)
    state.tally[FLIPS] += 1
    state.tally[ENERGY] -= 2 * s * h


@njit(cache=True)
def _descend(network, state, record, least):
    """Sweeps at T = 0; False after an overflow or at the end of the record.

    True at a fixed point, or when the first condensed overlap has fallen below ``least``.
    """
    n_units, tally = network.sizes[0], state.tally
    while tally[SWEEPS] < len(record):
        for i in range(tally[CURSOR], n_units):
            due = is_due(state.margins[i], tally[FLIPS] - state.seen[i], network.sizes[1])
            if tally[FULL] == 0 and not due:
                continue
            h = field(network, state, i)
            if h * state.spins[i] < 0:
                flip(network, state, i, h)
            state.margins[i], state.seen[i] = abs(h), tally[FLIPS]
            if tally[OVERFLOW] != 0:
                tally[CURSOR] = i + 1
                return False
        tally[CURSOR] = 0
        sweep = tally[SWEEPS]
        tally[SWEEPS] += 1
        record[sweep, 0], record[sweep, 1] = tally[FLIPS], tally[ENERGY]
        before = record[sweep - 1, 0] if sweep > 0 else 0
        if tally[FLIPS] == before and (tally[FULL] != 0 or sweep == 0):
            return True
        if len(state.overlaps) > 0 and state.overlaps[0] < least:
            return True
        tally[FULL] = 1 if tally[FLIPS] == before else 0
    return False


@njit(cache=True)
def _heat_bath(network, state, rng, beta, record, n_sweeps):
    """Heat-bath sweeps; record holds N times the energy and the overlaps after each; sweeps done."""
    n_units, tally = network.sizes[0], state.tally
    while tally[SWEEPS] < n_sweeps:
        for i in range(tally[CURSOR], n_units):
            h = field(network, state, i)
            up = rng.random() * (1.0 + np.exp(-2.0 * beta * h / n_units)) < 1.0
            if up != (state.spins[i] > 0):
                flip(network, state, i, h)
                if tally[OVERFLOW] != 0:
                    tally[CURSOR] = i + 1
                    return False
        tally[CURSOR] = 0
        record[tally[SWEEPS], 0] = tally[ENERGY]
        record[tally[SWEEPS], 1:] = state.overlaps
        tally[SWEEPS] += 1
    return True


def _regrown(net, stopped):
    """The state with one more group of planes, where the run goes on as if it had had them all along."""
    n_groups = len(stopped.planes) // int(GROUP * LANES * net.sizes[2])
    wider = state(net, stopped.spins, n_groups + 1)
    stopped.tally[OVERFLOW] = 0
    return stopped._replace(planes=wider.planes)


def descend(net, begun, n_sweeps=LONGEST, least=-2.0):
    """Run at zero temperature to a fixed point.

    Parameters
    ----------
    net : Network
    begun : State
        Its arrays change.
    n_sweeps : int
        At most.
    least : float
        The run also ends when its overlap with the first condensed pattern is below this.

    Returns
    -------
    State
        The end: a fixed point, unless ``n_sweeps`` or ``least`` came first.
    int64[sweeps, 2]
        Flips so far and N times the energy after each sweep.
    """
    record = np.zeros((min(n_sweeps, LONGEST), 2), np.int64)
    least = np.int64(least * int(net.sizes[0]))
    while not _descend(net, begun, record, least) and begun.tally[OVERFLOW]:
        begun = _regrown(net, begun)
    return begun, record[: begun.tally[SWEEPS]].copy()


def heat_bath(net, begun, temperature, n_sweeps, rng):
    """Run at a temperature T > 0.

    Parameters
    ----------
    net : Network
    begun : State
        Its arrays change.
    temperature : float
    n_sweeps : int
    rng : numpy.random.Generator

    Returns
    -------
    State
    int64[n_sweeps, 1 + C]
        N times the energy, and N times the overlaps of the condensed patterns, after each sweep.
    """
    record = np.zeros((n_sweeps, 1 + len(net.condensed)), np.int64)
    begun.tally[SWEEPS] = begun.tally[CURSOR] = 0
    while not _heat_bath(net, begun, rng, 1.0 / temperature, record, n_sweeps):
        begun = _regrown(net, begun)
    return begun, record
