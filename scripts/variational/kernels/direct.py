"""Answers by general methods: quadrature, minimization and matrices, for models that have closed forms."""

import numpy as np
from scipy import linalg, special
from scipy.integrate import quad
from scipy.optimize import minimize

from scripts.common.enumeration import energies, spins


def coin_evidence(a, b, heads, throws):
    """ln of the integral of likelihood times prior Beta(a, b) over the bias of the coin."""

    def total(up, down):
        return quad(lambda p: p ** (up - 1) * (1 - p) ** (down - 1), 0, 1, epsabs=1e-16, epsrel=1e-13)[0]

    return float(np.log(total(a + heads, b + throws - heads) / total(a, b)))


def regression_evidence(X, y, alpha, lam):
    """ln P(y) of a linear regression: y is Gaussian with the covariance 1/lam + X X'/alpha."""
    K = np.eye(len(y)) / lam + X @ X.T / alpha
    return float(-(y @ np.linalg.solve(K, y) + np.linalg.slogdet(2 * np.pi * K)[1]) / 2)


def least_free_energy(E, T):
    """Smallest F[Q] over all distributions of levels E, whatever their shape."""

    def free_energy(x):
        Q = special.softmax(x)
        return Q @ E - T * special.entr(Q).sum()

    return float(minimize(free_energy, np.zeros(len(E)), method="BFGS", options={"gtol": 1e-10}).fun)


def die_entropy(mean):
    """Largest entropy of a die with a known mean, by Newton's method on the four free directions."""
    k = np.arange(1.0, 7.0)
    p = 1 / 6 + (mean - 3.5) * (k - 3.5) / 17.5  # has the mean, and no negative face
    free = np.linalg.svd(np.array([np.ones(6), k]))[2][2:]  # directions that keep the sum and the mean
    for _ in range(50):
        step = free.T @ np.linalg.solve(free @ np.diag(1 / p) @ free.T, free @ -np.log(p))
        shrink = 1.0
        while np.any(p + shrink * step <= 0):
            shrink /= 2
        p = p + shrink * step
    return float(-(p @ np.log(p)))


def least_divergence(J, h, start):
    """Means of the independent spins of least D(Q||P), a sum over all states, float64[n]."""
    s, E = spins(np.arange(2 ** len(h)), len(h)), energies(J, h)
    P = np.exp(-E - special.logsumexp(-E))

    def divergence(x):
        return special.rel_entr(((1 + s * np.tanh(x)) / 2).prod(1), P).sum()

    return np.tanh(minimize(divergence, np.arctanh(start), method="BFGS", options={"gtol": 1e-9}).x)


def independent_gaussians(covariance, direction):
    """Best independent Gaussians for N(0, covariance).

    Parameters
    ----------
    covariance : ndarray, float64[n, n]
    direction : {"reverse", "forward"}
        D(Q||P) or D(P||Q).

    Returns
    -------
    variances : ndarray, float64[n]
    divergence : float
        In nats: sum (x - 1 - ln x)/2 over the eigenvalues x of one covariance relative to the other.
    """

    def divergence(logs):
        first, second = np.diag(np.exp(logs)), covariance
        first, second = (first, second) if direction == "reverse" else (second, first)
        x = linalg.eigh(first, second, eigvals_only=True)
        return float((x - 1 - np.log(x)).sum() / 2)

    start = 0.1 * (-1.0) ** np.arange(len(covariance))
    found = minimize(divergence, start, method="BFGS", options={"gtol": 1e-9})
    return np.exp(found.x), float(found.fun)
