"""Learn the score of a set of points, generate from it, and compare with data: ``learned_<set>.npz``.

Several networks learn, and each generates one of the batches that are compared, so that the errors hold
the luck of training too. No datum stands in two batches, nor in the training set.

Arrays: ``sample_<sampler>`` float64[n, d], generated; ``data`` float64[n, d], fresh data (of the digits:
those not trained on); ``held_out`` float64, share of the fresh data that were trained on; ``losses_<kind>``;
table ``quality_<set>.csv`` as `generation.csv`. For the ring, where the score is known, ``score_t``
float64[K], ``score_error`` float64[R, K], relative error of the learned score by network, ``score_off``
likewise of the learned score times `TOO_LARGE`, ``score_untrained`` float64[K]; ``noise_slope`` float64[K]
and ``noise_slope_err``, regression of the true noise on sigma times the exact score, ``noise_slope_off``
and ``noise_slope_off_err`` with the sigma of a time `LATER` times as late; ``field_x`` float64[G, 2],
``field_exact``, ``field_learned``, ``field_untrained`` at t = `FIELD_TIME`.
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

BATCHES = 5
PARTS = 8  # of a batch of faulty data
TIMES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0, 2.0)
FIELD_TIME = 0.1
POINTS = 20000
WIDTHS = {"digits": 256}
SHOWN = 2000
PIXEL = 8.0  # digits have values 0 ... 16: (value - 8) / 8
TOO_LARGE, LATER = 1.2, 1.1  # planted faults: of the score, and of the clock


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
    """All measures of one batch against a batch of fresh data; ``data`` were trained on."""
    found = {"sliced_w2": quality.sliced(sample, fresh, rng)}
    if name == "ring":
        centers = laws.ring()[1]
        found["weights"] = quality.weights_error(sample, centers)
        found["width"] = quality.width(sample, centers, laws.RING_WIDTH)
    if name == "digits":
        found["nearest_train"] = quality.nearest(sample, data)
    return found


def rows(name, sampler, n_steps, batches, floor, units):
    """Rows of `generation.csv` from the measures of each batch, with the floor of real data.

    ``units`` are independent: networks, or parts of what is no network's.
    """
    for measure in batches[0]:
        found, low = (replica_mean([batch[measure] for batch in part]) for part in (batches, floor))
        yield name, sampler, n_steps, measure, found.value, found.err, low.value, low.err, units


def real_pairs(name, fresh, data, draw, rng):
    """Measures between independent sets of real data: what was learned, or other data, and fresh ones."""
    found, n, order = [], len(fresh[0]), rng.permutation(len(data))
    for k, one in enumerate(fresh):
        own = data[order[k * n : (k + 1) * n]] if name == "digits" else draw(n, rng)
        row = measured(name, own, one, data, rng)
        if "nearest_train" in row:  # a point that was learned is its own neighbor
            row["nearest_train"] = quality.nearest(one, data)
        found.append(row)
    return found


def faulty_rings(n, data, rng):
    """Rows of `generation.csv` of real data of which one mode is lost, or counts twice."""
    centers = laws.ring()[1]
    first = quality.nearest_mode(data, centers) == 0
    for name, pool in (("missing", data[~first]), ("doubled", np.concatenate([data, data[first]]))):
        parts = [pool[rng.integers(0, len(pool), n)] for _ in range(BATCHES * PARTS)]
        value, err, _ = replica_mean([quality.weights_error(part, centers) for part in parts])
        yield "ring", name, 0, "weights", value, err, 0.0, 0.0, len(parts)


def compared(name, runs, data, draw, plan, rng):
    """The table of quality by sampler and number of evaluations, and the samples of the longest run."""
    n, scale, networks = plan["samples"], np.float32(data.std()), min(len(runs), BATCHES)
    together = draw(BATCHES * n, rng)
    fresh = np.array_split(together, BATCHES)
    n = min(len(part) for part in fresh)  # there are few digits
    fresh = [part[:n] for part in fresh]
    floor, table, samples = real_pairs(name, fresh, data, draw, rng), [], {}
    plain = rng.multivariate_normal(data.mean(0), np.cov(data.T), (BATCHES, n))
    bad = [measured(name, *both, data, rng) for both in zip(plain, fresh, strict=True)]
    table.extend(rows(name, "gaussian", 0, bad, floor, BATCHES))
    table.extend(faulty_rings(n, data, rng) if name == "ring" else [])
    for n_steps in sorted(plan["evaluations"]):
        batches, made = {}, {}
        for k, other in enumerate(fresh):
            trained = runs[k % len(runs)]
            for sampler, found in generated(trained, (n, data.shape[1]), scale, max(1, n_steps // 2), rng):
                batches.setdefault(sampler, []).append(measured(name, found, other, data, rng))
                made.setdefault(f"sample_{sampler}", []).append(found)
        for sampler, found in batches.items():
            table.extend(rows(name, sampler, n_steps, found, floor, networks))
        samples = {key: np.concatenate(found)[:SHOWN] for key, found in made.items()}
    names = ["dataset", "sampler", "steps", "measure", "value", "value_err", "floor", "floor_err", "units"]
    held_out = np.float64(quality.shared(together, data))
    return pd.DataFrame(table, columns=names), samples | {"data": together[:SHOWN], "held_out": held_out}


def score_at(parameters, x, t, scale):
    """The network's score of x_t, float64[n, d]."""
    sigma = np.full(len(x), np.sqrt(np.expm1(2 * t)), np.float32)
    y = (np.exp(t) * x).astype(np.float32)
    clean = np.asarray(network.denoised(parameters, y, sigma, scale), float)
    return np.exp(t) * (clean - np.exp(t) * x) / sigma[:, None] ** 2


def relative(found, exact):
    """Root mean square deviation of two fields, in units of the exact one."""
    return np.sqrt(np.mean((found - exact) ** 2) / np.mean(exact**2))


def slope_on(along, noise):
    """Slope of the noise on a field of the same shape, with its error."""
    slope = np.sum(noise * along) / np.sum(along**2)
    rest = (noise - slope * along) * along
    return slope, np.sqrt(np.sum(rest**2)) / np.sum(along**2)


def ring_scores(all_trained, untrained, scale, rng):
    """Relative error of learned and untrained scores in time, and the noise regressed on the exact score."""
    ring, rows = laws.ring(), []
    for t in TIMES:
        clean, noise = laws.drawn(ring, POINTS, rng), rng.standard_normal((POINTS, 2))
        spread = np.sqrt(-np.expm1(-2 * t))
        x = np.exp(-t) * clean + spread * noise
        exact = theory.score(x, theory.noised(ring, t))
        learned = [score_at(trained["score"], x, t, scale) for trained in all_trained]
        slope, later = (slope_on(np.sqrt(-np.expm1(-2 * at)) * exact, noise) for at in (t, LATER * t))
        rows.append({
            "score_t": t,
            "score_error": [relative(each, exact) for each in learned],
            "score_off": [relative(TOO_LARGE * each, exact) for each in learned],
            "score_untrained": relative(score_at(untrained, x, t, scale), exact),
            "noise_slope": slope[0], "noise_slope_err": slope[1],
            "noise_slope_off": later[0], "noise_slope_off_err": later[1],
        })  # fmt: skip
    at = np.linspace(-3.0, 3.0, 19)
    grid = np.stack(np.meshgrid(at, at), -1).reshape(-1, 2)
    return {name: np.array([row[name] for row in rows]).T for name in rows[0]} | {
        "field_x": grid,
        "field_exact": theory.score(grid, theory.noised(ring, FIELD_TIME)),
        "field_learned": score_at(all_trained[0]["score"], grid, FIELD_TIME, scale),
        "field_untrained": score_at(untrained, grid, FIELD_TIME, scale),
    }


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
