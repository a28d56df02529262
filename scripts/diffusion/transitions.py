"""When generation chooses a class, when it falls onto a training point, and what finite data teach.

Tables: ``speciation.csv``, agreement of clones that part at t; ``collapse.csv``, the time by formula and
by entropy, and the participation of the empirical score; ``memory.csv``, what the exact score of a few
training points generates; ``empirical.csv``, error of the best score that n data allow.
"""

import numpy as np
import pandas as pd

from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.diffusion import laws
from scripts.diffusion.kernels import particles
from scripts.diffusion.theory import collapse
from scripts.diffusion.theory import mixture as theory

CLONES = 4
STEP = 0.1
SPAN = 3.0  # e^{-t}|m| grows twentyfold: each path has chosen
OFFSETS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
"""Of t from the time e^{-t}|m| = 1, for the curve of one dimension."""
PARTICIPATION = (16, 0.35)  # dimension, and ln(n) / d
RATIOS = (0.1, 0.25, 0.35, 0.5, float(np.log(2)))
SIZES = (100, 300, 1000, 3000, 10000)
EMPIRICAL_TIME = 0.3
EMPIRICAL_POINTS = 4000
TRAINED = 64  # points that are learned by heart


def agreement(dimension, offset, n, seed):
    """Share of pairs of clones that end in the same class, with its error, from n starts."""
    first = collapse.speciation_time(dimension) + offset
    last = max(0.0, min(first, collapse.speciation_time(dimension)) - SPAN)
    times = np.linspace(first, last, max(2, int(np.ceil((first - last) / STEP))) + 1)
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
        found = agreement(dimension, offset, n, seed)
        t = collapse.speciation_time(dimension) + offset
        exact = float(collapse.overlap(np.exp(-offset)))
        if t > 0:
            rows.append((dimension, t, offset, n, *found, exact, collapse.bare_speciation_time(dimension)))
    names = ["d", "t", "offset", "starts", "agreement", "agreement_err", "exact", "spectral_time"]
    return pd.DataFrame(rows, columns=names)


def participation(t, n_starts, seed):
    """Sum of squared weights of n training points in the empirical score, d and n of `PARTICIPATION`."""
    dimension, ratio = PARTICIPATION
    rng = generator(seed, "diffusion/collapse")
    data = rng.standard_normal((round(np.exp(ratio * dimension)), dimension))
    clean = data[rng.integers(0, len(data), n_starts)]
    noise = np.sqrt(-np.expm1(-2 * t))
    x = np.exp(-t) * clean + noise * rng.standard_normal(clean.shape)
    law = np.full(len(data), 1 / len(data)), np.exp(-t) * data, np.full(len(data), noise**2)
    found = np.sum(theory.responsibilities(x, law) ** 2, axis=1)
    return replica_mean(found)[:2]


def collapsed(seed):
    """The time by formula and by entropy, and the participation below and above it."""
    rows = [
        ("time", ratio, collapse.collapse_time(ratio), 0.0, collapse.collapse_time_by_entropy(ratio))
        for ratio in RATIOS
    ]
    _, ratio = PARTICIPATION
    when = float(collapse.collapse_time(ratio))
    factors = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
    rows += [("participation", f, *participation(f * when, 400, seed), when) for f in factors]
    return pd.DataFrame(rows, columns=["what", "at", "value", "value_err", "by_entropy"])


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
        particles.reverse(x, times, laws.as_columns(law), particles.SAMPLERS["ddpm"], rng)
        points[name] = x
    points["fresh_data"] = laws.drawn(ring, 2000, rng)
    for name, x in points.items():
        near = np.sqrt(((x[:, None] - data) ** 2).sum(2).min(1)) / laws.RING_WIDTH
        copied = np.mean(near < 0.02)
        copied_err = np.sqrt(copied * (1 - copied) / len(x))
        rows.append((name, near.mean(), near.std() / np.sqrt(len(x)), copied, copied_err))
    return pd.DataFrame(rows, columns=["score", "distance", "distance_err", "copied", "copied_err"])


def empirical_error(seed):
    """Relative error of the exact score of n data against that of the truth, on the ring."""
    ring, rows, t = laws.ring(), [], EMPIRICAL_TIME
    law, noise = theory.noised(ring, t), -np.expm1(-2 * t)
    for n in SIZES:
        errors = []
        for run in range(8):
            rng = generator(seed, "diffusion/empirical", f"n={n}", f"run={run}")
            data = laws.drawn(ring, n, rng)
            x = laws.drawn(law, EMPIRICAL_POINTS // 8, rng)
            found = theory.score(x, (np.full(n, 1 / n), np.exp(-t) * data, np.full(n, noise)))
            exact = theory.score(x, law)
            errors.append(np.sqrt(np.mean((found - exact) ** 2) / np.mean(exact**2)))
        rows.append((n, *replica_mean(errors)[:2]))
    return pd.DataFrame(rows, columns=["n", "error", "error_err"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(speciation=speciation(**params.speciation, seed=params.seed), collapse=collapsed(params.seed))
        write(memory=memory(params.seed), empirical=empirical_error(params.seed))
