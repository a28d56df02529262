"""Sums over all 2^n states of a full graph: the tree of weights against two plain ways to do it.

``plain`` is vectorized NumPy, ``gray`` a compiled loop in Gray code that turns one spin at a time and takes
one exponential per state, for ln Z alone. All run on one core, in turns, and only ratios are meant to be
quoted.
"""

import math
import time

import numpy as np
import pandas as pd
from numba import njit

from scripts.common.enumeration import enumerated, plain

SEED = 1


@njit(cache=True)
def _gray(J, h, beta):
    """ln Z by Gray code from the state with all spins down; weights relative to it."""
    n = len(h)
    s, field = -np.ones(n), np.empty(n)
    for i in range(n):
        field[i] = h[i] - J[i].sum()
    x, total = 0.0, 1.0
    for state in range(1, 2**n):
        k = 0
        while (state >> k) & 1 == 0:
            k += 1
        x -= 2.0 * beta * s[k] * field[k]
        s[k] = -s[k]
        for i in range(n):
            field[i] += 2.0 * J[i, k] * s[k]
        total += math.exp(x)
    return math.log(total) + beta * (J.sum() / 2.0 - h.sum())


def full_graph(n):
    """J and h of a spin glass in which all spins see each other."""
    rng = np.random.default_rng(SEED)
    J = np.triu(rng.normal(size=(n, n)) / np.sqrt(n), 1)
    return J + J.T, 0.3 * rng.normal(size=n)


def table(sizes=(16, 20, 24), rounds=3):
    """Seconds and ratios.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of spins.
    rounds : int
        Times each way is tried; the shortest counts, since other load can only make it longer.

    Returns
    -------
    pandas.DataFrame
        One row per size: ``n``; ``tree_s``, ``plain_s``, ``gray_s``; ``plain_over_tree`` and
        ``gray_over_tree``; ``states_per_ns`` of the tree.
    """
    rows = []
    ways = {"tree": enumerated, "plain": plain, "gray": _gray}
    for n in sizes:
        J, h = full_graph(n)
        best = dict.fromkeys(ways, math.inf)
        for way in ways.values():
            way(*full_graph(8), 1.0)  # compiled before it is timed
        for _ in range(rounds):
            for name, way in ways.items():
                start = time.perf_counter()
                way(J, h, 1.0)
                best[name] = min(best[name], time.perf_counter() - start)
        row = {"n": n} | {f"{name}_s": seconds for name, seconds in best.items()}
        row |= {f"{name}_over_tree": best[name] / best["tree"] for name in ("plain", "gray")}
        rows.append(row | {"states_per_ns": 2**n / best["tree"] / 1e9})
    return pd.DataFrame(rows)
