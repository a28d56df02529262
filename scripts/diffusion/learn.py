"""Learn the score of a set of points, generate from it, and compare with data: ``learned_<set>.npz``.

Arrays: ``sample_<sampler>`` float64[n, d], generated; ``data`` float64[n, d], fresh data (of the digits:
those not trained on); ``train_losses``; table ``quality_<set>.csv`` as `generation.csv`. For the ring,
where the score is known, ``score_t`` float64[K], ``score_error`` float64[R, K], relative error of the
learned score by training seed, ``score_noisy`` float64[K], of an untrained network; ``noise_slope``
float64[K] and ``noise_slope_err``, regression of the true noise on sigma times the exact score;
``field_x`` float64[G, 2], ``field_exact``, ``field_learned``, ``field_untrained`` at t = `FIELD_TIME`.
"""

import functools
import time

import numpy as np
import pandas as pd

from scripts.common.digits import handwritten_digits
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.diffusion import laws, quality
from scripts.diffusion.kernels import score_network as network
from scripts.diffusion.theory import mixture as theory

BATCHES = 4
FLOORS = 16  # pairs of sets of real data, for the floor
TIMES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0, 2.0)
FIELD_TIME = 0.1
POINTS = 20000
WIDTHS = {"digits": 256}
SHOWN = 2000
FEW_DIGITS = 300  # of a batch: there are 599 that were not trained on
PIXEL = 8.0  # digits have values 0 ... 16: (value - 8) / 8


def points(name, n, rng):
    """Training data, and a function that draws fresh ones: (float64[n, d], callable)."""
    if name != "digits":
        return laws.plane(name, n, rng), lambda number, rng: laws.plane(name, number, rng)
    data = (handwritten_digits()[0] - PIXEL) / PIXEL
    data = data[rng.permutation(len(data))]
    held = len(data) // 3
    return data[held:], lambda number, rng: data[rng.permutation(held)[:number]]


def generated(trained, shape, scale, n_steps, rng):
    """Samples of the three samplers that cost about 2 n_steps evaluations: (sampler, points)."""

    def denoise(y, sigma):
        return network.denoised(trained["score"], y, sigma, scale)

    speed = functools.partial(network.velocity, trained["flow"])
    yield "ode", network.sampled(denoise, shape, network.noise_levels(n_steps, scale), False, rng)
    yield "sde", network.sampled(denoise, shape, network.noise_levels(2 * n_steps, scale), True, rng)
    yield "flow", network.flowed(speed, shape, n_steps, scale, rng)


def measured(name, sample, fresh, data, rng):
    """All measures of one batch against a batch of fresh data."""
    found = {
        "sliced_w2": quality.sliced(sample, fresh, rng),
        "mmd": quality.discrepancy(sample, fresh),
    }
    if sample.shape[1] == 2:
        found["w2"] = quality.transport(sample, fresh)
    if name == "ring":
        found["weights"] = quality.weights_distance(sample, laws.ring()[1])
    if name == "digits":
        found["nearest_train"] = quality.nearest(sample, data)
    return found


def rows(name, sampler, n_steps, runs, floor):
    """Rows of `generation.csv` from measures by training run and batch, with the floor of real data.

    The error is that of a finite number of samples, the spread that over training runs: nan for one.
    """
    for measure in runs[0][0]:
        values = np.array([[batch[measure] for batch in batches] for batches in runs])
        spread = values.mean(axis=1).std(ddof=1) if len(runs) > 1 else np.nan
        found, low = replica_mean(values.mean(axis=0)), replica_mean([batch[measure] for batch in floor])
        yield name, sampler, n_steps, measure, found.value, found.err, spread, low.value, low.err


def real_pairs(name, n, data, draw, rng):
    """Measures between independent sets of real data: data that were learned, and fresh ones."""
    found = []
    for _ in range(FLOORS):
        fresh = draw(n, rng)
        row = measured(name, data[rng.permutation(len(data))[:n]], fresh, data, rng)
        if "nearest_train" in row:  # a point that was learned is its own neighbor
            row["nearest_train"] = quality.nearest(fresh, data)
        found.append(row)
    return found


def plain_models(data):
    """Two bad models: a Gaussian with the moments of the data, and one half of the data."""
    widest = data[:, np.argmax(data.var(0))]
    half = data[widest > np.median(widest)]
    return {
        "gaussian": lambda n, rng: rng.multivariate_normal(data.mean(0), np.cov(data.T), n),
        "half": lambda n, rng: half[rng.integers(0, len(half), n)],
    }


def compared(name, runs, data, draw, plan, rng):
    """The table of quality by sampler and number of evaluations, and the samples of the longest run.

    Samples are those of the first training run.
    """
    n, scale = min(plan["samples"], len(data)), np.float32(data.std())
    if name == "digits":
        n = min(n, FEW_DIGITS)
    table, samples = [], {}
    fresh = [draw(n, rng) for _ in range(BATCHES)]
    floor = real_pairs(name, n, data, draw, rng)
    for sampler, make in plain_models(data).items():
        bad = [measured(name, make(n, rng), other, data, rng) for other in fresh]
        table.extend(rows(name, sampler, 0, [bad], floor))
    for n_steps in sorted(plan["evaluations"]):
        shape, by_sampler = (BATCHES * n, data.shape[1]), {}
        for trained in runs:
            for sampler, found in generated(trained, shape, scale, max(1, n_steps // 2), rng):
                batches = [
                    measured(name, part, other, data, rng)
                    for part, other in zip(found.reshape(BATCHES, n, -1), fresh, strict=True)
                ]
                if trained is runs[0]:
                    samples[f"sample_{sampler}"] = found[:SHOWN]
                by_sampler.setdefault(sampler, []).append(batches)
        for sampler, found in by_sampler.items():
            table.extend(rows(name, sampler, n_steps, found, floor))
    names = ["dataset", "sampler", "steps", "measure", "value", "value_err", "spread", "floor", "floor_err"]
    return pd.DataFrame(table, columns=names), samples | {"data": fresh[0]}


def score_at(parameters, x, t, scale):
    """The network's score of x_t, float64[n, d]."""
    sigma = np.full(len(x), np.sqrt(np.expm1(2 * t)), np.float32)
    y = (np.exp(t) * x).astype(np.float32)
    clean = np.asarray(network.denoised(parameters, y, sigma, scale), float)
    return np.exp(t) * (clean - np.exp(t) * x) / sigma[:, None] ** 2


def ring_scores(all_trained, untrained, scale, rng):
    """Relative error of learned and untrained scores in time, and the noise regressed on the exact score."""
    ring, found = laws.ring(), {"score_error": np.zeros((len(all_trained), len(TIMES)))}
    noisy, slopes, slope_errors = [], [], []
    for k, t in enumerate(TIMES):
        clean, noise = laws.drawn(ring, POINTS, rng), rng.standard_normal((POINTS, 2))
        spread = np.sqrt(-np.expm1(-2 * t))
        x = np.exp(-t) * clean + spread * noise
        exact = theory.score(x, theory.noised(ring, t))
        size = np.sqrt(np.mean(exact**2))
        for r, trained in enumerate(all_trained):
            off = score_at(trained["score"], x, t, scale) - exact
            found["score_error"][r, k] = np.sqrt(np.mean(off**2)) / size
        noisy.append(np.sqrt(np.mean((score_at(untrained, x, t, scale) - exact) ** 2)) / size)
        along = spread * exact
        slope = np.sum(noise * along) / np.sum(along**2)
        rest = (noise - slope * along) * along
        slopes.append(slope)
        slope_errors.append(np.sqrt(np.sum(rest**2)) / np.sum(along**2))
    at = np.linspace(-3.0, 3.0, 19)
    grid = np.stack(np.meshgrid(at, at), -1).reshape(-1, 2)
    return found | {
        "score_t": np.array(TIMES), "score_noisy": np.array(noisy), "noise_slope": np.array(slopes),
        "noise_slope_err": np.array(slope_errors), "field_x": grid,
        "field_exact": theory.score(grid, theory.noised(ring, FIELD_TIME)),
        "field_learned": score_at(all_trained[0]["score"], grid, FIELD_TIME, scale),
        "field_untrained": score_at(untrained, grid, FIELD_TIME, scale),
    }  # fmt: skip


def learned(name, plan, seed):
    """Table, arrays and seconds of one set of points."""
    clock = [time.perf_counter()]
    rng = generator(seed, "diffusion/learn", name, "data")
    data, draw = points(name, plan["points"], rng)
    setup = {"steps": plan["steps"], "batch": plan["batch"], "width": WIDTHS.get(name, 128)}
    runs, losses = [], {}
    for run in range(plan["seeds"]):
        trained = {}
        for kind in network.LOSSES:
            own = generator(seed, "diffusion/learn", name, kind, f"run={run}")
            trained[kind], losses[f"losses_{kind}"] = network.train(kind, data, setup, own)
        runs.append(trained)
    clock.append(time.perf_counter())
    rng = generator(seed, "diffusion/learn", name, "compare")
    table, arrays = compared(name, runs, data, draw, plan, rng)
    if name == "ring":
        own = generator(seed, "diffusion/learn", "untrained")
        untrained = network.initial_parameters(2, setup["width"], own)
        arrays |= ring_scores(runs, untrained, np.float32(data.std()), rng)
    clock.append(time.perf_counter())
    timings = {"dataset": name, "training": clock[1] - clock[0], "measures": clock[2] - clock[1]}
    return table, arrays | losses, pd.DataFrame([timings])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        table, arrays, timings = learned(snakemake.wildcards.set, params.plan, params.seed)
        write(table=table, timings=timings, arrays=arrays)
