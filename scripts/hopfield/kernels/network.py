"""What a run on bit planes reads and changes: the network of some patterns, and a state with its overlaps."""

from typing import NamedTuple

import numpy as np
from numba import njit

from scripts.common.bits.packing import aligned_words
from scripts.hopfield.kernels import planes
from scripts.hopfield.kernels.patterns import live_mask
from scripts.hopfield.kernels.planes import GROUP, LANES, add
from scripts.hopfield.kernels.schedule import fresh_visits

SUM, FLIPS, ENERGY, CURSOR, OVERFLOW, FULL, SWEEPS = range(7)
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
    spins = np.asarray(spins, np.int64)
    return np.array([condensed_spins(net, c) @ spins for c in range(len(net.condensed))], np.int64)


def condensed_spins(net, c=0):
    """Condensed pattern ``c`` as a state, int8[N]."""
    words = net.rows.reshape(int(net.sizes[0]), -1)
    mu = int(net.condensed[c])
    bits = (words[:, mu >> 6] >> np.uint64(mu & 63)) & np.uint64(1)
    return 2 * bits.astype(np.int8) - 1
