"""Runs of bit-packed Swendsen-Wang: J = k_B = 1, E = -sum_<ij> s_i s_j, h = 0, periodic."""

from typing import NamedTuple

import numpy as np
from numba import njit

from scripts.ising.kernels.swendsen_wang.packed import flip_clusters, join_runs, label_runs, squared_sizes
from scripts.ising.kernels.swendsen_wang.series import ClusterSeries, bond_threshold, empty_series
from scripts.ising.kernels.swendsen_wang.streams import LANES, bernoulli_words, uniform_words
from scripts.ising.kernels.swendsen_wang.words import energy_and_magnetization


class Workspace(NamedTuple):
    """Arrays that a sweep writes before it reads them; they carry nothing from sweep to sweep.

    Attributes
    ----------
    bond_words, flip_words : uint64[8 k]
        Views of one buffer, a little longer than needed because random words come in eights.
    draws : uint64[3, L, W]
        The same memory: bits of the bonds to the right, of those down, and of the coins.
    parent : int32[L * L]
    coins : uint8[L * L]
    before : int64[L + 1, W]
    wraps : bool[L]
    """

    bond_words: np.ndarray
    flip_words: np.ndarray
    draws: np.ndarray
    parent: np.ndarray
    coins: np.ndarray
    before: np.ndarray
    wraps: np.ndarray


def workspace(L):
    """A `Workspace` for lattices of edge L."""
    n_words = -(-L // 64)
    n = L * n_words
    buffer = np.zeros(3 * n + 2 * LANES, dtype=np.uint64)
    return Workspace(
        bond_words=buffer[: -(-2 * n // LANES) * LANES],
        flip_words=buffer[2 * n : 2 * n + -(-n // LANES) * LANES],
        draws=buffer[: 3 * n].reshape(3, L, n_words),
        parent=np.zeros(L * L, dtype=np.int32),
        coins=np.zeros(L * L, dtype=np.uint8),
        before=np.zeros((L + 1, n_words), dtype=np.int64),
        wraps=np.zeros(L, dtype=np.bool_),
    )


@njit(cache=True)
def update(spins, work):
    """Cluster move of ``spins`` uint64[L, W] in place, with the bits that stand in ``work.draws``."""
    label_runs(spins, work.draws, work.before, work.wraps)
    for run in range(work.before[spins.shape[0], 0] + 1):
        work.parent[run] = run
    join_runs(work.parent, work.draws, work.before, work.wraps)
    flip_clusters(spins, work.draws, work.parent, work.coins)


@njit(cache=True)
def sweep(spins, work, state, t):
    """One Swendsen-Wang sweep.

    Parameters
    ----------
    spins : uint64[L, W]
        Changed in place.
    work : Workspace
    state : uint64[4, 8]
        Of `streams.lanes`, advanced in place.
    t : uint64
        Of `series.bond_threshold`.
    """
    bernoulli_words(work.bond_words, state, t)
    uniform_words(work.flip_words, state)  # second, since the bonds overwrite the first of them
    update(spins, work)


@njit(cache=True)
def _run(spins, work, state, t, measure_every, out):
    sizes = np.empty(spins.shape[0] ** 2, dtype=np.int64)
    for i in range(out.shape[1]):
        for _ in range(measure_every):
            sweep(spins, work, state, t)
        out[0, i], out[1, i] = energy_and_magnetization(spins)
        out[2, i] = squared_sizes(work.draws, work.parent, sizes)


def simulate(spins, state, T, n_sweeps, measure_every=1):
    """Run Swendsen-Wang and measure.

    Parameters
    ----------
    spins : uint64[L, ceil(L / 64)]
        Of `words.ordered` or `words.packed`; changed in place. L is even and at least 4.
    state : uint64[4, 8]
        Of `streams.lanes`; advanced in place, so that a second call goes on where this one ended.
    T : float
        Temperature, > 0.
    n_sweeps, measure_every : int
        A measurement ends every ``measure_every`` sweeps.

    Returns
    -------
    ClusterSeries
        Of n_sweeps / measure_every measurements.

    Raises
    ------
    ValueError
        If T is not positive or measure_every does not divide n_sweeps.
    """
    out = empty_series(n_sweeps, measure_every)
    _run(spins, workspace(len(spins)), state, bond_threshold(T), measure_every, out)
    return ClusterSeries(*out)
