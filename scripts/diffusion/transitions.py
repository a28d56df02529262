"""When generation chooses a class, when it falls onto a training point, and what finite data teach.

Tables: ``speciation.csv``, agreement of clones that part at t; ``collapse.csv``, participation of the
empirical score around the collapse time, in several dimensions; ``memory.csv``, what the exact score of a few
training points generates; ``empirical.csv``, error of the exact score of n data.
"""

import numpy as np
import pandas as pd
from scipy import special

from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.diffusion import laws
from scripts.diffusion.kernels import particles
from scripts.diffusion.theory import collapse
from scripts.diffusion.theory import mixture as theory

CLONES = 4
STEP, FINE_STEP = 0.1, 0.02  # the finer one where there are few coordinates
SPAN = 3.0  # e^{-t}|m| grows twentyfold: each path has chosen
OFFSETS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
"""Of t from the time e^{-t}|m| = 1, for the curve of one dimension."""
DIMENSIONS, RATIO = (8, 16, 24), 0.35  # of the data whose participation is followed, and ln(n) / d
FACTORS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)  # of the collapse time
SIZES = (100, 300, 1000, 3000, 10000)
EMPIRICAL_TIME = 0.3
EMPIRICAL_POINTS, EMPIRICAL_RUNS = 500, 8
TRAINED = 64  # points that are learned by heart


def agreement(dimension, offset, n, step, seed):
    """Share of pairs of clones that end in the same class, with its error, from n starts."""
    first = collapse.speciation_time(dimension) + offset
    last = max(0.0, min(first, collapse.speciation_time(dimension)) - SPAN)
    times = np.linspace(first, last, max(2, int(np.ceil((first - last) / step))) + 1)
    classes = np.empty((n, CLONES), np.int8)
    rng = generator(seed, "diffusion/speciation", f"d={dimension}", f"offset={offset}")
    particles.clone_classes(classes, dimension, times, rng)
    together = classes.sum(axis=1, dtype=float) ** 2
    pairs = ((together - CLONES) / (CLONES * (CLONES - 1)) + 1) / 2
    return replica_mean(pairs)[:2]


def speciation(dimensions, coordinates, seed):
    """Agreement at the speciation time in every dimension, and around it in the smallest."""
    rows = []
    cases = [(d, 0.0) for d in sorted(dimensions)] + [(min(dimensions), o) for o in OFFSETS if o != 0]
    for dimension, offset in cases:
        n = int(np.clip(coordinates // dimension, 200, 20000))
        step = FINE_STEP if dimension == min(dimensions) else STEP
        found = agreement(dimension, offset, n, step, seed)
        t = collapse.speciation_time(dimension) + offset
        exact = float(collapse.overlap(np.exp(-offset)))
        if t > 0:
            rows.append((dimension, t, offset, n, *found, exact))
    names = ["d", "t", "offset", "starts", "agreement", "agreement_err", "exact"]
    return pd.DataFrame(rows, columns=names)


def participation(dimension, t, n_starts, seed):
    """Sum of squared weights of n = e^(`RATIO` d) training points in the empirical score, with its error."""
    rng = generator(seed, "diffusion/collapse", f"d={dimension}")
    data = rng.standard_normal((round(np.exp(RATIO * dimension)), dimension))
    clean = data[rng.integers(0, len(data), n_starts)]
    noise = np.sqrt(-np.expm1(-2 * t))
    x = np.exp(-t) * clean + noise * rng.standard_normal(clean.shape)
    square = ((x @ data.T) * np.exp(-t) - np.exp(-2 * t) * np.sum(data**2, 1) / 2) / noise**2
    found = np.sum(special.softmax(square, axis=1) ** 2, axis=1)
    return replica_mean(found)[:2]


def collapsed(seed):
    """The participation below and above the collapse time: a step at it, the sharper the larger d."""
    when, starts = float(collapse.collapse_time(RATIO)), 400
    rows = [
        (d, factor, factor * when, starts, *participation(d, factor * when, starts, seed))
        for d in DIMENSIONS
        for factor in FACTORS
    ]
    return pd.DataFrame(rows, columns=["d", "at", "t", "starts", "value", "value_err"])


def memory(seed):
    """Points of the ring that the exact score of the truth, and that of a few data, generate.

    ``distance`` is to the nearest of the training points, in units of the width of a mode.
    """
    rng, ring = generator(seed, "diffusion/memory"), laws.ring()
    data = laws.drawn(ring, TRAINED, rng)
    empirical = np.full(TRAINED, 1 / TRAINED), data, np.full(TRAINED, 1e-8)
    rows, points = [], {}
    times = particles.reverse_times(laws.LATE, 400, 3)
    for name, law in (("truth", ring), ("training_points", empirical)):
        x = rng.standard_normal((2000, 2))
        particles.reverse(x, times, laws.as_columns(law), particles.SAMPLERS["ddpm"], 1.0, rng)
        points[name] = x
    points["fresh_data"] = laws.drawn(ring, 2000, rng)
    for name, x in points.items():
        near = np.sqrt(((x[:, None] - data) ** 2).sum(2).min(1)) / laws.RING_WIDTH
        copied = np.mean(near < 0.02)
        guarded = (copied * len(x) + 1) / (len(x) + 2)  # Laplace's: none or all have an error too
        copied_err = np.sqrt(guarded * (1 - guarded) / len(x))
        rows.append((name, len(x), near.mean(), near.std() / np.sqrt(len(x)), copied, copied_err))
    return pd.DataFrame(rows, columns=["score", "points", "distance", "distance_err", "copied", "copied_err"])


def empirical_error(seed):
    """Relative error of the exact score of n data against that of the truth, on the ring, and its theory."""
    ring, rows, t = laws.ring(), [], EMPIRICAL_TIME
    law, expected = theory.noised(ring, t), theory.empirical_error(ring, t, 1)
    for n in SIZES:
        squares, sizes = [], []
        for run in range(EMPIRICAL_RUNS):
            rng = generator(seed, "diffusion/empirical", f"n={n}", f"run={run}")
            data, x = laws.drawn(ring, n, rng), laws.drawn(law, EMPIRICAL_POINTS, rng)
            x = x[theory.is_common(x, law)]
            empirical = np.full(n, 1 / n), data, np.zeros(n)
            found = particles.mixture_scores(x, particles.noised_mixture(t, empirical))
            exact = theory.score(x, law)
            squares.append(np.mean((found - exact) ** 2))
            sizes.append(np.mean(exact**2))
        off = replica_mean(squares)
        error = np.sqrt(off.value / np.mean(sizes))
        rows.append((n, EMPIRICAL_RUNS, error, error * off.err / off.value / 2, expected / np.sqrt(n)))
    return pd.DataFrame(rows, columns=["n", "runs", "error", "error_err", "expected"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(speciation=speciation(**params.speciation, seed=params.seed), collapse=collapsed(params.seed))
        write(memory=memory(params.seed), empirical=empirical_error(params.seed))
