r"""Energies of four models: -ln likelihood and -ln prior, both with all their constants.

A problem is a pair ``(model, data)``: a number and the sufficient statistics of the data with the
parameters of the prior, so that one energy costs the same whatever the amount of data.

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
    return COIN, np.array([heads, tosses - heads, alpha, beta, log_beta], float)


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
    return NORMAL, np.array([len(y), mean, scatter, m, kappa, a, b, constant], float)


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
    return LINEAR, np.concatenate([[least, alpha, d], best, (X.T @ X / sigma**2).ravel()])


def square(y, sigma, m=0.0, alpha=0.0):
    """The problem of a sensor that sees only x^2; ``alpha`` = 0 is a flat prior, of density one."""
    y = np.asarray(y, float)
    scatter = np.sum((y - y.mean()) ** 2)
    return SQUARE, np.array([len(y), y.mean(), scatter, sigma, m, alpha], float)


@njit(cache=True)
def _coin(theta, data):
    p = theta[0]
    if not 0.0 < p < 1.0:
        return math.inf, math.inf
    heads, tails, alpha, beta, log_beta = data
    up, down = math.log(p), math.log1p(-p)
    return -(heads * up + tails * down), log_beta - (alpha - 1) * up - (beta - 1) * down


@njit(cache=True)
def _normal(theta, data):
    mu, precision = theta[0], theta[1]
    if precision <= 0.0:
        return math.inf, math.inf
    n, mean, scatter, m, kappa, a, b, constant = data
    log_precision = math.log(precision)
    likelihood = 0.5 * (n * (LOG_2PI - log_precision) + precision * (scatter + n * (mean - mu) ** 2))
    prior = (0.5 - a) * log_precision + precision * (b + 0.5 * kappa * (mu - m) ** 2) - constant
    return likelihood, prior


@njit(cache=True)
def _linear(theta, data):
    d = len(theta)
    likelihood, norm = data[0], 0.0
    for i in range(d):
        row = 0.0
        for j in range(d):
            row += data[3 + d + d * i + j] * (theta[j] - data[3 + j])
        likelihood += 0.5 * row * (theta[i] - data[3 + i])
        norm += theta[i] * theta[i]
    return likelihood, 0.5 * (data[1] * norm - d * (math.log(data[1]) - LOG_2PI))


@njit(cache=True)
def _square(theta, data):
    n, mean, scatter, sigma, m, alpha = data
    x = theta[0]
    likelihood = (scatter + n * (mean - x * x) ** 2) / (2 * sigma * sigma)
    likelihood += 0.5 * n * (LOG_2PI + 2 * math.log(sigma))
    prior = 0.0
    if alpha > 0.0:
        prior = 0.5 * (alpha * (x - m) ** 2 - math.log(alpha) + LOG_2PI)
    return likelihood, prior


@njit(cache=True)
def energies(theta, model, data):
    """-ln P(D|theta) and -ln P(theta), float64 each; infinite where the prior is zero."""
    if model == COIN:
        return _coin(theta, data)
    if model == NORMAL:
        return _normal(theta, data)
    if model == LINEAR:
        return _linear(theta, data)
    return _square(theta, data)


@njit(cache=True)
def energy(theta, model, data, power):
    """power * (-ln P(D|theta)) - ln P(theta): the energy of the posterior at ``power`` = 1."""
    likelihood, prior = energies(theta, model, data)
    return math.inf if prior == math.inf else power * likelihood + prior
