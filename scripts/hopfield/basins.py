"""Recall from corrupted cues at zero temperature: basins, spurious ends, and how the energy runs down.

Tables: ``basins.csv``, ``critical_cues.csv``, ``spurious.csv``, ``mixtures.csv``, ``relaxation.csv`` (mean
energy after each sweep), ``relaxation_times.csv``, ``depths.csv``, ``twins.csv``; columns in
workflow/chapters/hopfield/tables.yaml.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.hopfield.kernels import matrix, packed
from scripts.hopfield.kernels.network import ENERGY
from scripts.hopfield.kernels.patterns import random_patterns, unpacked
from scripts.hopfield.samples import RETRIEVED, corrupted, pattern_count, recalled

STEP = 0.05
CUES = np.round(np.arange(STEP, 1.0, STEP), 2)
KINDS = ("nearest", "other", "reversed", "mixture", "glass")
CLOSE, MIXED = 0.9, 0.35  # overlaps that count as one pattern, and as a part of a mixture
OVERLOAD = 0.2  # where nothing can be recalled
DECAY_LOAD, DECAY_CUE = 0.08, 0.4
DEPTHS = ((0.10, 1), (0.12, 2))  # loads, and the part of the runs: the second is the control, 20 % off
DEPTH_CUE, DEPTH_SIZE = 0.6, 10_000  # size at most: larger ones give no smaller error for their time
TWINS = ((0.05, 0.6), (0.10, 0.3), (0.14, 0.6), (0.30, 0.0))  # loads and cues, from recall to glass
PAIRS = 5  # runs of each, by both programs
TWIN_UNITS = (500, 501)  # an even and an odd number: fields that vanish exist for one of them only
SPURIOUS_LOADS = (0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.10, 0.12, 0.14, 0.18)
SPURIOUS_CUES = (0.0, 0.3, 0.6)


def basin_table(size, loads, samples, seed):
    """Final against initial overlap: rows of ``basins.csv`` and of ``critical_cues.csv``."""
    counts = sorted({pattern_count(load, size) for load in (*loads, OVERLOAD)})
    ends = np.empty((samples, len(counts), len(CUES)))
    for k in progress(range(samples), "basins"):
        patterns = random_patterns(size, max(counts), seed, "hopfield/basins", f"N={size}", f"{k}")
        target = unpacked(patterns, 0, 1)[0]
        for i, count in enumerate(counts):
            for j, cue in enumerate(CUES):
                rng = generator(seed, "hopfield/basins", f"N={size}", f"P={count}", f"m={cue}", f"{k}")
                _, end, _ = recalled(patterns, count, corrupted(target, cue, rng))
                ends[k, i, j] = end.overlaps[0] / size
    rows = [
        {"N": size, "alpha": count / size, "m_initial": cue}
        | pairs(overlap=mean_of_sets(ends[:, i, j]), perfect=share(ends[:, i, j] == 1.0))
        | {"n_samples": samples}
        for i, count in enumerate(counts)
        for j, cue in enumerate(CUES)
    ]
    return pd.DataFrame(rows), critical_cues(np.array(counts) / size, ends > RETRIEVED)


def summary(overlaps):
    """Mean final overlap and share retrieved of one set of runs."""
    columns = pairs(overlap=mean_of_sets(overlaps), fraction_retrieved=share(overlaps > RETRIEVED))
    return columns | {"n_samples": len(overlaps)}


def mean_of_sets(values):
    """Mean over pattern sets float64[R] with its error, nan for a single set."""
    return replica_mean(values)[:2] if len(values) > 1 else (values.mean(), np.nan)


def share(hits):
    """Share of hits, with an error that is not zero at none or all: (n p (1-p) + 1/4)^(1/2) / n."""
    n = len(hits)
    p = float(np.mean(hits))
    return p, float(np.sqrt(n * p * (1 - p) + 0.25) / n)


def critical_cues(loads, kept):
    """The cue that a network needs, by load: rows of ``critical_cues.csv``.

    A network that fails from k of the cues needs one of k + 1/2 steps (Spearman and Kaerber), so that
    every set of patterns gives a number, and its scatter the error. Loads at which some network fails
    from the best cue are left out.

    Parameters
    ----------
    loads : float64[n]
    kept : bool[R, n, cues]
    """
    needed = STEP * ((~kept).sum(axis=2) + 0.5)
    rows = [
        {"alpha": loads[i]}
        | pairs(m_critical=mean_of_sets(needed[:, i]), increase=mean_of_sets(needed[:, i] - needed[:, 0]))
        | {"n_samples": len(kept)}
        for i in np.flatnonzero(kept[:, :, -1].all(axis=0))
    ]
    columns = ["alpha", "m_critical", "m_critical_err", "increase", "increase_err", "n_samples"]
    return pd.DataFrame(rows, columns=columns)


def ending(overlaps):
    """What a final state is, by its overlaps with all patterns, the target first.

    Returns
    -------
    str
        One of `KINDS`.
    """
    if overlaps[0] > CLOSE:
        return "nearest"
    if np.max(overlaps) > CLOSE:
        return "other"
    if np.min(overlaps) < -CLOSE:
        return "reversed"
    return "mixture" if np.sum(np.abs(overlaps) > MIXED) >= 3 else "glass"


def spurious_table(size, samples, seed):
    """Where runs end, by load and cue: rows of ``spurious.csv``.

    The target is the pattern nearest to the cue; from a random state (cue 0) that is whichever
    pattern happens to have the largest overlap, with its sign: a reversed pattern is no memory.
    """
    rows = []
    for load in SPURIOUS_LOADS:
        count = pattern_count(load, size)
        for cue in SPURIOUS_CUES:
            found = [_end_of_run(size, count, cue, k, seed) for k in range(samples)]
            row = {"N": size, "alpha": count / size, "m_initial": cue, "n_samples": samples}
            rows.append(row | pairs(**{kind: share(np.array(found) == kind) for kind in KINDS}))
    return pd.DataFrame(rows)


def _end_of_run(size, count, cue, k, seed):
    label = ("hopfield/spurious", f"N={size}", f"P={count}", f"m={cue}", f"{k}")
    rng = generator(seed, *label)
    patterns = random_patterns(size, count, seed, *label)
    values = unpacked(patterns).astype(float)
    start = corrupted(values[0].astype(np.int8), cue, rng)
    target = int(np.argmax(values @ start))
    _, end, _ = recalled(patterns, count, start)
    overlaps = values @ end.spins / size
    return ending(np.concatenate([overlaps[[target]], np.delete(overlaps, target)]))


def mixture_runs(size, samples, seed):
    """Runs from the majority of three patterns: final overlaps with the three, float64[samples, 3]."""
    found = []
    for k in range(samples):
        patterns = random_patterns(size, 3, seed, "hopfield/mixture", f"N={size}", f"{k}")
        values = unpacked(patterns)
        net = packed.network(patterns, 3, (0, 1, 2))
        end, _ = packed.descend(net, packed.state(net, np.sign(values.sum(axis=0)).astype(np.int8)))
        found.append(end.overlaps / size)
    return np.array(found)


def relaxation_tables(sizes, samples, seed):
    """Mean energy after each sweep, and the time to the last flip, from a cue of overlap 0.4."""
    curves, times = [], []
    for size in progress(sizes, "relaxation"):
        count = pattern_count(DECAY_LOAD, size)
        found = [_decay(size, count, DECAY_CUE, k, seed) for k in range(samples)]
        runs, _, idle = zip(*found, strict=True)
        length = max(len(energies) for energies in runs)
        filled = np.array([np.pad(e, (0, length - len(e)), mode="edge") for e in runs])
        place = {"N": size, "alpha": count / size}
        for t, column in enumerate(filled.T):
            row = place | {"sweep": t} | pairs(energy=replica_mean(column))
            curves.append(row | {"n_samples": samples})
        last = replica_mean([np.flatnonzero(np.diff(e))[-1] + 1.0 for e in runs])
        times.append(place | pairs(sweeps=last) | {"rises": sum(idle), "n_samples": samples})
    return pd.DataFrame(curves), pd.DataFrame(times)


def depth_table(sizes, samples, seed):
    """How far below the memory itself recall ends, by load: rows of ``depths.csv``."""
    size, rows = min(max(sizes), DEPTH_SIZE), []
    for load, part in DEPTHS:
        count, runs = pattern_count(load, size), max(5, samples // part)
        found = replica_mean([_decay(size, count, DEPTH_CUE, k, seed)[1] for k in range(runs)])
        rows.append({"N": size, "alpha": count / size} | pairs(depth=found) | {"n_samples": runs})
    return pd.DataFrame(rows)


def _decay(size, count, cue, k, seed):
    """Energies per unit before the first sweep and after each; depth; sweeps whose flips lowered nothing.

    The depth is the energy of the memory less that of the end: their common part, which varies from
    set to set much more, drops out.
    """
    label = ("hopfield/relaxation", f"N={size}", f"P={count}", f"{k}")
    patterns = random_patterns(size, count, seed, *label)
    memory = unpacked(patterns, 0, 1)[0]
    net = packed.network(patterns, count)
    state = packed.state(net, corrupted(memory, cue, generator(seed, *label)))
    first, floor = (int(each.tally[ENERGY]) for each in (state, packed.state(net, memory)))
    _, record = packed.descend(net, state)
    flips, energies = np.insert(record, 0, (0, first), axis=0).T
    idle = int(((np.diff(flips) > 0) & (np.diff(energies) >= 0)).sum())
    return energies / size**2, (floor - energies[-1]) / size**2, idle


def twin_table(samples, seed):
    """The bit-packed run beside a plain one with a matrix that skips nothing, rows of ``twins.csv``."""
    rows = []
    for size in TWIN_UNITS:
        for load, cue in TWINS:
            found = [_twins(size, pattern_count(load, size), cue, k, seed) for k in range(samples)]
            units, energy = np.sum(found, axis=0)
            row = {"N": size, "alpha": load, "m_initial": cue, "n_samples": samples}
            rows.append(row | {"units_apart": int(units), "energy_apart": int(energy)})
    return pd.DataFrame(rows)


def _twins(size, count, cue, k, seed):
    """Units in which the ends of both differ, and the difference of N times their energies."""
    label = ("hopfield/twins", f"N={size}", f"P={count}", f"{k}")
    patterns = random_patterns(size, count, seed, *label)
    values = unpacked(patterns)
    start = corrupted(values[0], cue, generator(seed, *label))
    _, end, record = recalled(patterns, count, start)
    couplings = matrix.hebb(values).astype(float)
    matrix.greedy(couplings, start, couplings @ start)
    energy = matrix.energy(couplings.astype(np.int64), start)
    return (end.spins != start).sum(), abs(int(record[-1, 1]) - energy)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        table, cues = basin_table(**params.basins, seed=params.seed)
        write(basins=table, critical_cues=cues, twins=twin_table(PAIRS, params.seed))
        write(spurious=spurious_table(**params.spurious, seed=params.seed))
        size, samples = params.basins["size"], params.basins["samples"]
        names = [f"overlap_{i}" for i in range(1, 4)]
        three = pd.DataFrame(mixture_runs(size, samples, params.seed), columns=names)
        curves, times = relaxation_tables(**params.relaxation, seed=params.seed)
        depths = depth_table(**params.relaxation, seed=params.seed)
        write(mixtures=three.assign(N=size), relaxation=curves, times=times, depths=depths)
