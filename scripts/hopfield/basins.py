"""Recall from corrupted cues at zero temperature: basins, spurious ends, and how the energy runs down.

Tables: ``basins.csv``, ``spurious.csv``, ``relaxation.csv`` (mean energy after each sweep),
``relaxation_times.csv``; columns in workflow/chapters/hopfield/tables.yaml.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.hopfield.kernels import packed
from scripts.hopfield.kernels.patterns import random_patterns, unpacked
from scripts.hopfield.samples import RETRIEVED, corrupted, pattern_count, recalled

CUES = np.round(np.arange(0.05, 1.0, 0.05), 2)
KINDS = ("nearest", "other", "reversed", "mixture", "glass")
CLOSE, MIXED = 0.9, 0.35  # overlaps that count as one pattern, and as a part of a mixture
OVERLOAD = 0.2  # where nothing can be recalled: the control
DECAY_LOAD, DECAY_CUE = 0.08, 0.4
SPURIOUS_LOADS = (0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.10, 0.12, 0.14, 0.18)
SPURIOUS_CUES = (0.0, 0.3, 0.6)


def basin_table(size, loads, samples, seed):
    """Final against initial overlap: rows of ``basins.csv``."""
    counts = sorted({pattern_count(load, size) for load in (*loads, OVERLOAD)})
    ends = np.empty((samples, len(counts), len(CUES), 2))
    for k in progress(range(samples), "basins"):
        patterns = random_patterns(size, max(counts), seed, "hopfield/basins", f"N={size}", f"{k}")
        target = unpacked(patterns, 0, 1)[0]
        for i, count in enumerate(counts):
            for j, cue in enumerate(CUES):
                rng = generator(seed, "hopfield/basins", f"N={size}", f"P={count}", f"m={cue}", f"{k}")
                _, end, record = recalled(patterns, count, corrupted(target, cue, rng))
                ends[k, i, j] = end.overlaps[0] / size, len(record)
    rows = [
        {"N": size, "alpha": count / size, "m_initial": cue} | summary(ends[:, i, j, 0], ends[:, i, j, 1])
        for i, count in enumerate(counts)
        for j, cue in enumerate(CUES)
    ]
    return pd.DataFrame(rows)


def summary(overlaps, sweeps):
    """Mean final overlap, share retrieved and mean number of sweeps of one set of runs."""
    columns = pairs(overlap=mean_of_sets(overlaps), fraction_retrieved=share(overlaps > RETRIEVED))
    return columns | {"sweeps": sweeps.mean(), "n_samples": len(overlaps)}


def mean_of_sets(values):
    """Mean over pattern sets float64[R] with its error, nan for a single set."""
    return replica_mean(values)[:2] if len(values) > 1 else (values.mean(), np.nan)


def share(hits):
    """Share of hits, with an error that is not zero at none or all: (n p (1-p) + 1/4)^(1/2) / n."""
    n = len(hits)
    p = float(np.mean(hits))
    return p, float(np.sqrt(n * p * (1 - p) + 0.25) / n)


def critical_cues(table):
    """The cue from which half of the runs retrieve, by load: rows of ``critical_cues``.

    Linear interpolation of the share between neighboring cues; its error from those of the shares.
    """
    rows = []
    for alpha, group in table.groupby("alpha"):
        cues, kept, err = group[["m_initial", "fraction_retrieved", "fraction_retrieved_err"]].to_numpy().T
        above = np.flatnonzero((kept[:-1] < 0.5) & (kept[1:] >= 0.5))
        if len(above):
            i = int(above[0])
            slope = (kept[i + 1] - kept[i]) / (cues[i + 1] - cues[i])
            rows.append((alpha, cues[i] + (0.5 - kept[i]) / slope, np.hypot(*err[i : i + 2]) / 2 / slope))
    return pd.DataFrame(rows, columns=["alpha", "m_critical", "m_critical_err"])


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
    pattern happens to have the largest overlap in absolute value, so that its reverse counts as reversed.
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
        runs = [_decay(size, count, k, seed) for k in range(samples)]
        length = max(len(energies) for energies in runs)
        filled = np.array([np.pad(e, (0, length - len(e)), mode="edge") for e in runs])
        place = {"N": size, "alpha": count / size}
        for t, column in enumerate(filled.T):
            curves.append(place | {"sweep": t} | pairs(energy=replica_mean(column)))
        last = replica_mean([np.flatnonzero(np.diff(e))[-1] + 1.0 for e in runs])
        rises = int(sum((np.diff(energies) > 0).sum() for energies in runs))
        times.append(place | pairs(sweeps=last) | {"rises": rises, "n_samples": samples})
    return pd.DataFrame(curves), pd.DataFrame(times)


def _decay(size, count, k, seed):
    """Energy per unit before the first sweep and after each."""
    label = ("hopfield/relaxation", f"N={size}", f"P={count}", f"{k}")
    patterns = random_patterns(size, count, seed, *label)
    start = corrupted(unpacked(patterns, 0, 1)[0], DECAY_CUE, generator(seed, *label))
    net = packed.network(patterns, count)
    state = packed.state(net, start)
    first = int(state.tally[packed.ENERGY])
    _, record = packed.descend(net, state)
    return np.concatenate([[first], record[:, 1]]) / size**2


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        table = basin_table(**params.basins, seed=params.seed)
        write(basins=table, critical_cues=critical_cues(table))
        write(spurious=spurious_table(**params.spurious, seed=params.seed))
        size, samples = params.basins["size"], params.basins["samples"]
        names = [f"overlap_{i}" for i in range(1, 4)]
        three = pd.DataFrame(mixture_runs(size, samples, params.seed), columns=names)
        curves, times = relaxation_tables(**params.relaxation, seed=params.seed)
        write(mixtures=three.assign(N=size), relaxation=curves, times=times)
