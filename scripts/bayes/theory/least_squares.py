"""The straight line with Gaussian noise: closed forms of least squares and of what they promise."""

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


def plug_in_coverage(x, at, level):
    """How often the interval +- z sigma_ML round the fitted line holds the next datum, float64[...]."""
    n, z = len(x), special.ndtri(0.5 + level / 2)
    t = z * np.sqrt((n - 2) / n / (1 + leverage(x, at)))
    return 1 - 2 * special.stdtr(n - 2, -t)


def expected_divergence(n):
    """Mean KL divergence of the fitted from the true P(y|x) over the places of the data, in nats; n > 4.

    The squared error of the line has the mean 2 sigma^2 / n over them, n sigma_ML^2 / sigma^2 is
    chi-square with n - 2 degrees of freedom, and the two are independent. Near 3 / (2n) for large n.
    """
    log_variance = special.digamma((n - 2) / 2) + np.log(2 / n)
    return 0.5 * (log_variance + (1 + 2 / n) * n / (n - 4) - 1)
