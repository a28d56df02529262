"""Particles of the forward and the reverse process, in compiled loops.

Forward: dx = -x dt + sqrt(2) dB. Reverse, in the reversed time tau = T - t > 0:

    dx = (x + 2 s) dtau + sqrt(2) dB            the reverse stochastic process, s = grad ln p_t
    dx = (x + s) dtau                           the probability flow

Anderson, Stoch. Proc. Appl. 12, 313 (1982), doi:10.1016/0304-4149(82)90051-5; Song et al.,
arXiv:2011.13456. The score of a Gaussian mixture is written out here once more, on purpose:
the module ``theory`` has its own.
"""

import numpy as np
from numba import njit

SDE, FLOW, NO_SCORE, LITERAL, DDPM, DDIM, SUBTRACT = range(7)
SAMPLERS = {
    "sde": SDE, "flow": FLOW, "no_score": NO_SCORE, "literal": LITERAL, "ddpm": DDPM, "ddim": DDIM,
    "subtract": SUBTRACT,
}  # fmt: skip
"""``no_score`` reverses the drift alone, ``literal`` takes dt < 0 in the printed equation,
``subtract`` leaves out the noise of a DDPM step."""


@njit(cache=True)
def forward(x, duration, step, terms, rng):
    """Move particles, in place, by the Langevin equation, with Heun's steps: no solution is built in.

    The stationary variance is 1 - step^2 / 4 + ...: of second order.

    Parameters
    ----------
    x : float64[n]
    duration, step : float
    terms : (float, float)
        Strength of the drift, and of the noise; 1 each in the equation itself.
    rng : numpy.random.Generator
    """
    n_steps = max(1, int(np.ceil(duration / step - 1e-9)))
    step = duration / n_steps
    drift = terms[0] * step
    keep, width = 1 - drift + drift**2 / 2, terms[1] * np.sqrt(2 * step) * (1 - drift / 2)
    for i in range(len(x)):
        position = x[i]
        for _ in range(n_steps):
            position = keep * position + width * rng.standard_normal()
        x[i] = position


@njit(cache=True)
def discrete_forward(x, betas, rng):
    """The book's steps x <- sqrt(1 - beta) x + sqrt(beta) eps, in place, x float64[n], betas float64[S]."""
    keep, noise = np.sqrt(1 - betas), np.sqrt(betas)
    for i in range(len(x)):
        position = x[i]
        for k in range(len(betas)):
            position = keep[k] * position + noise[k] * rng.standard_normal()
        x[i] = position


@njit(cache=True)
def noised_mixture(t, mixture):
    """What `mixture_score` needs of the mixture at time t: log weights, means[K, d], 1 / variances."""
    weights, means, variances = mixture
    shrunk = np.exp(-t)
    now = variances * shrunk**2 + 1 - shrunk**2
    return np.log(weights) - means.shape[1] / 2 * np.log(now), shrunk * means, 1 / now


@njit(cache=True)
def mixture_score(out, x, noised):
    """Score of the noised mixture at one point x float64[d], into ``out`` float64[d]."""
    logs, means, precisions = noised
    top, total = -np.inf, 0.0
    out[:] = 0.0
    for k in range(len(logs)):
        square = 0.0
        for j in range(len(x)):
            square += (x[j] - means[k, j]) ** 2
        log = logs[k] - square * precisions[k] / 2
        if log > top:  # keep the largest exponent at zero
            scale = np.exp(top - log)
            total *= scale
            for j in range(len(x)):
                out[j] *= scale
            top = log
        weight = np.exp(log - top) if log < top else 1.0
        total += weight
        for j in range(len(x)):
            out[j] += weight * precisions[k] * (means[k, j] - x[j])
    for j in range(len(x)):
        out[j] /= total


@njit(cache=True)
def mixture_scores(x, noised):
    """Score of the noised mixture at points x float64[n, d], of the same shape."""
    found = np.empty_like(x)
    for i in range(len(x)):
        mixture_score(found[i], x[i], noised)
    return found


@njit(cache=True)
def factors(before, after, sampler):
    """A step from time ``before`` to ``after`` as x <- a x + b s + c noise: (a, b, c)."""
    step = before - after
    width = np.sqrt(2 * step)
    if sampler == SDE:
        return 1 + step, 2 * step, width
    if sampler == NO_SCORE:
        return 1 + step, 0.0, width
    if sampler == LITERAL:
        return 1 - step, -2 * step, width
    level, later = 1 - np.exp(-2 * before), 1 - np.exp(-2 * after)
    if sampler == DDIM:
        return np.exp(step), np.exp(step) * level - np.sqrt(later * level), 0.0
    beta = 1 - np.exp(-2 * step)  # the book's beta of this step
    noise = 0.0 if sampler == SUBTRACT else np.sqrt(beta * later / level)
    return np.exp(step), np.exp(step) * beta, noise


@njit(cache=True)
def reverse(x, times, mixture, sampler, strength, rng):
    """Carry particles from times[0] down to times[-1] with the exact score, in place.

    Parameters
    ----------
    x : float64[n, d]
    times : float64[S + 1]
        Falling.
    mixture : tuple
        float64[K], float64[K, d], float64[K], contiguous.
    sampler : int
        One of `SAMPLERS`; the flow takes Heun's steps, all others Euler's.
    strength : float
        What the score is multiplied by: 1, or a planted fault.
    rng : numpy.random.Generator
    """
    n, dimension = x.shape
    s, late, trial = np.empty(dimension), np.empty(dimension), np.empty(dimension)
    for k in range(len(times) - 1):
        now, later = noised_mixture(times[k], mixture), noised_mixture(times[k + 1], mixture)
        step = times[k] - times[k + 1]
        a, b, c = factors(times[k], times[k + 1], sampler)
        for i in range(n):
            mixture_score(s, x[i], now)
            s *= strength
            if sampler == FLOW:
                for j in range(dimension):
                    trial[j] = x[i, j] + (x[i, j] + s[j]) * step
                mixture_score(late, trial, later)
                late *= strength
                for j in range(dimension):
                    x[i, j] += (x[i, j] + s[j] + trial[j] + late[j]) * step / 2
                continue
            for j in range(dimension):
                noise = rng.standard_normal() if c > 0.0 else 0.0
                x[i, j] = a * x[i, j] + b * s[j] + c * noise


def reverse_times(duration, n_steps, power=2):
    """Times from ``duration`` to 0, float64[n_steps + 1], finer towards 0."""
    return duration * np.linspace(1.0, 0.0, n_steps + 1) ** power


@njit(cache=True)
def clone_classes(classes, dimension, times, rng):
    """Clones of noisy states of two classes in d dimensions, carried back as d-dimensional particles.

    A state starts as +-m with noise of variance one around it, m = (1, ..., 1); it is noised until
    times[0]; then each of its clones goes back along `times` by the reverse stochastic process with the
    exact score -x + e^{-t} m tanh(e^{-t} m.x), by Heun's method, and the class is the sign of m.x.

    Parameters
    ----------
    classes : int8[n, c]
        Filled with +1 and -1.
    dimension : int
    times : float64[S + 1]
    rng : numpy.random.Generator
    """
    x, path = np.empty(dimension), np.empty(dimension)
    kept, noise = np.exp(-times[0]), np.sqrt(1 - np.exp(-2 * times[0]))
    for i in range(classes.shape[0]):
        sign = 1.0 if rng.random() < 0.5 else -1.0
        for j in range(dimension):
            x[j] = kept * (sign + rng.standard_normal()) + noise * rng.standard_normal()
        for c in range(classes.shape[1]):
            path[:] = x
            classes[i, c] = _returned(path, times, rng)


@njit(cache=True)
def _returned(path, times, rng):
    along = path.sum()
    for k in range(len(times) - 1):
        step = times[k] - times[k + 1]
        now, later = np.exp(-times[k]), np.exp(-times[k + 1])
        pull = 2 * now * np.tanh(now * along)  # the drift is x + 2 s = -x + pull
        width, total, trial = np.sqrt(2 * step), 0.0, 0.0
        for j in range(len(path)):
            kick = width * rng.standard_normal()
            trial += path[j] + step * (pull - path[j]) + kick
            path[j] += step * (pull - path[j]) + step**2 / 2 * (path[j] - pull) + (1 - step / 2) * kick
            total += path[j]
        # Heun: the mean of the pulls at both ends, the same in every coordinate
        change = step / 2 * (2 * later * np.tanh(later * trial) - pull)
        for j in range(len(path)):
            path[j] += change
        along = total + change * len(path)
    return 1 if along > 0 else -1
