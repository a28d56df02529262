"""The straight line with Gaussian noise: what a fitted one promises, in closed form."""

import numpy as np
from scipy import special


def plug_in_coverage(x, at, level):
    """How often the interval +- z sigma_ML round the fitted line holds the next datum, float64[...].

    The line at a place errs by sigma^2 X (X'X)^{-1} X' there, and n sigma_ML^2 / sigma^2 is chi-square with
    n - 2 degrees of freedom, independent of it.
    """
    n, z = len(x), special.ndtri(0.5 + level / 2)
    X, place = np.stack([np.ones(n), x], axis=1), np.array([1.0, at])
    variance = place @ np.linalg.solve(X.T @ X, place)
    return 1 - 2 * special.stdtr(n - 2, -z * np.sqrt((n - 2) / n / (1 + variance)))


def expected_divergence(n):
    """Mean KL divergence of the fitted from the true P(y|x) over the places of the data, in nats; n > 4.

    The squared error of the line has the mean 2 sigma^2 / n over them, n sigma_ML^2 / sigma^2 is
    chi-square with n - 2 degrees of freedom, and the two are independent. Near 3 / (2n) for large n.
    """
    log_variance = special.digamma((n - 2) / 2) + np.log(2 / n)
    return 0.5 * (log_variance + (1 + 2 / n) * n / (n - 4) - 1)
