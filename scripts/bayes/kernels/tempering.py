"""Crossing a barrier: steps until the first passage, and replica exchange, which goes around it."""

import math

import numpy as np
from numba import njit

from scripts.bayes.kernels.energies import energies, energy
from scripts.bayes.kernels.metropolis import walk

FOREVER = 2**62


@njit(cache=True)
def first_passages(n_walkers, start, target, problem, scale, rng):
    """Steps that independent walkers need from ``start`` until they first stand at ``target`` or beyond.

    Returns
    -------
    int64[n_walkers]
    """
    scales, steps = np.array([scale]), np.empty(n_walkers, np.int64)
    theta = np.empty(1)
    for walker in range(len(steps)):
        theta[0] = start
        now = energy(theta, problem, 1.0)
        steps[walker] = walk(theta, now, (FOREVER, target), scales, problem, 1.0, rng)[2]
    return steps


@njit(cache=True)
def temper(theta, n_steps, powers, scales, problem, rng):
    """Replica exchange (parallel tempering): one walker for each power of the likelihood, neighbors swap.

    Parameters
    ----------
    theta : float64[K, d]
        Starts of the walkers; left as they are.
    n_steps : int
        Steps of each walker; swaps are tried after each, with even and odd pairs in turn.
    powers : float64[K]
    scales : float64[K, d]
    problem, rng
        As in `metropolis.chain`.

    Returns
    -------
    samples : float64[n_steps, K, d]
        By power, not by walker.
    exchanged : float64[K - 1]
        Share of the tried swaps between neighbors that were done.

    Notes
    -----
    Swaps have the ratio exp[(beta_k - beta_l)(E_k - E_l)] with E the energy of the likelihood:
    Hukushima and Nemoto, J. Phys. Soc. Jpn. 65, 1604 (1996), doi:10.1143/JPSJ.65.1604.
    """
    theta, n = theta.copy(), len(powers)
    samples, swaps = np.empty((n_steps, n, theta.shape[1])), np.zeros((n - 1, 2), np.int64)
    now = np.empty(n)
    for k in range(n):
        now[k] = energy(theta[k], problem, powers[k])
    for t in range(n_steps):
        for k in range(n):
            now[k], _, _ = walk(theta[k], now[k], (1, math.inf), scales[k], problem, powers[k], rng)
        for k in range(t % 2, n - 1, 2):
            upper, prior_upper = energies(theta[k], problem)
            lower, prior_lower = energies(theta[k + 1], problem)
            swaps[k, 0] += 1
            if rng.random() < math.exp(min(0.0, (powers[k] - powers[k + 1]) * (upper - lower))):
                swaps[k, 1] += 1
                for i in range(theta.shape[1]):
                    theta[k, i], theta[k + 1, i] = theta[k + 1, i], theta[k, i]
                now[k] = powers[k] * lower + prior_lower
                now[k + 1] = powers[k + 1] * upper + prior_upper
        samples[t] = theta
    return samples, swaps[:, 1] / np.maximum(swaps[:, 0], 1)
