"""Straight lines fitted to data, and the intervals drawn around them; the laws of both stand in `theory`."""

import numpy as np
from scipy import special


def best_line(x, y):
    """Slope, intercept and maximum-likelihood variance; data along the last axis.

    Returns
    -------
    a, b, variance : float64[...]
        The variance is the mean squared residual, as maximum likelihood gives it: divided by n.
    """
    x, y = np.asarray(x), np.asarray(y)
    mean_x, mean_y = x.mean(axis=-1, keepdims=True), y.mean(axis=-1, keepdims=True)
    a = ((x - mean_x) * (y - mean_y)).sum(axis=-1) / ((x - mean_x) ** 2).sum(axis=-1)
    b = mean_y[..., 0] - a * mean_x[..., 0]
    return a, b, ((y - a[..., None] * x - b[..., None]) ** 2).mean(axis=-1)


def leverage(x, at):
    """Variance of the fitted line at a place, in units of that of the noise, float64[...]."""
    mean = np.mean(x)
    return 1 / len(x) + (np.asarray(at) - mean) ** 2 / np.sum((x - mean) ** 2)


def student_half_width(x, at, level):
    """Half width of the exact interval of the next datum, in units of the maximum-likelihood sigma."""
    n = len(x)
    return special.stdtrit(n - 2, 0.5 + level / 2) * np.sqrt((1 + leverage(x, at)) * n / (n - 2))


def divergence(error, ratio):
    """KL divergence of a fitted from the true P(y|x), in nats, averaged over places; float64[...].

    Parameters
    ----------
    error : float64[...]
        Mean squared error of the line over the places, in units of the variance of the noise.
    ratio : float64[...]
        Fitted variance of the noise over the true one.
    """
    return 0.5 * (np.log(ratio) + (1 + error) / ratio - 1)
