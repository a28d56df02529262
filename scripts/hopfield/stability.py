"""Whether stored patterns are minima, and whether the energy falls: exact laws and broken conditions.

Tables: ``stability.csv`` (unstable bits and stable patterns by size and load), ``diagonal.csv``,
``one_step.csv``, ``energy.csv`` (rises of the energy under dynamics that keep or break the conditions).
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.hopfield.kernels import matrix, synchronous
from scripts.hopfield.kernels.minima import unstable_counts
from scripts.hopfield.samples import pattern_count
from scripts.hopfield.theory import one_step

ONE_STEP = 100, (14, 15)
LOADS = np.round(np.arange(0.02, 0.201, 0.01), 3)
SMALL, SMALL_LOAD = 100, 0.10  # for dynamics whose energies are sums over all pairs, made anew at every flip
LONG, LONG_LOAD = 1000, 0.05
DIAGONAL_LOAD = 0.10
CUT = 0.02  # of the couplings, in one direction only
SWEEPS = 200
FLIPS = 1_000_000  # that the energy claim wants


def signs(rng, *shape):
    """Unbiased random signs, int8."""
    return (2 * rng.integers(0, 2, shape, dtype=np.int8) - 1).astype(np.int8)


def one_step_table(sets, seed):
    """Share of unstable bits at N = 100, P = 14 and, for the control, P = 15, from the scatter of sets."""
    size, rows = ONE_STEP[0], []
    for count in ONE_STEP[1]:
        rng = generator(seed, "hopfield/one_step", f"P={count}")
        n_sets = sets if count == ONE_STEP[1][0] else max(30, sets // 4)
        shares = [unstable_counts(signs(rng, count, size)).mean() / size for _ in range(n_sets)]
        row = {"N": size, "P": count} | pairs(bit_error=replica_mean(shares))
        rows.append(row | {"n_samples": n_sets, "exact": one_step.bit_error(size, count)})
    return pd.DataFrame(rows)


def stability_table(sizes, samples, seed):
    """Mean unstable bits per pattern and share of stable patterns, rows of ``stability.csv``."""
    rows = []
    for size in progress(sizes, "stability"):
        n_sets = max(10, samples * 1000 // size)
        for load in LOADS:
            count = pattern_count(load, size)
            rng = generator(seed, "hopfield/stability", f"N={size}", f"P={count}")
            sets = [unstable_counts(signs(rng, count, size)) for _ in range(n_sets)]
            bits = replica_mean([each.mean() for each in sets])
            stable = replica_mean([(each == 0).mean() for each in sets])
            row = {"N": size, "alpha": count / size} | pairs(unstable=bits, stable=stable)
            row |= {"n_samples": n_sets, "unstable_exact": one_step.unstable_bits(size, count)}
            rows.append(row)
    return pd.DataFrame(rows)


def diagonal_table(sizes, samples, seed):
    """Unstable bits at load 0.10 with the diagonal of Hebb's rule left in, rows of ``diagonal.csv``."""
    rows = []
    for size in sizes:
        count, n_sets = pattern_count(DIAGONAL_LOAD, size), max(10, samples * 1000 // size)
        rng = generator(seed, "hopfield/diagonal", f"N={size}")
        sets = [unstable_counts(signs(rng, count, size), count).mean() for _ in range(n_sets)]
        row = {"N": size, "alpha": count / size} | pairs(unstable=replica_mean(sets))
        rows.append(row | {"n_samples": n_sets})
    return pd.DataFrame(rows)


def couplings_of(kind, patterns, rng):
    """N times the couplings of one set of patterns, whole numbers as float64[N, N], so that ties are exact.

    Parameters
    ----------
    kind : str
        "hebb"; "diagonal": Hebb's rule with its diagonal P/N; "negative_diagonal": with -P/N, which
        makes units push against themselves; "diluted": `CUT` of the couplings cut, i to j without j to i.
    patterns : int8[P, N]
    rng : numpy.random.Generator
    """
    couplings = matrix.hebb(patterns).astype(np.float64)
    if kind in ("diagonal", "negative_diagonal"):
        np.fill_diagonal(couplings, len(patterns) if kind == "diagonal" else -len(patterns))
    if kind == "diluted":
        couplings *= rng.random(couplings.shape) >= CUT
    return couplings


def energy_table(runs, seed):
    """Rises of the energy and units left in the wrong place, rows of ``energy.csv``."""
    rows = []
    for kind in ("hebb", "diagonal", "negative_diagonal", "diluted"):
        total = _total(synchronous.asynchronous_rises, kind, runs, seed)
        rows.append(_row(f"asynchronous_{kind}", runs, total[0], total[1], misplaced=total[2]))
    total = _total(_synchronous, "hebb", runs, seed)
    rows.append(_row("synchronous", runs, total[0], total[1], cycles=total[2]))
    zeroed = _total(synchronous.zeroed_units, "hebb", runs, seed)
    rows.append(_row("sign_of_zero", runs, 0, 0, zeroed=zeroed))
    return pd.DataFrame([*rows, _many_flips(seed)])


def _row(dynamics, runs, moves, rises, **others):
    empty = {"misplaced": 0, "cycles": 0, "zeroed": 0}
    return {"dynamics": dynamics, "n_runs": runs, "moves": moves, "rises": rises} | empty | others


def _total(dynamics, kind, runs, seed):
    """Sum of what a dynamics counts over runs from random states, the same for all dynamics."""
    found = []
    for k in range(runs):
        rng = generator(seed, "hopfield/energy", "shared", f"{k}")
        patterns = signs(rng, pattern_count(SMALL_LOAD, SMALL), SMALL)
        spins = signs(rng, SMALL).astype(float)
        found.append(dynamics(couplings_of(kind, patterns, rng), spins, SWEEPS))
    return np.sum(found, axis=0)


def _synchronous(couplings, spins, n_steps):
    """Steps, rises of the energy, and whether the run ended in a cycle of two states."""
    steps, rises, period = synchronous.synchronous_rises(couplings, spins, n_steps)
    return steps, rises, period == 2


def _many_flips(seed):
    """As many flips as the claim wants, with the energy summed anew after each."""
    flips = rises = runs = 0
    while flips < FLIPS:
        rng = generator(seed, "hopfield/energy", "many", f"{runs}")
        patterns = signs(rng, pattern_count(LONG_LOAD, LONG), LONG).astype(np.int64)
        spins = signs(rng, LONG).astype(np.int64)
        rows = np.ascontiguousarray(patterns.T)
        found = synchronous.descent_by_overlaps(rows, spins, patterns @ spins)
        flips, rises, runs = flips + found[0], rises + found[1], runs + 1
    return _row("asynchronous_long", runs, flips, rises)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(one_step=one_step_table(params.sets, params.seed))
        write(diagonal=diagonal_table(params.sizes, params.samples, params.seed))
        write(stability=stability_table(params.sizes, params.samples, params.seed))
        write(energy=energy_table(params.runs, params.seed))
