"""The reverse process with the exact score: which equations lead back to the data, and which do not.

``reverse.npz``: ``edges`` float64[B + 1]; ``exact`` float64[B], mean density of the data in each bin;
``histogram_<sampler>`` float64[B] of what each sampler makes; ``narrowing`` float64[4, 2]: by how much finite
steps of the first four samplers change the width of the modes, relative, and the variance; ``film_times``
float64[F] falling, ``film`` float64[F, B] of the reverse process; ``paths_times`` float64[S], ``paths_sde``,
``paths_flow`` float64[P, S]; ``plane`` float64[n, 2], a sample of the ring; ``plane_share`` float64[2], the
share within three standard deviations of the nearest mode, and its error; ``plane_narrowing`` float64, what
finite steps change of this share.
"""

from itertools import pairwise

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.diffusion import laws
from scripts.diffusion.forward import BINS, reach
from scripts.diffusion.kernels import particles
from scripts.diffusion.theory import mixture as theory

FEWER = 4  # all but the first two samplers carry this many times fewer particles
FILM_STEPS = 25
PATHS = 40
MARGINALS = (4.0, 3.0, 2.0, 1.5, 1.0, 0.7, 0.4, 0.2, 0.1, 0.0)
FOLLOWED = 1000  # particles, at equal steps of probability
FLOW_STEPS = 1600
STARTS, APART = np.linspace(-3.0, 3.0, 25), 1e-5
NOISE_TIME = 16.0  # the law is N(0, 1) to 1e-7
SHORT = 0.95  # 1.9 times the score for 2: the planted fault
HEAVIER, STOPPED = 1.2, 0.03  # the left mode's weight in the score, and where the clock stops
WITHIN = 3.0
# The ring's modes are narrow, and a step of first order narrows them more: 1.8 % at 400 steps, 0.4 % at 1600.
PLANE_STEPS = 4  # times as many as the mixture's


def divide(mixture):
    """Between the outermost modes, where the density is least: what divides the masses."""
    low, high = np.min(mixture[1]), np.max(mixture[1])
    x = np.linspace(low, high, 2001)
    return float(x[np.argmin(theory.density(x, mixture))]) if high > low else float(low)


def carried(mixture, sampler, n, n_steps, rng, fault=None):
    """Particles of pure noise after the reverse process, float64[n]."""
    x = rng.standard_normal((n, 1))
    times, strength = particles.reverse_times(laws.LATE, n_steps), 1.0
    if fault == "short":
        strength = SHORT
    if fault == "heavier":
        weights = mixture[0] * np.where(np.arange(len(mixture[0])) == np.argmin(mixture[1]), HEAVIER, 1.0)
        mixture = (weights / weights.sum(), *mixture[1:])
    if fault == "stopped":
        times = np.append(times[times > STOPPED], STOPPED)
    particles.reverse(x, times, laws.as_columns(mixture), particles.SAMPLERS[sampler], strength, rng)
    return x[:, 0]


def described(x, mixture, cut):
    """Variance, mass left of ``cut``, mean of |x| and width of the modes: (value, error, exact) by name."""
    n, spread, distance = len(x), (x - x.mean()) ** 2, np.abs(x)
    mass, exact = np.mean(x < cut), float(theory.distribution(cut, mixture))
    width = np.min((x[:, None] - mixture[1]) ** 2 / mixture[2], axis=1)
    return {
        "variance": (spread.mean(), spread.std() / np.sqrt(n), theory.moments(mixture)[1]),
        "mass": (mass, np.sqrt(exact * (1 - exact) / n), exact),
        "distance": (distance.mean(), distance.std() / np.sqrt(n), theory.mean_distance(mixture)),
        "width": (width.mean(), width.std() / np.sqrt(n), theory.nearest_square(mixture)),
    }


def samplers(mixture, n, n_steps, seed):
    """Moments, masses and histograms of every sampler, right and wrong."""
    edges, cut = np.linspace(-reach(mixture), reach(mixture), BINS + 1), divide(mixture)
    rows, histograms = [], {}
    cases = [(name, name, None) for name in particles.SAMPLERS]
    cases += [(fault, "sde", fault) for fault in ("short", "heavier", "stopped")]
    for name, sampler, fault in cases:
        size = n if name in ("sde", "flow") else n // FEWER
        rng = generator(seed, "diffusion/reverse", name)
        x = carried(mixture, sampler, size, n_steps, rng, fault)
        row = {"sampler": name, "steps": n_steps, "particles": size}
        for quantity, (*found, exact) in described(x, mixture, cut).items():
            row |= pairs(**{quantity: found}) | {f"{quantity}_exact": exact}
        rows.append(row)
        histograms[f"histogram_{name}"] = np.histogram(x, edges)[0] / (size * np.diff(edges))
    shares = np.diff(theory.distribution(edges, mixture))
    return pd.DataFrame(rows), {"edges": edges, "exact": shares / np.diff(edges)} | histograms


def narrowing(variance, times, sampler):
    """By how much the steps of a sampler change the variance of a single Gaussian, relative to it.

    Its score is linear, so each step multiplies x and adds noise: the variance has a recursion.
    """
    width = 1.0
    for before, after in pairwise(times):
        a, b, c = particles.factors(before, after, particles.SAMPLERS[sampler])
        now, later = (1 + (variance - 1) * np.exp(-2 * t) for t in (before, after))
        if sampler == "flow":
            step = before - after
            first = 1 - 1 / now
            a, b, c = 1 + step / 2 * (first + (1 + step * first) * (1 - 1 / later)), 0.0, 0.0
        width = (a - b / now) ** 2 * width + c**2
    return width / variance - 1


def finite_steps(mixture, n_steps):
    """What finite steps do to the width of the modes and to the variance, by sampler: float64[4, 2]."""
    times = particles.reverse_times(laws.LATE, n_steps)
    found = np.array([
        [narrowing(v, times, name) for v in mixture[2]] for name in ("sde", "flow", "ddpm", "ddim")
    ])  # fmt: skip
    return np.stack([found @ mixture[0], found @ (mixture[0] * mixture[2])], axis=1)


def followed(mixture, strength):
    """Largest |F_t(x_t) - F_T(x_T)| over particles of the flow at ten times on the way back, float64[10]."""
    start = (np.arange(FOLLOWED) + 0.5) / FOLLOWED
    x = theory.quantiles(start, theory.noised(mixture, laws.LATE))[:, None]
    rng, all_times = np.random.default_rng(0), particles.reverse_times(laws.LATE, FLOW_STEPS)
    columns, now, found = laws.as_columns(mixture), laws.LATE, []
    for t in MARGINALS:
        between = all_times[(all_times < now) & (all_times > t)]
        times = np.concatenate([[now], between, [t]])
        particles.reverse(x, times, columns, particles.SAMPLERS["flow"], strength, rng)
        now = t
        found.append(np.abs(theory.distribution(x[:, 0], theory.noised(mixture, t)) - start).max())
    return found


def marginals(mixture):
    """Each particle of the flow keeps its quantile of the exact law; with 99 % of the score it does not."""
    found = {"deviation": followed(mixture, 1.0), "deviation_off": followed(mixture, 0.99)}
    return pd.DataFrame({"t": MARGINALS} | found)


def likelihood(mixture):
    """ln p of points by the flow from noise: that of N(0, 1) less the logarithm of how much it stretches."""
    x = (STARTS[:, None] + APART * np.array([-1.0, 0.0, 1.0])).reshape(-1, 1)
    times = particles.reverse_times(NOISE_TIME, 4 * FLOW_STEPS)
    rng = np.random.default_rng(0)
    particles.reverse(x, times, laws.as_columns(mixture), particles.SAMPLERS["flow"], 1.0, rng)
    low, at, high = x.reshape(-1, 3).T
    flow = -(STARTS**2) / 2 - np.log(2 * np.pi) / 2 - np.log((high - low) / (2 * APART))
    return pd.DataFrame({"x": at, "flow": flow, "exact": theory.log_density(at, mixture)})


def film(mixture, edges, n, seed):
    """Histograms of the reverse process, from noise to data."""
    rng, columns = generator(seed, "diffusion/reverse", "film"), laws.as_columns(mixture)
    x = rng.standard_normal((n, 1))
    times = particles.reverse_times(laws.LATE, FILM_STEPS * 16)
    counts = [np.histogram(x[:, 0], edges)[0]]
    for k in range(FILM_STEPS):
        part = times[16 * k : 16 * (k + 1) + 1]
        particles.reverse(x, part, columns, particles.SAMPLERS["sde"], 1.0, rng)
        counts.append(np.histogram(x[:, 0], edges)[0])
    return {"film_times": times[::16], "film": np.array(counts) / (n * np.diff(edges))}


def paths(mixture, seed):
    """A few paths of the reverse process and of the flow from the same noise."""
    times, columns = particles.reverse_times(laws.LATE, 240), laws.as_columns(mixture)
    found = {"paths_times": times}
    for name in ("sde", "flow"):
        x = generator(seed, "diffusion/reverse", "paths").standard_normal((PATHS, 1))
        rng, way = generator(seed, "diffusion/reverse", "paths", name), [x[:, 0].copy()]
        for k in range(len(times) - 1):
            particles.reverse(x, times[k : k + 2], columns, particles.SAMPLERS[name], 1.0, rng)
            way.append(x[:, 0].copy())
        found[f"paths_{name}"] = np.array(way).T
    return found


def plane(n, n_steps, seed):
    """The ring of Gaussians by the reverse process: share within three deviations of the nearest mode."""
    rng, ring = generator(seed, "diffusion/reverse", "plane"), laws.ring()
    x = rng.standard_normal((n, 2))
    times = particles.reverse_times(laws.LATE, PLANE_STEPS * n_steps, 3)
    particles.reverse(x, times, laws.as_columns(ring), particles.SAMPLERS["ddpm"], 1.0, rng)
    nearest = np.sqrt(((x[:, None] - ring[1]) ** 2).sum(2).min(1))
    share = np.mean(nearest < WITHIN * laws.RING_WIDTH)
    narrowed = 1 + narrowing(laws.RING_WIDTH**2, times, "ddpm")
    off = theory.within(WITHIN / np.sqrt(narrowed), 2) - theory.within(WITHIN, 2)
    return {
        "plane": x[:4000],
        "plane_share": np.array([share, np.sqrt(share * (1 - share) / n)]),
        "plane_particles": np.int64(n), "plane_narrowing": np.float64(off),
    }  # fmt: skip


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        mixture, seed = laws.as_arrays(params.mixture), params.seed
        n, n_steps = params.particles, params.steps
        table, arrays = samplers(mixture, n, n_steps, seed)
        write(samplers=table, marginals=marginals(mixture), likelihood=likelihood(mixture))
        arrays |= {"narrowing": finite_steps(mixture, n_steps)}
        arrays |= paths(mixture, seed) | film(mixture, arrays["edges"], n // FEWER, seed)
        write(arrays=arrays | plane(n // FEWER, n_steps, seed))
