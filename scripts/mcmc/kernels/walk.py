"""Walkers in the house of rooms: pick one of the doors at random, go through it or stay.

The popularity need not be normalized: only ratios enter, as in the Metropolis algorithm. The
proposal g(y|x) = 1 / (doors of x) is not symmetric, so the ratio of Hastings, Biometrika 57, 97
(1970), doi:10.1093/biomet/57.1.97, is

    r = P(y) g(x|y) / (P(x) g(y|x)) = P(y) doors(x) / (P(x) doors(y)).
"""

import numpy as np
from numba import njit

METROPOLIS, BARKER, WITHOUT_FACTOR = 0, 1, 2
"""min(1, r); r / (1 + r); and min(1, P(y) / P(x)), which forgets the doors."""


@njit(cache=True)
def _step(room, house, rule, rng):
    popularity, targets, n_doors = house
    if n_doors[room] == 0:
        return room
    other = targets[room, int(rng.random() * n_doors[room])]
    ratio = popularity[other] / popularity[room]
    if rule != WITHOUT_FACTOR:
        ratio *= n_doors[room] / n_doors[other]
    accepted = ratio / (1 + ratio) if rule == BARKER else ratio
    return other if rng.random() < accepted else room


@njit(cache=True)
def _matrix_transitions(counts, start, n_steps, cumulative, rng):
    for walker in range(len(start)):
        room = start[walker]
        for _ in range(n_steps):
            other = np.searchsorted(cumulative[room], rng.random(), side="right")
            counts[walker, room, other] += 1
            room = other


@njit(cache=True)
def transitions(start, n_steps, house, rule, rng):
    """How often each walker went from each room to each other, staying included.

    Parameters
    ----------
    start : int64[W]
        Where the walkers start.
    n_steps : int
    house : (float64[n], int64[n, d], int64[n])
        Popularity, and the lists of `rooms.door_lists`.
    rule : int
        `METROPOLIS`, `BARKER` or `WITHOUT_FACTOR`.
    rng : numpy.random.Generator

    Returns
    -------
    int64[W, n, n]
        By room before and after the step.
    """
    counts = np.zeros((len(start), len(house[0]), len(house[0])), np.int64)
    for walker in range(len(start)):
        room = start[walker]
        for _ in range(n_steps):
            other = _step(room, house, rule, rng)
            counts[walker, room, other] += 1
            room = other
    return counts


@njit(cache=True)
def shares(start, room, n_steps, house, rule, rng):
    """Share of its steps that each walker spends in ``room``, float64[W]; see `transitions`."""
    found = np.empty(len(start))
    for walker in range(len(start)):
        now, inside = start[walker], 0
        for _ in range(n_steps):
            now = _step(now, house, rule, rng)
            inside += now == room
        found[walker] = inside / n_steps
    return found


@njit(cache=True)
def paths(start, n_steps, house, rule, rng, spacing=1):
    """Rooms that each walker is in after every ``spacing`` steps, int8[W, n_steps]; see `transitions`."""
    found = np.empty((len(start), n_steps), np.int8)
    for walker in range(len(start)):
        room = start[walker]
        for t in range(n_steps):
            for _ in range(spacing):
                room = _step(room, house, rule, rng)
            found[walker, t] = room
    return found


@njit(cache=True)
def crowd(start, times, house, rule, rng):
    """Where independent walkers are at some times.

    Parameters
    ----------
    times : int64[K]
        In steps, rising.

    Returns
    -------
    int64[n, K, n]
        Walkers by the room they started in, time and room; see `transitions` for the rest.
    """
    counts = np.zeros((len(house[0]), len(times), len(house[0])), np.int64)
    for walker in range(len(start)):
        room, now = start[walker], 0
        for k in range(len(times)):
            while now < times[k]:
                room = _step(room, house, rule, rng)
                now += 1
            counts[start[walker], k, room] += 1
    return counts


def matrix_transitions(start, n_steps, matrix, rng):
    """Transitions of walkers who obey a given matrix, int64[W, n, n]; see `transitions`.

    Parameters
    ----------
    matrix : float64[n, n]
        Rows are the probabilities of the next room.
    """
    cumulative = np.cumsum(matrix, axis=1)
    cumulative[:, -1] = 1.0  # rounding must not lead out of the house
    counts = np.zeros((len(start), *matrix.shape), np.int64)
    _matrix_transitions(counts, start, n_steps, cumulative, rng)
    return counts
