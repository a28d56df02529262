r"""Swendsen-Wang for the q-state Potts model, clusters grown one by one.

J = k_B = 1, E = -sum_<ij> delta(s_i, s_j), periodic square lattice: bonds between equal colors
are open with p = 1 - e^{-1/T}, and every cluster takes a new color at random (Swendsen
and Wang, Phys. Rev. Lett. 58, 86 (1987), doi:10.1103/PhysRevLett.58.86). The transition
lies at T = 1 / ln(1 + sqrt q), and is of first order for q > 4.

For q = 10 and L >= 64 a run started ordered or disordered at the transition stays in that phase
for far longer than its autocorrelation time: the two runs give the two coexisting energies.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from scripts.common.lattice.streams import load, next_word, store, threshold
from scripts.ising.kernels.swendsen_wang.series import empty_series
from scripts.ising.kernels.wolff import neighbors

MAX_COLORS = 127  # a color and its mark share eight bits


class PottsSeries(NamedTuple):
    """Measurements of one chain.

    Attributes
    ----------
    energy : int64[n]
        E of the whole lattice.
    largest_color : int64[n]
        Sites of the most frequent color, N_max; the order parameter is (q N_max / N - 1) / (q - 1).
    cluster : int64[n]
        Sum of n_c^2 over the clusters of the sweep that led to the measurement.
    correlation : int64[n, L]
        Sum over the clusters, and over both axes, of sum_y n_c(y) n_c(y + d), with n_c(y) the sites of
        a cluster in row y: 2 N times the improved estimator of the zero-momentum correlation
        g(d) = (1 / (q - 1)) sum_x <q delta(s_(0,0), s_(x,d)) - 1>, which decays as e^{-d/xi} above
        the transition. It sums to 2 ``cluster``.
    """

    energy: np.ndarray
    largest_color: np.ndarray
    cluster: np.ndarray
    correlation: np.ndarray


@njit(cache=True)
def grow_cluster(sites, queue, first, color, stream, t):
    """Find the cluster of the site ``first`` and give it the value ``color``, 0 .. 255.

    Returns
    -------
    int, tuple
        Its size, and the random stream; ``queue`` uint32[N + 1] then begins with its sites.
    """
    N = np.uint32(sites.size)
    L = np.uint32(math.sqrt(N))
    old = sites[first]
    sites[first] = color
    queue[0] = first
    head, tail = np.uint64(0), np.uint64(1)
    while head < tail:
        for site in neighbors(queue[head], L, N):
            word, stream = next_word(stream)
            joins = np.uint64(sites[site] == old) & np.uint64(word < t)
            sites[site] += np.uint8(joins) * np.uint8(color - old)  # wraps round at 256
            queue[tail] = site
            tail += joins
        head += np.uint64(1)
    return np.int64(tail), stream


@njit(cache=True)
def sweep(colors, queue, state, q, t, correlation):
    """One sweep; returns the sum of n_c^2.

    Parameters
    ----------
    colors : uint8[L, L]
        0 .. q - 1, changed in place.
    queue : uint32[L * L + 1]
        Work space.
    state : uint64[4]
        Random stream, advanced in place.
    q : int
    t : uint64
        Threshold of the open bonds.
    correlation : int64[L] or int64[0]
        The sums of `PottsSeries` are added to it if it has room for them.
    """
    sites, stream = colors.reshape(-1), load(state)
    squares = np.int64(0)
    profile, rows = np.zeros(correlation.size, np.int64), np.empty(correlation.size, np.int64)
    for first in range(sites.size):
        if sites[first] < q:  # those already done carry their new color plus q
            word, stream = next_word(stream)
            color = np.uint8(q) + np.uint8(((word >> np.uint64(8)) * np.uint64(q)) >> np.uint64(56))
            size, stream = grow_cluster(sites, queue, first, color, stream, t)
            squares += size * size
            if correlation.size:
                _correlate(queue[:size], profile, rows, correlation)
    for i in range(sites.size):
        sites[i] -= np.uint8(q)
    store(state, stream)
    return squares


@njit(cache=True)
def _correlate(members, profile, rows, correlation):
    """Add one cluster to the correlation, along both axes; ``profile`` is zero before and after."""
    L = correlation.size
    for axis in range(2):
        n_rows = 0
        for site in members:
            y = np.int64(site) // L if axis else np.int64(site) % L
            if profile[y] == 0:
                rows[n_rows] = y
                n_rows += 1
            profile[y] += 1
        for i in rows[:n_rows]:
            for j in rows[:n_rows]:
                correlation[j - i if j >= i else j - i + L] += profile[i] * profile[j]
        for i in rows[:n_rows]:
            profile[i] = 0


@njit(cache=True)
def energy(colors):
    """E = -sum_<ij> delta(s_i, s_j) of uint8[L, L], int64."""
    L = colors.shape[0]
    equal = np.int64(0)
    for y in range(L):
        row, below = colors[y], colors[y + 1 if y + 1 < L else 0]
        equal += np.int64(row[L - 1] == row[0])
        for x in range(L):
            equal += np.int64(row[x] == below[x])
        for x in range(L - 1):
            equal += np.int64(row[x] == row[x + 1])
    return -equal


@njit(cache=True)
def _run(colors, state, q, t, measure_every, out, correlation):
    queue = np.empty(colors.size + 1, dtype=np.uint32)
    nothing = np.empty(0, dtype=np.int64)
    for i in range(out.shape[1]):
        for _ in range(measure_every - 1):
            sweep(colors, queue, state, q, t, nothing)
        out[2, i] = sweep(colors, queue, state, q, t, correlation[i])
        out[0, i] = energy(colors)
        out[1, i] = most_frequent(colors, q)


@njit(cache=True)
def most_frequent(colors, q):
    """Number of sites of the most frequent of q colors."""
    counts, most = np.zeros(q, dtype=np.int64), 0
    for color in colors.reshape(-1):
        counts[color] += 1
    for count in counts:
        most = max(most, count)
    return most


def check_model(colors, q, T):
    """Raise a ValueError unless 2 <= q <= 127, T > 0 and the colors are 0 .. q - 1."""
    if not 2 <= q <= MAX_COLORS:
        raise ValueError(f"the number of colors lies between 2 and {MAX_COLORS}, not {q}")
    if not T > 0:
        raise ValueError(f"a temperature is positive, not {T}")
    if colors.dtype != np.uint8 or colors.max() >= q:
        raise ValueError(f"colors are uint8 from 0 to {q - 1}")


def simulate(colors, state, q, T, n_sweeps, measure_every=1):
    """Run Swendsen-Wang for the Potts model and measure.

    Parameters
    ----------
    colors : uint8[L, L]
        0 .. q - 1, changed in place; all zero for an ordered start.
    state : uint64[4]
        Of `scripts.common.lattice.streams.stream`; advanced in place, so that a second call goes on
        where this one ended.
    q : int
        Colors, 2 .. 127.
    T : float
        Temperature, > 0.
    n_sweeps, measure_every : int
        A measurement ends every ``measure_every`` sweeps.

    Returns
    -------
    PottsSeries
        Of n_sweeps / measure_every measurements.

    Raises
    ------
    ValueError
        If T or q is out of range, or if measure_every does not divide n_sweeps.
    """
    check_model(colors, q, T)
    out = empty_series(n_sweeps, measure_every)
    correlation = np.zeros((out.shape[1], len(colors)), dtype=np.int64)
    _run(colors, state, q, threshold(-math.expm1(-1 / T)), measure_every, out, correlation)
    return PottsSeries(*out, correlation)
