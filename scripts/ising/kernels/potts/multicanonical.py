r"""A flat energy histogram for the q-state Potts model, across the gap of a first-order transition.

J = k_B = 1, E = -sum_<ij> delta(s_i, s_j), periodic square lattice. At the transition a
canonical run visits the mixed states between the phases e^{-2 sigma L} times as often
as the pure ones. Heat-bath moves with the weight e^{-E/T + c(E)} make all energies of a
window equally likely; what a canonical run would have seen follows by dividing e^c out
(Berg and Neuhaus, Phys. Rev. Lett. 68, 9 (1992), doi:10.1103/PhysRevLett.68.9).

The weight is first learned as Wang and Landau do (Phys. Rev. Lett. 86, 2050 (2001),
doi:10.1103/PhysRevLett.86.2050), each visit lowering c by f, with f falling as 1 / time (Belardinelli
and Pereyra, Phys. Rev. E 75, 046701 (2007), doi:10.1103/PhysRevE.75.046701), then frozen, so that an
error of the learning costs time but no bias. Outside the window c is constant: nothing is cut off.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from scripts.common.lattice.streams import load, next_word, store
from scripts.ising.kernels.potts.cluster import check_model, energy

N_BLOCKS = 32
FASTEST = 0.5  # by which c falls in one sweep while it is learned: the barrier is a few units high


class Weight(NamedTuple):
    """The weight e^{beta b + c} of a state with b = -E equal bonds.

    Attributes
    ----------
    c : float64[n]
        For b = low .. low + n - 1; beyond these constant.
    low : int
    beta : float
    """

    c: np.ndarray
    low: int
    beta: float


class FlatHistogram(NamedTuple):
    """What a run with frozen weights saw.

    Attributes
    ----------
    histogram : int64[32, 2 N + 1]
        Visits to each number of equal bonds -E, in consecutive blocks of the run.
    weight : Weight
    crossings : int
        How often the run went from one end of the window to the other.
    """

    histogram: np.ndarray
    weight: Weight
    crossings: int


@njit(cache=True)
def sweep(colors, stream, q, bonds, weight, factor, histogram):
    """One heat-bath move of every site in turn.

    Parameters
    ----------
    colors : uint8[L, L]
        0 .. q - 1, changed in place.
    stream : tuple of uint64
    q : int
    bonds : int
        -E of ``colors``.
    weight : Weight
        c falls by ``factor`` where the run is after each move, within the window; 0 leaves it alone.
    factor : float
    histogram : int64[2 N + 1]
        Gains one where the run is after each move.

    Returns
    -------
    int, tuple
        -E after the sweep, and the random stream.
    """
    L = colors.shape[0]
    equal, share = np.zeros(q, dtype=np.int64), np.empty(5)
    for y in range(L):
        up, row, down = colors[y - 1 if y else L - 1], colors[y], colors[y + 1 if y + 1 < L else 0]
        for x in range(L):
            around = up[x], down[x], row[x + 1 if x + 1 < L else 0], row[x - 1 if x else L - 1]
            for color in around:
                equal[color] += 1
            bonds -= equal[row[x]]
            for n in range(5):
                share[n] = np.exp(weight.beta * n + weight.c[_place(weight, bonds + n)])
            word, stream = next_word(stream)
            color = _chosen(equal, share, np.float64(word >> np.uint64(11)) * 2.0**-53)
            row[x] = color
            bonds += equal[color]
            for color in around:
                equal[color] = 0
            here = _place(weight, bonds)
            weight.c[here] -= factor * (
                bonds - weight.low == here
            )  # what is beyond the window stays canonical
            histogram[bonds] += 1
    return bonds, stream


@njit(cache=True)
def _chosen(equal, share, uniform):
    """A color with probability proportional to share[equal[color]]."""
    total = 0.0
    for n in equal:
        total += share[n]
    left, color = uniform * total, 0
    while color < equal.size - 1 and left >= share[equal[color]]:
        left -= share[equal[color]]
        color += 1
    return color


@njit(cache=True)
def _place(weight, bonds):
    return min(max(bonds - weight.low, 0), weight.c.size - 1)


@njit(cache=True)
def _learn(colors, state, q, weight, n_sweeps):
    """Lower c at each visit, by n / time in all over a sweep, and less than that before c has its shape."""
    bonds, stream = -energy(colors), load(state)
    histogram = np.zeros(2 * colors.size + 1, dtype=np.int64)
    for i in range(n_sweeps):
        factor = min(FASTEST, weight.c.size / (i + 1)) / colors.size
        bonds, stream = sweep(colors, stream, q, bonds, weight, factor, histogram)
    store(state, stream)


@njit(cache=True)
def _measure(colors, state, q, weight, n_sweeps, histogram):
    """Run with frozen weights, n_sweeps for each row of the histogram; returns the crossings."""
    bonds, stream = -energy(colors), load(state)
    end, crossings = 0, -1
    for block in range(len(histogram)):
        for _ in range(n_sweeps):
            bonds, stream = sweep(colors, stream, q, bonds, weight, 0.0, histogram[block])
            if _place(weight, bonds) == end:
                end = weight.c.size - 1 - end
                crossings += 1
    store(state, stream)
    return max(crossings, 0)


def flat_histogram(colors, state, q, T, window, n_learn, n_sweeps):
    """Learn a weight that makes the energies of a window equally likely, then run with it.

    Parameters
    ----------
    colors : uint8[L, L]
        0 .. q - 1, changed in place.
    state : uint64[4]
        Of `scripts.common.lattice.streams.stream`; advanced in place.
    q : int
        Colors, 2 .. 127.
    T : float
        Temperature of the canonical weight beyond the window.
    window : tuple of float
        Lowest and highest energy per site between which the histogram is made flat; a little
        wider than the gap between the phases.
    n_learn, n_sweeps : int
        Sweeps to learn the weight, and to measure with it; the latter a multiple of 32.

    Returns
    -------
    FlatHistogram

    Raises
    ------
    ValueError
        If an argument is out of range.
    """
    check_model(colors, q, T)
    if not -2.0 <= window[0] < window[1] <= 0.0:
        raise ValueError(f"the window lies between -2 and 0 per site, not {tuple(window)}")
    if n_sweeps % N_BLOCKS:
        raise ValueError(f"the number of sweeps is a multiple of {N_BLOCKS}, not {n_sweeps}")
    low, high = (round(-e * colors.size) for e in window[::-1])
    weight = Weight(np.zeros(high - low + 1), low, 1.0 / T)
    _learn(colors, state, q, weight, n_learn)
    weight.c[:] -= weight.c.max()
    histogram = np.zeros((N_BLOCKS, 2 * colors.size + 1), dtype=np.int64)
    crossings = _measure(colors, state, q, weight, n_sweeps // N_BLOCKS, histogram)
    return FlatHistogram(histogram, weight, crossings)


def canonical_histogram(flat, T):
    """What a canonical run at T would have seen.

    Parameters
    ----------
    flat : FlatHistogram
    T : float
        Temperature, near that of the run.

    Returns
    -------
    float64[32, 2 N + 1]
        Share of each block in the probability of each -E. They sum to 1; the sum over the
        blocks is the distribution, and leaving blocks out in turn gives its error (jackknife).
    """
    bonds = np.arange(flat.histogram.shape[1])
    place = np.clip(bonds - flat.weight.low, 0, len(flat.weight.c) - 1)
    log_factor = (1.0 / T - flat.weight.beta) * bonds - flat.weight.c[place]
    seen = flat.histogram.any(axis=0)
    shares = flat.histogram * np.exp(np.where(seen, log_factor - log_factor[seen].max(), 0.0))
    return shares / shares.sum()
