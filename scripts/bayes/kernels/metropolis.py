"""Random-walk Metropolis in the parameters, as the book prints it: propose nearby, accept with min(1, r)."""

import math

import numpy as np
from numba import njit

from scripts.bayes.kernels.energies import energy


@njit(cache=True)
def step(theta, now, trial, scales, problem, power, rng):
    """One step in place; returns the energy after it and whether the proposal was accepted.

    ``problem`` is (model, data), ``now`` the energy of theta, ``trial`` a work array of its length.
    """
    for i in range(len(theta)):
        trial[i] = theta[i] + scales[i] * rng.standard_normal()
    then = energy(trial, problem[0], problem[1], power)
    if rng.random() < math.exp(min(0.0, now - then)):
        theta[:] = trial
        return then, True
    return now, False


@njit(cache=True)
def _chain(samples, theta, scales, thinning, problem, power, rng):
    trial = np.empty_like(theta)
    now = energy(theta, problem[0], problem[1], power)
    accepted = 0
    for t in range(len(samples)):
        for _ in range(thinning):
            now, moved = step(theta, now, trial, scales, problem, power, rng)
            accepted += moved
        samples[t] = theta
    return accepted


@njit(cache=True)
def _ranks(ranks, hits, truths, problems, plan, power, rng):
    """One chain for each row of ``problems``; see `ranks`."""
    starts, scales, burn_in, n_samples, thinning = plan
    d = truths.shape[1]
    trial = np.empty(d)
    for k in range(len(truths)):
        theta = starts[k].copy()
        problem = (problems[0], problems[1][k])
        now = energy(theta, problem[0], problem[1], power)
        for _ in range(burn_in):
            now, _ = step(theta, now, trial, scales[k], problem, power, rng)
        for t in range(n_samples):
            for _ in range(thinning):
                now, _ = step(theta, now, trial, scales[k], problem, power, rng)
            hits[k, t] = theta
            for i in range(d):
                ranks[k, i] += theta[i] < truths[k, i]


def chain(theta, n_samples, problem, scales, rng, *, thinning=1, power=1.0):
    """Samples of one chain.

    Parameters
    ----------
    theta : float64[d]
        The start; left as it is.
    n_samples : int
    problem : (int, float64[k])
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


def ranks(truths, problems, plan, rng, *, power=1.0):
    """Rank of each true parameter among the samples of a chain of its own.

    Parameters
    ----------
    truths : float64[N, d]
    problems : (int, float64[N, k])
        One model, and the data of each chain.
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
    found = np.zeros(truths.shape, np.int64)
    samples = np.empty((len(truths), plan[3], truths.shape[1]))
    _ranks(found, samples, truths, problems, plan, float(power), rng)
    return found, samples
