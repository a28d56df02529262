r"""Energies of four models: -ln likelihood and -ln prior, both with all their constants.

A problem is one array: the number of the model, then the sufficient statistics of the data and the
parameters of the prior, so that one energy costs the same whatever the amount of data. The functions
are inlined into their callers, which makes a step of a chain more than twice as fast.

========  ======================  =========================================================
COIN      theta = (p)             tosses of a coin; prior Beta(alpha, beta)
NORMAL    theta = (mu, lambda)    y ~ N(mu, 1/lambda); prior Normal-Gamma
LINEAR    theta = (c_1 .. c_d)    y ~ N(X c, sigma^2), sigma known; prior N(0, 1/alpha)
SQUARE    theta = (x)             y ~ N(x^2, sigma^2): the sign is not seen; prior N(m, 1/alpha) or flat
========  ======================  =========================================================

The temperature is one. A power of the likelihood, written ``power``, multiplies its energy only.
"""

import math

import numpy as np
from numba import njit

COIN, NORMAL, LINEAR, SQUARE = 0, 1, 2, 3
LOG_2PI = math.log(2 * math.pi)


def coin(heads, tosses, alpha, beta):
    """The problem of a coin: ``heads`` of ``tosses`` in a given order, prior Beta(alpha, beta)."""
    log_beta = math.lgamma(alpha) + math.lgamma(beta) - math.lgamma(alpha + beta)
    return np.array([COIN, heads, tosses - heads, alpha, beta, log_beta], float)


def normal(y, prior):
    """The problem of mean and precision of normal data.

    Parameters
    ----------
    y : float64[n]
    prior : (float, float, float, float)
        m, kappa, a, b: mu ~ N(m, 1/(kappa lambda)), lambda ~ Gamma(a, rate b).
    """
    m, kappa, a, b = prior
    mean = np.mean(y)
    scatter = np.sum((y - mean) ** 2)
    constant = a * math.log(b) - math.lgamma(a) + 0.5 * (math.log(kappa) - LOG_2PI)
    return np.array([NORMAL, len(y), mean, scatter, m, kappa, a, b, constant], float)


def linear(X, y, sigma, alpha):
    """The problem of a linear model with known noise.

    Parameters
    ----------
    X : float64[n, d]
    y : float64[n]
    sigma, alpha : float
        Standard deviation of the noise; precision of the prior of each coefficient.
    """
    best, *_ = np.linalg.lstsq(X, y, rcond=None)
    residual = np.sum((y - X @ best) ** 2) / sigma**2
    least = 0.5 * len(y) * (LOG_2PI + 2 * math.log(sigma)) + 0.5 * residual
    d = X.shape[1]
    return np.concatenate([[LINEAR, d, alpha, least], best, (X.T @ X / sigma**2).ravel()])


def square(y, sigma, m=0.0, alpha=0.0):
    """The problem of a sensor that sees only x^2; ``alpha`` = 0 is a flat prior, of density one."""
    y = np.asarray(y, float)
    scatter = np.sum((y - y.mean()) ** 2)
    return np.array([SQUARE, len(y), y.mean(), scatter, sigma, m, alpha], float)


@njit(cache=True)
def energies(theta, problem):
    """-ln P(D|theta) and -ln P(theta), float64 each; infinite where the prior is zero.

    One body for all models: to hand arrays on to a function of each model takes three times as long.
    """
    model = problem[0]
    if model == COIN:
        p, heads, tails = theta[0], problem[1], problem[2]
        alpha, beta, log_beta = problem[3], problem[4], problem[5]
        if not 0.0 < p < 1.0:
            return math.inf, math.inf
        up, down = math.log(p), math.log1p(-p)
        return -(heads * up + tails * down), log_beta - (alpha - 1) * up - (beta - 1) * down
    if model == NORMAL:
        mu, precision = theta[0], theta[1]
        n, mean, scatter, m = problem[1], problem[2], problem[3], problem[4]
        kappa, a, b, constant = problem[5], problem[6], problem[7], problem[8]
        if precision <= 0.0:
            return math.inf, math.inf
        log_precision = math.log(precision)
        likelihood = 0.5 * (n * (LOG_2PI - log_precision) + precision * (scatter + n * (mean - mu) ** 2))
        prior = (0.5 - a) * log_precision + precision * (b + 0.5 * kappa * (mu - m) ** 2) - constant
        return likelihood, prior
    if model == LINEAR:
        d, alpha, likelihood, norm = len(theta), problem[2], problem[3], 0.0
        for i in range(d):
            row = 0.0
            for j in range(d):
                row += problem[4 + d + d * i + j] * (theta[j] - problem[4 + j])
            likelihood += 0.5 * row * (theta[i] - problem[4 + i])
            norm += theta[i] * theta[i]
        return likelihood, 0.5 * (alpha * norm - d * (math.log(alpha) - LOG_2PI))
    x, n, mean, scatter = theta[0], problem[1], problem[2], problem[3]
    sigma, m, alpha = problem[4], problem[5], problem[6]
    likelihood = (scatter + n * (mean - x * x) ** 2) / (2 * sigma * sigma)
    likelihood += 0.5 * n * (LOG_2PI + 2 * math.log(sigma))
    prior = 0.0 if alpha == 0.0 else 0.5 * (alpha * (x - m) ** 2 - math.log(alpha) + LOG_2PI)
    return likelihood, prior


@njit(cache=True)
def energy(theta, problem, power):
    """power * (-ln P(D|theta)) - ln P(theta): the energy of the posterior at ``power`` = 1."""
    likelihood, prior = energies(theta, problem)
    return math.inf if prior == math.inf else power * likelihood + prior
