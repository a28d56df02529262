"""Learn to remove noise from magnets, generate new ones from noise: ``generated.npz``.

``spins`` uint8[R, T, n, L * L / 8], generated, as bits, by training seed; ``losses`` float64[C];
``small_errors`` float64[R, S, T], root mean square of the learned minus the exact noise remover of the 4 x 4
magnet, in units of the exact one, at noise levels ``small_sigma`` float64[S]; ``small_naive`` float64[S, T],
likewise for spins taken one by one, tanh(y / sigma^2); these three are missing if ``small_steps`` is 0;
``film`` float32[F, T, L, L]: stages of one magnet of each temperature, at noise ``film_sigma`` float32[F];
``steps``, ``small_steps`` int64, of training. Seconds of training and of sampling stand apart, by training
seed, in ``timings``.
"""

import functools
import time

import numpy as np
import pandas as pd

from scripts.common.jax_setup import jax, jnp
from scripts.common.seeds import generator
from scripts.diffusion import magnets
from scripts.diffusion.kernels import spin_network as network
from scripts.diffusion.theory import ising

RATE, WARM_UP, KEPT = 3e-3, 100, 0.998
LOG_SIGMA = (0.6, 1.0)  # of most noise levels; the rest are even in the logarithm
EVEN = (0.2, 100.0, 0.15)  # from, to, and their share
MAGNETIZATION = 0.005  # weight of the squared error of the mean, times L^2
LEVELS = (80.0, 0.3, 30)  # noise of the sampler: from, to, steps
CHUNK = 32  # samples at a time: many more do not fit the cache, and take twice as long each
SMALL, SMALL_SAMPLES, SMALL_SIGMA = 4, 256, (0.5, 0.8, 1.2, 1.8, 2.7, 4.0, 6.0)
FILM = (0, 8, 12, 15, 18, 21, 24, 29)


def knowledge(data):
    """What the network is told of every temperature: beta, spectrum, law of the magnetization (float32)."""
    beta = 1 / data["temperatures"].astype(float)
    return tuple(part.astype(np.float32) for part in (beta, data["spectrum"], data["magnetizations"]))


def orbit_mean(clean, y, sigma):
    """Mean over all translations of a magnet and their reversals, weighted by how likely each gave y.

    The law of magnets is the same for all of them, so this is E[s | y, s is one of these]: its mean is
    E[s | y], as that of the magnet itself, and it scatters less where the noise is strong.

    Parameters
    ----------
    clean, y : float32[n, L, L]
        Spins, and the same with noise.
    sigma : float32[n]

    Returns
    -------
    float32[n, L, L]
    """
    shape, waves = clean.shape[1:], np.fft.rfft2(clean)
    overlaps = np.fft.irfft2(waves.conj() * np.fft.rfft2(y), shape) / sigma[:, None, None] ** 2
    largest = np.abs(overlaps).max(axis=(1, 2), keepdims=True)
    up, down = np.exp(overlaps - largest), np.exp(-overlaps - largest)
    weights = (up - down) / (up + down).sum(axis=(1, 2), keepdims=True)
    return np.fft.irfft2(np.fft.rfft2(weights) * waves, shape).astype(np.float32)


def batch(data, spins, told, n, rng):
    """What is to be found, noisy spins, noise levels and condition of one step."""
    which = rng.integers(0, len(spins), n)
    clean = spins[which, rng.integers(0, spins.shape[1], n)]
    size = int(data["size"])
    clean = magnets.unpacked(clean, size).astype(np.float32)
    even = rng.uniform(np.log(EVEN[0]), np.log(EVEN[1]), n)
    usual = LOG_SIGMA[0] + LOG_SIGMA[1] * rng.standard_normal(n)
    sigma = np.exp(np.where(rng.random(n) < EVEN[2], even, usual)).astype(np.float32)
    y = clean + sigma[:, None, None] * rng.standard_normal(clean.shape, dtype=np.float32)
    return orbit_mean(clean, y, sigma), y, sigma, tuple(part[which] for part in told)


def trained(data, plan, rng):
    """Parameters, averaged over the last steps, and the losses in means over a hundred steps."""
    import optax

    steps = plan["steps"]
    rate = optax.warmup_cosine_decay_schedule(0.0, RATE, min(WARM_UP, steps // 4), steps, 0.0)
    optimizer = optax.adam(rate, b2=0.99)
    parameters = network.initial_parameters(rng)

    @functools.partial(jax.jit, donate_argnums=0)
    def step(state, kept, clean, y, sigma, condition):
        parameters, moments, average = state
        value, slope = jax.value_and_grad(network.loss)(parameters, clean, y, sigma, condition, MAGNETIZATION)
        change, moments = optimizer.update(slope, moments)
        parameters = optax.apply_updates(parameters, change)
        average = jax.tree.map(lambda a, b: kept * a + (1 - kept) * b, average, parameters)
        return (parameters, moments, average), value

    copied = jax.tree.map(lambda x: x + 0, parameters)
    state, losses, told = (parameters, optimizer.init(parameters), copied), [], knowledge(data)
    for k in range(steps):
        clean, y, sigma, condition = batch(data, data["training"], told, plan["batch"], rng)
        kept = np.float32(min(KEPT, (k + 1) / (k + 10)))  # a short training averages over less
        state, value = step(state, kept, clean, y, sigma, condition)
        losses.append(value)
    losses = np.array([float(value) for value in losses])
    return state[2], losses[: steps // 100 * 100].reshape(-1, 100).mean(axis=1)


def denoiser(parameters):
    """E[s | y] by the network, compiled."""
    return jax.jit(lambda y, sigma, given: jnp.tanh(network.local_field(parameters, y, sigma, given)))


def generated(remove, told, shape, rng, seen=()):
    """Spins from noise by the probability flow, and what was seen of it on the way.

    DPM-Solver++ of second order (Lu et al., arXiv:2211.01095) over noise levels even in the logarithm:
    one evaluation a step. The last estimate gives the spins by its sign.

    Parameters
    ----------
    remove : callable
        From `denoiser`.
    told : tuple
        `knowledge` of one temperature: float32[], float32[L, L // 2 + 1], float32[N + 1].
    shape : (int, int, int)
    seen : sequence of int
        Steps at which y / sqrt(1 + sigma^2) of the first configuration is kept.
    """
    n = shape[0]
    sigma = np.geomspace(*LEVELS).astype(np.float32)
    given = tuple(np.broadcast_to(part, (n, *part.shape)) for part in told)
    y = sigma[0] * rng.standard_normal(shape, dtype=np.float32)
    before, film = None, []
    for k, now in enumerate(sigma):
        clean = np.asarray(remove(y, np.full(n, now), given))  # NumPy's arithmetic need not be compiled
        if k in seen:
            film.append(y[0] / np.sqrt(1 + now**2))
        if k + 1 < len(sigma):
            ahead = clean if before is None else clean + (clean - before) / 2
            ratio = sigma[k + 1] / now
            y, before = ratio * y + (1 - ratio) * ahead, clean
    return np.where(clean > 0, 1, -1).astype(np.int8), np.array(film, np.float32)


def ensemble(remove, data, n, rng):
    """Packed spins uint8[T, n, ...] and films float32[F, T, L, L]."""
    size, told, found, films = int(data["size"]), knowledge(data), [], []
    for k in range(len(told[0])):
        own, parts = tuple(part[k] for part in told), []
        for first in range(0, n, CHUNK):
            spins, film = generated(remove, own, (CHUNK, size, size), rng, () if first else FILM)
            parts.append(spins)
            films.extend([film] if not first else [])
        found.append(magnets.packed(np.concatenate(parts)[:n]))
    return np.stack(found), np.stack(films, axis=1)


def small_test(temperatures, plan, seed):
    """The same on 4 x 4 spins, where the sum over all states gives the exact noise remover."""
    own = {"sweeps": 2000, "configurations": plan["configurations"]}
    data, plan = magnets.magnets(SMALL, temperatures, own, seed), plan | {"batch": 4 * plan["batch"]}
    rngs = (generator(seed, "diffusion/learn_magnets", "small", f"run={run}") for run in range(plan["seeds"]))
    errors, naive = zip(*(small_errors(data, plan, rng) for rng in rngs), strict=True)
    return {"small_errors": np.stack(errors), "small_naive": naive[0], "small_sigma": np.array(SMALL_SIGMA)}


def small_errors(data, plan, rng):
    """Relative errors of a network, newly trained, and of spins one by one: both float64[S, T]."""
    parameters, _ = trained(data, plan, rng)
    remove, told, table = denoiser(parameters), knowledge(data), ising.states(SMALL)
    errors, naive = np.zeros((2, len(SMALL_SIGMA), len(data["temperatures"])))
    for k, name in enumerate(data["temperatures"]):
        clean = magnets.unpacked(data["second"][k][:SMALL_SAMPLES], SMALL)
        for row, level in enumerate(SMALL_SIGMA):
            y = clean + level * rng.standard_normal(clean.shape)
            sigma = np.full(len(y), level)
            perfect = ising.posterior_mean(y, sigma, float(name), table)
            given = tuple(np.broadcast_to(part[k], (len(y), *part[k].shape)) for part in told)
            found = np.asarray(remove(y.astype(np.float32), sigma.astype(np.float32), given))
            size = np.sqrt(np.mean(perfect**2))
            errors[row, k] = np.sqrt(np.mean((found - perfect) ** 2)) / size
            naive[row, k] = np.sqrt(np.mean((np.tanh(y / level**2) - perfect) ** 2)) / size
    return errors, naive


def learned(data, plan, seed):
    """All arrays, and the seconds of every run."""
    spins, timings = [], []
    for run in range(plan["seeds"]):
        clock, rng = [time.perf_counter()], generator(seed, "diffusion/learn_magnets", f"run={run}")
        parameters, losses = trained(data, plan, rng)
        clock.append(time.perf_counter())
        bits, film = ensemble(denoiser(parameters), data, plan["samples"], rng)
        clock.append(time.perf_counter())
        spins.append(bits)
        timings.append((run, *np.diff(clock)))
    small = {}
    if plan["small_steps"] > 0:
        own = plan | {"steps": plan["small_steps"]}
        small = small_test(data["temperatures"].tolist(), own, seed)
    arrays = small | {
        "spins": np.stack(spins), "losses": losses, "film": film,
        "film_sigma": np.geomspace(*LEVELS)[list(FILM)],
        "steps": np.int64(plan["steps"]),
        "small_steps": np.int64(plan["small_steps"]),
    }  # fmt: skip
    return arrays, pd.DataFrame(timings, columns=["run", "training", "sampling"])


if __name__ == "__main__":
    from scripts.common.io import load_arrays
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        arrays, timings = learned(load_arrays(snakemake.input[0]), params.plan, params.seed)
        write(timings=timings, arrays=arrays)
