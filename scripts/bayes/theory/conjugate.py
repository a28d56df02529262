r"""Posteriors, evidences and predictions in closed form, where prior and likelihood fit together.

Gelman et al., Bayesian Data Analysis, 3rd ed. (2013), chapters 2, 3 and 14.
"""

import numpy as np
from scipy import linalg, special


def coin_posterior(heads, tosses, alpha, beta):
    """Parameters of the Beta posterior."""
    return alpha + heads, beta + tosses - heads


def beta_density(p, a, b):
    """Density of the Beta distribution, float64[...]."""
    return np.exp(special.xlogy(a - 1, p) + special.xlog1py(b - 1, -p) - special.betaln(a, b))


def beta_moments(a, b):
    """Mean and variance of the Beta distribution."""
    return a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1))


def normal_posterior(y, prior):
    """Parameters (m, kappa, a, b) of the Normal-Gamma posterior; the prior has the same four."""
    m, kappa, a, b = prior
    n, mean = len(y), np.mean(y)
    b = b + (np.sum((y - mean) ** 2) + kappa * n * (mean - m) ** 2 / (kappa + n)) / 2
    return (kappa * m + n * mean) / (kappa + n), kappa + n, a + n / 2, b


def mean_cdf(mu, posterior):
    """Distribution function of mu: Student's t with 2a degrees of freedom, float64[...]."""
    m, kappa, a, b = posterior
    return special.stdtr(2 * a, (mu - m) * np.sqrt(kappa * a / b))


def precision_cdf(precision, posterior):
    """Distribution function of lambda, a Gamma distribution, float64[...]."""
    _, _, a, b = posterior
    return special.gammainc(a, b * np.asarray(precision))


def normal_moments(posterior):
    """Means and variances of (mu, lambda): float64[2], float64[2]; needs a > 1."""
    m, kappa, a, b = posterior
    return np.array([m, a / b]), np.array([b / (kappa * (a - 1)), a / b**2])


def predictive_tail(y, posterior):
    """Probability that the next datum exceeds y: Student's t with 2a degrees of freedom, float64[...]."""
    m, kappa, a, b = posterior
    return special.stdtr(2 * a, -(y - m) / np.sqrt(b * (kappa + 1) / (a * kappa)))


def predictive_log_density(y, posterior):
    """ln of the density of the next datum, float64[...]."""
    m, kappa, a, b = posterior
    width = b * (kappa + 1) / kappa
    constant = special.gammaln(a + 0.5) - special.gammaln(a) - 0.5 * np.log(2 * np.pi * width)
    return constant - (a + 0.5) * np.log1p((y - m) ** 2 / (2 * width))


def coin_predictive(k, n, a, b):
    """Probability of k heads in the next n tosses, Beta-binomial, float64[...]."""
    choose = -np.log1p(n) - special.betaln(n - k + 1, k + 1)
    return np.exp(choose + special.betaln(a + k, b + n - k) - special.betaln(a, b))


def linear_posterior(X, y, sigma, alpha):
    """Mean float64[d] and covariance float64[d, d] of the coefficients."""
    precision = X.T @ X / sigma**2 + alpha * np.eye(X.shape[1])
    covariance = linalg.inv(precision)
    return covariance @ (X.T @ y) / sigma**2, covariance


def linear_evidence(X, y, sigma, alpha):
    """ln P(D): y is Gaussian with the covariance sigma^2 + X X'/alpha."""
    covariance = sigma**2 * np.eye(len(y)) + X @ X.T / alpha
    factor = linalg.cholesky(covariance, lower=True)
    white = linalg.solve_triangular(factor, y, lower=True)
    return float(-0.5 * (white @ white) - np.log(np.diag(factor)).sum() - 0.5 * len(y) * np.log(2 * np.pi))


def linear_mean_energy(X, y, sigma, alpha, powers):
    """Mean of -ln P(D|theta) where the likelihood is raised to a power, float64[...]."""
    powers, n = np.asarray(powers, float), len(y)
    values, vectors = linalg.eigh(X.T @ X / sigma**2)
    values = np.maximum(values, 0)
    best, *_ = linalg.lstsq(X, y)
    residual, projected = np.sum((y - X @ best) ** 2) / sigma**2, vectors.T @ best
    precision = powers[..., None] * values + alpha
    offset = alpha * projected / precision  # of the mean from the least-squares coefficients
    misfit = (values * (1 / precision + offset**2)).sum(axis=-1)
    return n / 2 * np.log(2 * np.pi * sigma**2) + 0.5 * (residual + misfit)


def linear_acceptance(X, y, sigma, alpha):
    """ln of the share of the prior that rejection sampling keeps: ln P(D) - max ln P(D|theta)."""
    best, *_ = linalg.lstsq(X, y)
    residual = np.sum((y - X @ best) ** 2) / sigma**2
    return linear_evidence(X, y, sigma, alpha) + len(y) / 2 * np.log(2 * np.pi * sigma**2) + 0.5 * residual


def mean_field(covariance):
    """Variances of the best independent Gaussians for a Gaussian, and the KL divergence that remains.

    Returns
    -------
    variances : float64[d]
        1 / (inverse covariance)_ii.
    gap : float
        (sum ln A_ii - ln det A) / 2 with A the inverse covariance: ln P(D) minus the largest ELBO.
    """
    precision = linalg.inv(covariance)
    diagonal = np.diag(precision)
    return 1 / diagonal, float(0.5 * (np.log(diagonal).sum() - np.linalg.slogdet(precision)[1]))
