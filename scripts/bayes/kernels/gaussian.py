"""The best Gaussian by direct minimization, for what coordinate ascent and closed forms say of it."""

import numpy as np
from scipy.optimize import minimize

from scripts.bayes.kernels.energies import energy


def best_gaussian(problem, start, *, correlated, points=4):
    """The Gaussian of largest ELBO, by direct minimization; it knows the energy and nothing else.

    Parameters
    ----------
    problem : float64[k]
        Any problem whose energy is quadratic in two parameters, or nearly.
    start : float64[2]
        Means to begin with.
    correlated : bool
        Whether the Gaussian may have a covariance.
    points : int
        Of Gauss and Hermite in each direction; exact for polynomials up to degree 2 points - 1.

    Returns
    -------
    mean : float64[2]
    covariance : float64[2, 2]
    elbo : float
    """
    z, w = np.polynomial.hermite_e.hermegauss(points)
    Z, weights = np.stack(np.meshgrid(z, z), -1).reshape(-1, 2), np.outer(w, w).ravel() / (2 * np.pi)

    def root(x):
        return np.array([[np.exp(x[2]), 0.0], [x[4] if correlated else 0.0, np.exp(x[3])]])

    def negative_elbo(x):
        theta = x[:2] + Z @ root(x).T
        return weights @ [energy(each, problem, 1.0) for each in theta] - x[2] - x[3] - 1 - np.log(2 * np.pi)

    x = np.array([*start, 0.0, 0.0, 0.0][: 5 if correlated else 4])
    for _ in range(3):  # anew from where it stopped: the first curvature is a guess
        x = minimize(negative_elbo, x, method="BFGS", options={"gtol": 1e-8}).x
    return x[:2], root(x) @ root(x).T, -float(negative_elbo(x))
