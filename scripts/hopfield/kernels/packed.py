"""Asynchronous dynamics from bit-packed patterns and bit-plane overlaps, without a matrix W.

In units of 1/N the field of unit i is the integer

    h_i = sum_mu xi_i^mu M_mu - P s_i,    M_mu = sum_j xi_j^mu s_j,

and its energy falls by 2 |h_i| / N when a unit turns into its field. Patterns that the state is
close to ("condensed") keep their overlap as a plain integer, so that a dozen planes hold the others.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from scripts.common.bits.packing import aligned_words
from scripts.hopfield.kernels import planes
from scripts.hopfield.kernels.patterns import live_mask
from scripts.hopfield.kernels.planes import GROUP, LANES, add, weighted_count
from scripts.hopfield.kernels.schedule import LONGEST, fresh_visits, is_due

SUM, FLIPS, ENERGY, CURSOR, OVERFLOW, FULL, SWEEPS = range(7)
UP, DOWN = planes.FLIP[1], planes.FLIP[-1]
COUNT_UP, COUNT_DOWN = planes.COUNT[1], planes.COUNT[-1]


class Network(NamedTuple):
    """What a run reads: patterns, and which of them count.

    Attributes
    ----------
    rows : uint64[N W]
    live : uint64[W]
        The patterns whose overlaps stand in the planes.
    ones : int32[N]
        Live bits of each row.
    condensed : int64[C]
        Patterns whose overlaps are plain integers.
    sizes : int64[4]
        N, P, vectors per row, live patterns.
    """

    rows: np.ndarray
    live: np.ndarray
    ones: np.ndarray
    condensed: np.ndarray
    sizes: np.ndarray


class State(NamedTuple):
    """What a run changes.

    Attributes
    ----------
    spins : int8[N]
    planes : uint64[...]
    overlaps : int64[C]
        Of the condensed patterns.
    margins, seen : int64[N]
        See `schedule`.
    tally : int64[7]
        Sum of the live overlaps, flips, N times the energy, place in the sweep, flag of
        overlaps that outgrew their planes, flag of a sweep that skips nothing, sweeps done.
    """

    spins: np.ndarray
    planes: np.ndarray
    overlaps: np.ndarray
    margins: np.ndarray
    seen: np.ndarray
    tally: np.ndarray


@njit(cache=True)
def _live_bits(rows, live, n_units):
    width, ones = len(live), np.zeros(n_units, np.int32)
    for i in range(n_units):
        count = np.int64(0)
        for w in range(width):
            word = rows[i * width + w] & live[w]
            while word:
                word &= word - np.uint64(1)
                count += 1
        ones[i] = count
    return ones


@njit(cache=True)
def _count(network, state, n_groups):
    """Overlaps of the spins, counted into empty planes; True if they did not fit."""
    n_vectors = network.sizes[2]
    width, overflow = LANES * n_vectors, np.uint64(0)
    for i in range(network.sizes[0]):
        kinds = COUNT_UP if state.spins[i] > 0 else COUNT_DOWN
        kind = kinds[0] if i % 2 == 0 else kinds[1]
        overflow |= add(
            network.rows, i * width, state.planes, network.live, kind, (n_vectors, np.int64(n_groups))
        )
    return overflow != 0


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


def network(patterns, n_patterns=None, condensed=(0,)):
    """A network that stores the first ``n_patterns`` of some patterns by Hebb's rule.

    Parameters
    ----------
    patterns : Patterns
    n_patterns : int, optional
        All by default.
    condensed : sequence of int
        Patterns that the state will be close to.
    """
    n_patterns = patterns.n_patterns if n_patterns is None else n_patterns
    live = live_mask(patterns, n_patterns, condensed)
    ones = _live_bits(patterns.rows, live, patterns.n_units)
    sizes = [patterns.n_units, n_patterns, patterns.width // LANES, n_patterns - len(condensed)]
    return Network(patterns.rows, live, ones, np.array(condensed, np.int64), np.array(sizes, np.int64))


def state(net, spins, n_groups=None):
    """A state to run from.

    Parameters
    ----------
    net : Network
    spins : int8[N]
        Of +1 and -1; copied.
    n_groups : int, optional
        Groups of four planes; enough for six standard deviations of random overlaps by default, and
        more if these do not suffice.
    """
    n_units = int(net.sizes[0])
    if n_groups is None:
        n_groups = -(-(int(3 * np.sqrt(n_units)).bit_length() + 1) // GROUP)
    begun = State(
        np.array(spins, np.int8),
        aligned_words(int(n_groups * net.sizes[2]) * GROUP * LANES),
        _condensed_overlaps(net, spins),
        *fresh_visits(n_units),
        np.zeros(7, np.int64),
    )
    if _count(net, begun, n_groups):
        return state(net, spins, n_groups + 1)
    live = live_overlaps(net, begun)
    begun.tally[SUM] = live.sum()
    squares = int((live**2).sum()) + int((begun.overlaps**2).sum())
    begun.tally[ENERGY] = -(squares - n_units * int(net.sizes[1])) // 2
    return begun


def live_overlaps(net, begun):
    """M_mu of the live patterns in order, int64."""
    n_vectors = int(net.sizes[2])
    n_groups = len(begun.planes) // (GROUP * LANES * n_vectors)
    halves = planes.plain_overlaps(begun.planes, n_vectors, n_groups)
    is_live = np.unpackbits(net.live.astype("<u8").view(np.uint8), bitorder="little").astype(bool)
    return 2 * halves[is_live] - int(net.sizes[0]) % 2


def _condensed_overlaps(net, spins):
    n_units, width = int(net.sizes[0]), int(net.sizes[2]) * LANES
    words = net.rows.reshape(n_units, width)
    bits = [(words[:, mu >> 6] >> np.uint64(mu & 63)) & np.uint64(1) for mu in net.condensed.tolist()]
    spins = np.asarray(spins, np.int64)
    return np.array([(2 * bit.astype(np.int64) - 1) @ spins for bit in bits], np.int64)


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


def condensed_spins(net, c=0):
    """Condensed pattern ``c`` as a state, int8[N]."""
    words = net.rows.reshape(int(net.sizes[0]), -1)
    mu = int(net.condensed[c])
    bits = (words[:, mu >> 6] >> np.uint64(mu & 63)) & np.uint64(1)
    return 2 * bits.astype(np.int8) - 1
