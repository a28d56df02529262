"""The reverse process with the exact score: which equations lead back to the data, and which do not.

``reverse.npz``: ``edges`` float64[B + 1]; ``exact`` float64[B], mean density of the data in each bin;
``histogram_<sampler>`` float64[B] of what each sampler makes; ``film_times`` float64[F] falling, ``film``
float64[F, B] of the reverse process; ``paths_times`` float64[S], ``paths_sde``, ``paths_flow`` float64[P, S];
``plane`` float64[n, 2], a sample of the ring; ``plane_share`` float64[2], the share within three standard
deviations of the nearest mode, and its error.
"""

import numpy as np
import pandas as pd
from scipy import integrate

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.diffusion import laws
from scripts.diffusion.forward import BINS, ks_deviate, reach
from scripts.diffusion.kernels import particles
from scripts.diffusion.theory import mixture as theory

FEWER = 4  # all but the first two samplers and the marginals carry this many times fewer particles
FILM_STEPS = 25
PATHS = 40
MARGINALS = (4.0, 3.0, 2.0, 1.5, 1.0, 0.7, 0.4, 0.2, 0.1, 0.0)
STARTS = np.linspace(-3.0, 3.0, 25)
FINE = 1e-12
WITHIN = 3.0
# The ring's modes are narrow, and a step of first order narrows them more: 1.8 % at 400 steps, 0.4 % at 1600.
PLANE_STEPS = 4  # times as many as the mixture's


def divide(mixture):
    """Between the outermost modes, where the density is least: what divides the masses."""
    low, high = np.min(mixture[1]), np.max(mixture[1])
    x = np.linspace(low, high, 2001)
    return float(x[np.argmin(theory.density(x, mixture))]) if high > low else float(low)


def carried(mixture, sampler, n, n_steps, rng):
    """Particles of pure noise after the reverse process, float64[n]."""
    x = rng.standard_normal((n, 1))
    times = particles.reverse_times(laws.LATE, n_steps)
    particles.reverse(x, times, laws.as_columns(mixture), particles.SAMPLERS[sampler], rng)
    return x[:, 0]


def samplers(mixture, n, n_steps, seed):
    """Moments, masses and histograms of every sampler."""
    edges, cut = np.linspace(-reach(mixture), reach(mixture), BINS + 1), divide(mixture)
    exact_mean, exact_variance = theory.moments(mixture)
    exact_mass = float(theory.distribution(cut, mixture))
    rows, histograms = [], {}
    for name in particles.SAMPLERS:
        size = n if name in ("sde", "flow") else n // FEWER
        x = carried(mixture, name, size, n_steps, generator(seed, "diffusion/reverse", name))
        spread, mass = (x - x.mean()) ** 2, np.mean(x < cut)
        distance = np.abs(x)
        measured = {
            "mean": (x.mean(), x.std() / np.sqrt(size), exact_mean),
            "variance": (spread.mean(), spread.std() / np.sqrt(size), exact_variance),
            "mass": (mass, np.sqrt(exact_mass * (1 - exact_mass) / size), exact_mass),
            "distance": (distance.mean(), distance.std() / np.sqrt(size), theory.mean_distance(mixture)),
        }
        row = {"sampler": name, "steps": n_steps, "particles": size}
        for quantity, (*found, exact) in measured.items():
            row |= pairs(**{quantity: found}) | {f"{quantity}_exact": exact}
        rows.append(row)
        histograms[f"histogram_{name}"] = np.histogram(x, edges)[0] / (size * np.diff(edges))
    shares = np.diff(theory.distribution(edges, mixture))
    return pd.DataFrame(rows), {"edges": edges, "exact": shares / np.diff(edges)} | histograms


def marginals(mixture, n, n_steps, seed):
    """Law of the probability flow at ten times on the way back, against the exact one."""
    rng = generator(seed, "diffusion/reverse", "marginals")
    x = laws.drawn(theory.noised(mixture, laws.LATE), n, rng)[:, None]
    columns, now, rows = laws.as_columns(mixture), laws.LATE, []
    all_times = particles.reverse_times(laws.LATE, n_steps)
    for t in MARGINALS:
        between = all_times[(all_times < now) & (all_times > t)]
        times = np.concatenate([[now], between, [t]])
        particles.reverse(x, times, columns, particles.SAMPLERS["flow"], rng)
        now, law = t, theory.noised(mixture, t)
        distance, deviate = ks_deviate(x[:, 0], lambda at, law=law: theory.distribution(at, law))
        # the noise not undone: what the test says of a law a little later
        late = theory.noised(mixture, t + 0.02)
        off = ks_deviate(x[:, 0], lambda at, law=late: theory.distribution(at, law))[1]
        rows.append((t, distance, deviate, off))
    return pd.DataFrame(rows, columns=["t", "distance", "deviate", "deviate_off"])


def likelihood(mixture):
    """ln p of points by the probability flow, ln p_T at the end plus the volume change, and exactly.

    dx/dt = -x - s, d ln p/dt = 1 + s' along it: ln p_0(x_0) = ln p_T(x_T) - int (1 + s') dt.
    """

    def slope(t, state):
        x = state[: len(STARTS)]
        law = theory.noised(mixture, t)
        return np.concatenate([-x - theory.score(x, law), 1 + theory.score_slope(x, law)])

    first = np.concatenate([STARTS, np.zeros_like(STARTS)])
    found = integrate.solve_ivp(slope, (0, laws.LATE), first, method="DOP853", rtol=FINE, atol=FINE)
    end, volume = found.y[: len(STARTS), -1], found.y[len(STARTS) :, -1]
    flow = theory.log_density(end, theory.noised(mixture, laws.LATE)) - volume
    return pd.DataFrame({"x": STARTS, "flow": flow, "exact": theory.log_density(STARTS, mixture)})


def film(mixture, edges, n, seed):
    """Histograms of the reverse process, from noise to data."""
    rng, columns = generator(seed, "diffusion/reverse", "film"), laws.as_columns(mixture)
    x = rng.standard_normal((n, 1))
    times = particles.reverse_times(laws.LATE, FILM_STEPS * 16)
    counts = [np.histogram(x[:, 0], edges)[0]]
    for k in range(FILM_STEPS):
        part = times[16 * k : 16 * (k + 1) + 1]
        particles.reverse(x, part, columns, particles.SAMPLERS["sde"], rng)
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
            particles.reverse(x, times[k : k + 2], columns, particles.SAMPLERS[name], rng)
            way.append(x[:, 0].copy())
        found[f"paths_{name}"] = np.array(way).T
    return found


def plane(n, n_steps, seed):
    """The ring of Gaussians by the reverse process: share within three deviations of the nearest mode."""
    rng, ring = generator(seed, "diffusion/reverse", "plane"), laws.ring()
    x = rng.standard_normal((n, 2))
    times = particles.reverse_times(laws.LATE, PLANE_STEPS * n_steps, 3)
    particles.reverse(x, times, laws.as_columns(ring), particles.SAMPLERS["ddpm"], rng)
    nearest = np.sqrt(((x[:, None] - ring[1]) ** 2).sum(2).min(1))
    share = np.mean(nearest < WITHIN * laws.RING_WIDTH)
    return {"plane": x[:4000], "plane_share": np.array([share, np.sqrt(share * (1 - share) / n)])}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        mixture, seed = laws.as_arrays(params.mixture), params.seed
        n, n_steps = params.particles, params.steps
        table, arrays = samplers(mixture, n, n_steps, seed)
        write(samplers=table, marginals=marginals(mixture, n, n_steps, seed), likelihood=likelihood(mixture))
        arrays |= paths(mixture, seed) | film(mixture, arrays["edges"], n // FEWER, seed)
        write(arrays=arrays | plane(n // FEWER, n_steps, seed))
