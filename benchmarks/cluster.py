"""Cluster kernels against each other and against peapods, in turns; only ratios are meant to be quoted.

All run at T_c. A rate is the shortest of many short calls, since other load can only make a call
longer; the calls of all kernels take turns, so that a slow spell of the machine meets each of them.
"""

import math
import time

import numpy as np
import pandas as pd

from scripts.common.lattice.streams import stream
from scripts.ising.kernels import wolff
from scripts.ising.kernels.swendsen_wang import plain, simulation, streams, words
from scripts.ising.kernels.swendsen_wang.series import bond_threshold

try:
    import peapods  # in requirements-bench.lock only
except ImportError:
    peapods = None

TC = 2 / math.log(1 + math.sqrt(2))
SEED = 1
SPINS = 2**18  # updated in one call, so that it takes about a millisecond and starts with warm caches


def sweeps(L):
    """Sweeps in one call."""
    return max(1, SPINS // L**2)


def packed_call(L):
    """A function that makes bit-packed sweeps and returns the spins updated."""
    spins, work, state = words.ordered(L), simulation.workspace(L), streams.lanes(SEED, "packed")
    t = bond_threshold(TC)

    def call():
        for _ in range(sweeps(L)):
            simulation.sweep(spins, work, state, t)
        return sweeps(L) * L * L

    return call


def plain_call(L):
    """The same for the plain kernel."""
    spins, parent = np.ones((L, L), dtype=np.int8), np.empty(L * L, dtype=np.int32)
    state, t = stream(SEED, "plain"), bond_threshold(TC)

    def call():
        for _ in range(sweeps(L)):
            plain.plain_sweep(spins, parent, state, t)
        return sweeps(L) * L * L

    return call


def wolff_call(L):
    """A function that grows clusters and returns the spins flipped."""
    spins, queue = np.ones((L, L), dtype=np.int8), np.empty(L * L + 1, dtype=np.uint32)
    state, t = stream(SEED, "wolff"), bond_threshold(TC)

    def call():
        flipped = 0
        while flipped < sweeps(L) * L * L // 2:
            flipped += int(wolff.step(spins, queue, state, t))
        return flipped

    return call


def peapods_call(L, every):
    """Sweeps of peapods: Metropolis alone (every = None), or each with a Swendsen-Wang update (1)."""
    model = peapods.Ising((L, L), temperatures=np.array([TC]))

    def call():
        model.sample(sweeps(L), cluster_update_interval=every, warmup_ratio=0.0, sequential=True)
        return sweeps(L) * L * L

    return call


def kernels(L):
    """Name -> call for lattices of edge L."""
    calls = {"packed": packed_call(L), "plain": plain_call(L), "wolff": wolff_call(L)}
    if peapods is not None:
        calls |= {"peapods both": peapods_call(L, 1), "peapods Metropolis": peapods_call(L, None)}
    return calls


def nanoseconds(calls, seconds):
    """Shortest time per spin of each call, which take turns for the given time."""
    best = dict.fromkeys(calls, math.inf)
    for call in calls.values():
        for _ in range(5):  # compilation, and most of the way to equilibrium
            call()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, call in calls.items():
            start = time.perf_counter()
            n = call()
            best[name] = min(best[name], (time.perf_counter() - start) / n * 1e9)
    return best


def cluster_table(sizes=(64, 128, 256, 1024), seconds=4.0):
    """Times and ratios of the cluster kernels.

    Parameters
    ----------
    sizes : sequence of int
        Edge lengths L.
    seconds : float
        Time for each size.

    Returns
    -------
    pandas.DataFrame
        One row per size: ``L``; ``packed_ns``, ``plain_ns`` per spin and sweep; ``wolff_ns`` per flipped
        spin; ``peapods_ns`` per spin and Swendsen-Wang update, its Metropolis sweep taken off, and
        ``peapods_over_packed``, both missing where peapods is not installed; ``plain_over_packed``.
    """
    rows = []
    for L in sizes:
        best = nanoseconds(kernels(L), seconds)
        peer = best.get("peapods both", math.nan) - best.get("peapods Metropolis", math.nan)
        row = {
            "L": L,
            **{f"{name}_ns": best[name] for name in ("packed", "plain", "wolff")},
            "peapods_ns": peer,
        }
        row["plain_over_packed"] = best["plain"] / best["packed"]
        row["peapods_over_packed"] = peer / best["packed"]
        rows.append(row)
    return pd.DataFrame(rows)
