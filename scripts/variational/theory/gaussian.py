r"""Independent Gaussians as an approximation of correlated ones, in closed form.

P = N(0, Sigma), Lambda = Sigma^{-1}, Q = prod_i N(0, v_i). The best v_i are 1/Lambda_ii for D(Q||P), the
variance of x_i with all others held, and Sigma_ii for D(P||Q), its variance. The gaps that remain are

    D(Q||P) = (sum_i ln Lambda_ii - ln det Lambda)/2,   D(P||Q) = (sum_i ln Sigma_ii - ln det Sigma)/2.

Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), section 10.1.2.
"""

import numpy as np


def reverse_variances(covariance):
    """1/Lambda_ii, float64[n]."""
    return 1 / np.diag(np.linalg.inv(covariance))


def gap(matrix):
    """(sum_i ln M_ii - ln det M)/2 in nats: D(Q||P) for the precision of P, D(P||Q) for its covariance.

    The first is ln P(X) less the best ELBO, the second the multi-information.
    """
    return float(np.log(np.diag(matrix)).sum() - np.linalg.slogdet(matrix)[1]) / 2


def divergence(mean, covariance, other_mean, other_covariance):
    """D(N(mean, covariance) || N(other_mean, other_covariance)) in nats.

    Parameters
    ----------
    mean, other_mean : ndarray, float64[n]
    covariance, other_covariance : ndarray, float64[n, n]

    Returns
    -------
    float
    """
    precision, shift = np.linalg.inv(other_covariance), other_mean - mean
    logs = np.linalg.slogdet(other_covariance)[1] - np.linalg.slogdet(covariance)[1]
    return float(np.trace(precision @ covariance) - len(shift) + shift @ precision @ shift + logs) / 2


def pair(rho):
    """Two variables of unit variance and correlation rho, float64[2, 2]; the gap is -ln(1 - rho^2)/2."""
    return np.array([[1.0, rho], [rho, 1.0]])
