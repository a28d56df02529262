r"""Wolff's single-cluster Monte Carlo of the Ising model.

J = k_B = 1, E = -sum_<ij> s_i s_j, K = 1/T, h = 0, periodic square lattice. A cluster grows from a
random site through bonds between equal spins, each open with probability p = 1 - e^{-2K}, and is
flipped whole (Wolff, Phys. Rev. Lett. 62, 361 (1989), doi:10.1103/PhysRevLett.62.361). One step
is one cluster: N / <spins flipped> steps cost as much as one sweep.
"""

import numpy as np
from numba import njit

from scripts.common.lattice.streams import load, next_word, store
from scripts.ising.kernels.swendsen_wang.series import ClusterSeries, bond_threshold, empty_series


@njit(cache=True)
def step(spins, queue, state, t):
    """Grow one cluster and flip it.

    Parameters
    ----------
    spins : int8[L, L]
        +-1, changed in place.
    queue : uint32[L * L + 1]
        Work space: the sites of the cluster in the order of their discovery. First in, first out lets
        the CPU work on several sites at once; a stack makes each wait for the one before.
    state : uint64[4]
        Of `scripts.common.lattice.streams.stream`, advanced in place.
    t : uint64
        Of `series.bond_threshold`.

    Returns
    -------
    uint64
        Spins flipped.
    """
    sites, L = spins.reshape(-1), np.uint32(spins.shape[0])
    N = np.uint32(L * L)
    word, stream = next_word(load(state))
    seed = np.uint32(((word >> np.uint64(24)) * np.uint64(N)) >> np.uint64(40))
    sign = sites[seed]
    twice = np.int8(2 * sign)
    sites[seed] = -sign
    queue[0] = seed
    head, tail = np.uint64(0), np.uint64(1)
    while head < tail:
        for site in neighbors(queue[head], L, N):
            word, stream = next_word(stream)
            joins = np.uint64(sites[site] == sign) & np.uint64(word < t)
            sites[site] -= np.int8(joins) * twice  # arithmetic, for a branch would be mispredicted
            queue[tail] = site
            tail += joins
        head += np.uint64(1)
    store(state, stream)
    return tail


@njit(cache=True)
def neighbors(site, L, N):
    """Sites to the right, left, down and up of ``site``, uint32, on the torus of N = L * L sites."""
    one = np.uint32(1)
    x = site % L
    right = site + one - L * np.uint32(x + one == L)
    left = site - one + L * np.uint32(x == 0)
    down = site + L - N * np.uint32(site + L >= N)
    up = site - L + N * np.uint32(site < L)
    return right, left, down, up


@njit(cache=True)
def energy_and_magnetization(spins):
    """E = -sum_<ij> s_i s_j and M = sum_i s_i of int8[L, L], both int64."""
    L = spins.shape[0]
    bonds, total = np.int64(0), np.int64(0)
    for y in range(L):
        row, below = spins[y], spins[y + 1 if y + 1 < L else 0]
        bonds += np.int64(row[L - 1] * row[0])
        for x in range(L):
            bonds += np.int64(row[x] * below[x])
            total += np.int64(row[x])
        for x in range(L - 1):
            bonds += np.int64(row[x] * row[x + 1])
    return -bonds, total


@njit(cache=True)
def _run(spins, state, t, measure_every, out):
    queue = np.empty(spins.size + 1, dtype=np.uint32)
    for i in range(out.shape[1]):
        for _ in range(measure_every):
            out[2, i] += np.int64(step(spins, queue, state, t))
        out[0, i], out[1, i] = energy_and_magnetization(spins)


def simulate(spins, state, T, n_steps, measure_every=1):
    """Run Wolff's algorithm and measure.

    Parameters
    ----------
    spins : int8[L, L]
        +-1, changed in place.
    state : uint64[4]
        Of `scripts.common.lattice.streams.stream`; advanced in place, so that a second call goes on
        where this one ended.
    T : float
        Temperature, > 0.
    n_steps, measure_every : int
        A measurement ends every ``measure_every`` clusters.

    Returns
    -------
    ClusterSeries
        Of n_steps / measure_every measurements.

    Raises
    ------
    ValueError
        If T is not positive or measure_every does not divide n_steps.
    """
    out = empty_series(n_steps, measure_every)
    _run(spins, state, bond_threshold(T), measure_every, out)
    return ClusterSeries(*out)
