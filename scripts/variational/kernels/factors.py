r"""Coordinate ascent from the general formula, ln q_j = E[ln P(X, Z)] over all other factors + const.

For any table ln P(X, z_1 .. z_n) at fixed X; nothing here knows of spins or fields. A Gaussian has its
own form: for ln P = -x'Ax/2 + b'x + const. the best factor is N((b_j - sum_k A_jk m_k)/A_jj, 1/A_jj).

Source: C. M. Bishop, Pattern Recognition and Machine Learning (2006), equations 10.9 and 10.13.
"""

import numpy as np


def best_factor(log_joint, factors, j):
    """The best factor of one variable, all others held.

    Parameters
    ----------
    log_joint : ndarray, float64[k_1, .., k_n]
        ln P(X, Z) for every value of every variable, up to a constant.
    factors : list of ndarray
        q_1 .. q_n.
    j : int

    Returns
    -------
    ndarray, float64[k_j]
    """
    mean = np.moveaxis(log_joint, j, 0)
    for i in reversed(range(len(factors))):
        if i != j:
            mean = mean @ factors[i]
    q = np.exp(mean - mean.max())
    return q / q.sum()


def elbo(log_joint, factors):
    """E[ln P(X, Z)] + sum of the entropies, by the table."""
    mean = log_joint
    for q in reversed(factors):
        mean = mean @ q
    return float(mean) - sum(float(q[q > 0] @ np.log(q[q > 0])) for q in factors)


def coordinate_ascent(log_joint, factors, tolerance=1e-15, limit=1000):
    """All factors in turn until none moves by more than ``tolerance``; returns the factors."""
    factors = [np.array(q, dtype=float) for q in factors]
    for _ in range(limit):
        largest = 0.0
        for j in range(len(factors)):
            new = best_factor(log_joint, factors, j)
            largest, factors[j] = max(largest, np.abs(new - factors[j]).max()), new
        if largest <= tolerance:
            break
    return factors


def gaussian_ascent(A, b, limit=20_000):
    """Coordinate ascent for a Gaussian posterior.

    Parameters
    ----------
    A : ndarray, float64[d, d]
        Precision.
    b : ndarray, float64[d]

    Returns
    -------
    mean, variance : ndarray, float64[d]
        Of the independent factors.
    """
    m = np.zeros(len(b))
    for _ in range(limit):
        old = m.copy()
        for j in range(len(b)):
            m[j] = (b[j] - A[j] @ m + A[j, j] * m[j]) / A[j, j]
        if np.abs(m - old).max() <= 1e-15:
            break
    return m, 1 / np.diag(A)


def gaussian_elbo(A, b, constant, mean, variance):
    """ELBO of independent Gaussians for ln P(X, x) = -x'Ax/2 + b'x + constant."""
    energy = (mean @ A @ mean + np.diag(A) @ variance) / 2 - b @ mean - constant
    return float(np.log(2 * np.pi * np.e * variance).sum() / 2 - energy)
