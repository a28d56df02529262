"""The network that learns magnets: seconds of a training step and of a generated magnet, by batch size.

A step is what `learn_magnets` does: batch from the data, loss, gradient, update. What does not fit the
cache costs more per magnet, which is why batches are small.
"""

import time

import numpy as np
import pandas as pd

from scripts.diffusion import learn_magnets, magnets
from scripts.diffusion.kernels import spin_network

SEED, SIZE = 1, 16
TEMPERATURES = ["2.00", "2.269185314213022", "3.00"]
STEPS = 40


def table(batches=(16, 32, 64, 128), rounds=3):
    """One row per batch size.

    Parameters
    ----------
    batches : sequence of int
    rounds : int
        Times each is tried, in turn; the shortest counts.

    Returns
    -------
    pandas.DataFrame
        ``batch, step_ms, step_us_per_magnet, denoise_us_per_magnet``.
    """
    data = magnets.magnets(SIZE, TEMPERATURES, {"sweeps": 2000, "configurations": 2000}, SEED)
    remove = learn_magnets.denoiser(spin_network.initial_parameters(np.random.default_rng(SEED)))
    best = dict.fromkeys(batches, (np.inf, np.inf))
    for _ in range(rounds):
        for n in batches:
            found = _step_seconds(data, n), _denoise_seconds(data, remove, n)
            best[n] = tuple(map(min, best[n], found))
    rows = [(n, 1e3 * step, 1e6 * step / n, 1e6 * denoise / n) for n, (step, denoise) in best.items()]
    return pd.DataFrame(rows, columns=["batch", "step_ms", "step_us_per_magnet", "denoise_us_per_magnet"])


def _step_seconds(data, n):
    """Difference of a long and a short training, so that compilation is not counted."""
    seconds = []
    for steps in (STEPS, 3 * STEPS):
        start = time.perf_counter()
        learn_magnets.trained(data, {"steps": steps, "batch": n}, np.random.default_rng(SEED))
        seconds.append(time.perf_counter() - start)
    return (seconds[1] - seconds[0]) / (2 * STEPS)


def _denoise_seconds(data, remove, n):
    told = tuple(part[0] for part in learn_magnets.knowledge(data))
    given = tuple(np.broadcast_to(part, (n, *part.shape)) for part in told)
    y, sigma = np.ones((n, SIZE, SIZE), np.float32), np.ones(n, np.float32)
    np.asarray(remove(y, sigma, given))
    start = time.perf_counter()
    for _ in range(STEPS):
        np.asarray(remove(y, sigma, given))
    return (time.perf_counter() - start) / STEPS
