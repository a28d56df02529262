"""Gaussian mixtures under the forward process dx = -x dt + sqrt(2) dB, exactly.

A mixture stays one: weights stay, means become e^{-t} mu, variances e^{-2t} v + 1 - e^{-2t}.
A mixture is three arrays (weights, means, variances): float64[K], float64[K] or float64[K, d]
for isotropic components in d dimensions, float64[K].

The book's clock is dx = -beta/2 x dt + sqrt(beta) dW; then t = half the integral of beta.
"""

import numpy as np
from scipy import special


def noised(mixture, t):
    """The mixture after the time t >= 0."""
    weights, means, variances = (np.asarray(part, float) for part in mixture)
    shrunk = np.exp(-2 * t)
    return weights, np.exp(-t) * means, shrunk * variances + (1 - shrunk)


def _parts(x, mixture):
    """Log of weight times density of every component, [..., K], and x - mean, [..., K(, d)]."""
    weights, means, variances = mixture
    if means.ndim == 1:
        offset = x[..., None] - means
        squares, dimension = offset**2, 1
    else:
        offset = x[..., None, :] - means
        squares, dimension = np.sum(offset**2, axis=-1), means.shape[1]
    logs = np.log(weights) - squares / (2 * variances) - dimension / 2 * np.log(2 * np.pi * variances)
    return logs, offset


def log_density(x, mixture):
    """ln p(x), for x of shape [...] in one dimension, [..., d] in d."""
    return special.logsumexp(_parts(np.asarray(x, float), mixture)[0], axis=-1)


def density(x, mixture):
    """p(x)."""
    return np.exp(log_density(x, mixture))


def responsibilities(x, mixture):
    """Posterior probability of every component, [..., K]."""
    return special.softmax(_parts(np.asarray(x, float), mixture)[0], axis=-1)


def score(x, mixture):
    """grad ln p(x), of the shape of x."""
    logs, offset = _parts(np.asarray(x, float), mixture)
    share = special.softmax(logs, axis=-1) / mixture[2]
    if mixture[1].ndim == 1:
        return -np.sum(share * offset, axis=-1)
    return -np.einsum("...k,...kd->...d", share, offset)


def score_slope(x, mixture):
    """d score / dx in one dimension."""
    logs, offset = _parts(np.asarray(x, float), mixture)
    share = np.exp(logs - special.logsumexp(logs, axis=-1, keepdims=True))
    pull = offset / mixture[2]
    mean = np.sum(share * pull, axis=-1)
    return np.sum(share * (pull**2 - 1 / mixture[2]), axis=-1) - mean**2


def distribution(x, mixture):
    """Cumulative distribution in one dimension."""
    weights, means, variances = mixture
    return np.sum(weights * special.ndtr((np.asarray(x)[..., None] - means) / np.sqrt(variances)), axis=-1)


def quantiles(levels, mixture):
    """Inverse of `distribution`, by bisection to rounding."""
    _, means, variances = mixture
    levels = np.asarray(levels, float)
    reach = 40 * np.sqrt(variances.max())
    low = np.full(levels.shape, means.min() - reach)
    high = np.full(levels.shape, means.max() + reach)
    for _ in range(90):
        middle = (low + high) / 2
        below = distribution(middle, mixture) < levels
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def moments(mixture):
    """Mean and variance in one dimension."""
    weights, means, variances = mixture
    mean = weights @ means
    return mean, weights @ (variances + means**2) - mean**2


def chained(mixture, betas):
    """Mean and variance in one dimension after the steps x <- sqrt(1 - beta) x + sqrt(beta) eps, in turn."""
    left = np.prod(1 - np.asarray(betas, float))
    mean, variance = moments(mixture)
    return np.sqrt(left) * mean, left * variance + 1 - left


def nearest_square(mixture):
    """Mean squared distance from the nearest mode, in its own width, in one dimension, by quadrature."""
    _, means, variances = mixture
    reach = np.abs(means).max() + 12 * np.sqrt(variances.max())
    x = np.linspace(-reach, reach, 40001)
    nearest = np.min((x[:, None] - means) ** 2 / variances, axis=1)
    return float(np.sum(density(x, mixture) * nearest) * (x[1] - x[0]))


def mean_distance(mixture):
    """Mean of |x| in one dimension: that of folded Gaussians."""
    weights, means, variances = mixture
    width = np.sqrt(variances)
    folded = width * np.sqrt(2 / np.pi) * np.exp(-(means**2) / (2 * variances))
    return float(weights @ (folded + means * special.erf(means / (width * np.sqrt(2)))))


def is_common(x, law, least=0.02):
    """Where the density exceeds a share of that at the center of the first mode: rare points do not count."""
    return density(x, law) > least * density(law[1][0], law)


def empirical_error(mixture, t, n):
    """Relative error of the exact score of n data in the plane, where x `is_common`, for large n.

    The estimate is s_n = grad p_n / p_n, p_n a mean over data a of kernels K = N(x - e^-t a, sigma^2). To
    leading order its variance is E_a[|grad K - s K|^2] / (n p^2), a Gaussian integral, since K^2 is a kernel
    of half the variance; here the mean over x of law p, by quadrature.
    """
    weights, means, variances = law = noised(mixture, t)
    noise = -np.expm1(-2 * t)
    spread = variances - noise  # of the shrunk data, without the noise
    at = np.linspace(-1, 1, 401) * (np.abs(means).max() + 6 * np.sqrt(variances.max()))
    x = np.stack(np.meshgrid(at, at), -1).reshape(-1, 1, 2)
    x = x[is_common(x[:, 0], law)]
    own, p = score(x[:, 0], law), density(x[:, 0], law)
    both = spread + noise / 2
    kernel = weights * np.exp(-np.sum((x - means) ** 2, -1) / (2 * both)) / (2 * np.pi * both)
    offset = (x - means) / (2 * both)[:, None] + own[:, None]
    square = np.sum(offset**2, -1) + spread / (noise * both)
    miss = np.sum(kernel * square, -1) / (4 * np.pi * noise) / p
    return float(np.sqrt(np.sum(miss) / n / np.sum(p * np.sum(own**2, -1))))


def within(radius, dimension):
    """Share of a Gaussian within ``radius`` standard deviations: 0.98889 for 3 in the plane."""
    return special.gammainc(dimension / 2, radius**2 / 2)
