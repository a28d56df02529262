"""Random-walk Metropolis in the parameters, as the book prints it: propose nearby, accept with min(1, r)."""

import math

import numpy as np
from numba import njit

from scripts.bayes.kernels.energies import energy


@njit(cache=True)
def walk(theta, now, limits, scales, problem, power, rng):
    """Walk in place from theta, whose energy is ``now``; the loop that all samplers share.

    ``limits`` = (steps, target): the walk ends after so many steps, or earlier once theta[0] >= target.
    It is worth calling for many steps at once: to hand over the arrays takes as long as some steps.

    Returns
    -------
    (float64, int64, int64)
        The energy at the end, proposals accepted, and steps done.
    """
    steps, target = limits
    trial = np.empty_like(theta)
    accepted, done = 0, 0
    while done < steps and theta[0] < target:
        done += 1
        for i in range(len(theta)):
            trial[i] = theta[i] + scales[i] * rng.standard_normal()
        then = energy(trial, problem, power)
        if rng.random() < math.exp(min(0.0, now - then)):
            for i in range(len(theta)):
                theta[i] = trial[i]
            now = then
            accepted += 1
    return now, accepted, done


@njit(cache=True)
def _chain(samples, theta, scales, thinning, problem, power, rng):
    now, accepted = energy(theta, problem, power), 0
    for t in range(len(samples)):
        now, moved, _ = walk(theta, now, (thinning, math.inf), scales, problem, power, rng)
        accepted += moved
        samples[t] = theta
    return accepted


def chain(theta, n_samples, problem, scales, rng, *, thinning=1, power=1.0):
    """Samples of one chain.

    Parameters
    ----------
    theta : float64[d]
        The start; left as it is.
    n_samples : int
    problem : float64[k]
        Of `energies`.
    scales : float64[d]
        Standard deviations of the proposed moves.
    rng : numpy.random.Generator
    thinning : int
        Steps between samples.
    power : float
        Of the likelihood; 1 is the posterior.

    Returns
    -------
    samples : float64[n_samples, d]
    acceptance : float
        Share of the proposals that were accepted.
    """
    samples = np.empty((n_samples, len(theta)))
    start, scales = np.array(theta, float), np.broadcast_to(np.asarray(scales, float), np.shape(theta)).copy()
    accepted = _chain(samples, start, scales, thinning, problem, float(power), rng)
    return samples, accepted / (n_samples * thinning)


@njit(cache=True)
def ranks(truths, problems, plan, rng, power=1.0):
    """Rank of each true parameter among the samples of a chain of its own.

    Parameters
    ----------
    truths : float64[N, d]
    problems : float64[N, k]
        That of each chain.
    plan : (float64[N, d], float64[N, d], int, int, int)
        Starts, scales, steps of burn-in, samples L, steps between samples.
    rng, power
        As in `chain`.

    Returns
    -------
    ranks : int64[N, d]
        From 0 to L.
    samples : float64[N, L, d]
    """
    starts, scales, burn_in, n_samples, thinning = plan
    found, samples = np.zeros(truths.shape, np.int64), np.empty((len(truths), n_samples, truths.shape[1]))
    for k in range(len(truths)):
        theta, problem = starts[k].copy(), problems[k]
        now = energy(theta, problem, power)
        now, _, _ = walk(theta, now, (burn_in, math.inf), scales[k], problem, power, rng)
        for t in range(n_samples):
            now, _, _ = walk(theta, now, (thinning, math.inf), scales[k], problem, power, rng)
            samples[k, t] = theta
            for i in range(truths.shape[1]):
                found[k, i] += theta[i] < truths[k, i]
    return found, samples
