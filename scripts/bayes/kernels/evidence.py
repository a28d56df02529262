r"""Three ways to ln P(D) by random walks, and rejection sampling, on the LINEAR model.

The evidence is a partition function, P(D) = int dtheta P(theta) exp(-E(theta)) with
E = -ln P(D|theta), and beta E with beta from 0 to 1 leads from the prior to the posterior.
"""

import math

import numpy as np
from numba import njit

from scripts.bayes.kernels.energies import energies, energy
from scripts.bayes.kernels.metropolis import walk

EVERY = 5  # steps between measurements of the energy


@njit(cache=True)
def anneal(theta, powers, scales, problem, rng):
    """Annealed importance sampling: the work done on each particle from prior to posterior.

    Parameters
    ----------
    theta : float64[R, d]
        Particles drawn from the prior; left as they are.
    powers : float64[T]
        Rising from 0 to 1; after each rise one Metropolis step at the new power.
    scales : float64[T, d]
    problem, rng
        As in `metropolis.chain`.

    Returns
    -------
    float64[R]
        Work W with P(D) = <exp(-W)>: Neal, Stat. Comput. 11, 125 (2001),
        doi:10.1023/A:1008923215028; the equality of Jarzynski.
    """
    theta, work = theta.copy(), np.zeros(len(theta))
    for k in range(len(theta)):
        for t in range(1, len(powers)):
            likelihood, prior = energies(theta[k], problem)
            work[k] += (powers[t] - powers[t - 1]) * likelihood
            now = powers[t] * likelihood + prior
            walk(theta[k], now, (1, math.inf), scales[t], problem, powers[t], rng)
    return work


@njit(cache=True)
def mean_energies(theta, powers, scales, lengths, problem, rng):
    """Mean of -ln P(D|theta) at each power, by walkers that go through the powers one after the other.

    Parameters
    ----------
    theta : float64[R, d]
        Walkers drawn from the prior; left as they are.
    powers : float64[B]
        Rising.
    scales : float64[B, d]
    lengths : (int, int)
        Steps of equilibration and of measurement at each power.
    problem, rng
        As in `metropolis.chain`.

    Returns
    -------
    float64[R, B]
        One row for each walker; the walkers are independent.
    """
    theta, means = theta.copy(), np.zeros((len(theta), len(powers)))
    n = lengths[1] // EVERY
    for k in range(len(theta)):
        for b in range(len(powers)):
            now = energy(theta[k], problem, powers[b])
            now, _, _ = walk(theta[k], now, (lengths[0], math.inf), scales[b], problem, powers[b], rng)
            for _ in range(n):
                now, _, _ = walk(theta[k], now, (EVERY, math.inf), scales[b], problem, powers[b], rng)
                means[k, b] += energies(theta[k], problem)[0] / n
    return means


@njit(cache=True)
def _replace(live, likelihood, worst, n_steps, problem, rng):
    """A new point above the likelihood of the worst one: a walk in the prior from another live point."""
    n, d = live.shape
    start = int(rng.random() * n)
    while start == worst:
        start = int(rng.random() * n)
    theta, trial = live[start].copy(), np.empty(d)
    value, floor = likelihood[start], likelihood[worst]
    prior = energies(theta, problem)[1]
    for _ in range(n_steps):
        # Difference of two other live points: the move has their spread in every direction.
        one, two = int(rng.random() * n), int(rng.random() * n)
        size = 2.38 / math.sqrt(2.0 * d) * rng.standard_normal()
        for i in range(d):
            trial[i] = theta[i] + size * (live[one, i] - live[two, i])
        cost, trial_prior = energies(trial, problem)
        if -cost > floor and rng.random() < math.exp(min(0.0, prior - trial_prior)):
            theta[:] = trial
            value, prior = -cost, trial_prior
    live[worst] = theta
    likelihood[worst] = value


@njit(cache=True)
def _add(log_sum, value):
    high, low = max(log_sum, value), min(log_sum, value)
    return high + math.log1p(math.exp(low - high)) if low > -math.inf else high


@njit(cache=True)
def nested(live, n_steps, problem, rng):
    """ln P(D) by nested sampling.

    Parameters
    ----------
    live : float64[N, d]
        Live points drawn from the prior; left as they are.
    n_steps : int
        Steps of the walk that replaces the worst point.
    problem, rng
        As in `metropolis.chain`.

    Returns
    -------
    log_evidence : float
        One run; runs scatter by sqrt(H / N), H the information gained from the data in nats.
    iterations : int

    Notes
    -----
    Skilling, Bayesian Anal. 1, 833 (2006), doi:10.1214/06-BA127. The remaining live points are
    added when they can hold less than e^-7 of the evidence by their highest likelihood.
    """
    live, n = live.copy(), len(live)
    likelihood = np.empty(n)
    for k in range(n):
        likelihood[k] = -energies(live[k], problem)[0]
    log_z, log_width, shrink, iterations = -math.inf, 0.0, math.exp(-1.0 / n), 0
    while log_width + likelihood.max() > log_z - 7.0:
        worst = int(np.argmin(likelihood))
        log_z = _add(log_z, log_width + math.log(1.0 - shrink) + likelihood[worst])
        log_width -= 1.0 / n
        _replace(live, likelihood, worst, n_steps, problem, rng)
        iterations += 1
    for k in range(n):
        log_z = _add(log_z, log_width - math.log(n) + likelihood[k])
    return log_z, iterations


@njit(cache=True)
def reject(n_proposals, problem, rng):
    """How many draws from the prior are kept with probability P(D|theta) / max P(D|theta); LINEAR only."""
    d, width = int(problem[1]), problem[2] ** -0.5
    theta, kept = np.empty(d), 0
    for _ in range(n_proposals):
        for i in range(d):
            theta[i] = width * rng.standard_normal()
        kept += rng.random() < math.exp(problem[3] - energies(theta, problem)[0])
    return kept
