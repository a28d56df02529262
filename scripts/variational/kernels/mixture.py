r"""EM for a mixture of Gaussians, both steps as ascent of one function, the ELBO L(Q, theta) = -F[Q, theta].

X are points, Z the labels that nobody gave, Q(Z) the responsibilities. The E step sets Q to the posterior,
where the divergence is zero; the M step raises L in theta = (weights, means, covariances).

Source: R. M. Neal and G. E. Hinton, in Learning in Graphical Models (1998), p. 355.
"""

import numpy as np
from scipy.special import logsumexp, xlogy

PUSH = 0.005  # of the parameters after an M step, half of a fault of one per cent


def log_joint(X, weights, means, covariances):
    """ln P(x, z), float64[n, K]."""
    columns = []
    for weight, mean, covariance in zip(weights, means, covariances, strict=True):
        root = np.linalg.cholesky(covariance)
        scaled = np.linalg.solve(root, (X - mean).T)
        norm = np.log(np.diag(root)).sum() + X.shape[1] * np.log(2 * np.pi) / 2
        columns.append(np.log(weight) - norm - (scaled**2).sum(0) / 2)
    return np.stack(columns, axis=1)


def posterior(joint):
    """Responsibilities, float64[n, K]."""
    return np.exp(joint - logsumexp(joint, axis=1, keepdims=True))


def bound(joint, Q):
    """The ELBO per point; equal to the log-likelihood if Q is the posterior."""
    return float((Q * joint - xlogy(Q, Q)).sum() / len(Q))


def best_parameters(X, Q):
    """Weights [K], means [K, d] and covariances [K, d, d] that maximize the ELBO at fixed Q."""
    counts = Q.sum(0)
    means = Q.T @ X / counts[:, None]
    covariances = np.stack([
        ((X - mean).T * q) @ (X - mean) / count
        for q, mean, count in zip(Q.T, means, counts, strict=True)
    ])  # fmt: skip
    return counts / len(X), means, covariances


def descend(X, components, iterations, rng):
    """Run EM from means on random points.

    Parameters
    ----------
    X : ndarray, float64[n, d]
    components, iterations : int
    rng : numpy.random.Generator

    Returns
    -------
    trace : ndarray, float64[2 * iterations, 4]
        After each E step and each M step: ELBO, divergence D(Q||P(Z|X)) by its own sum, and
        log-likelihood, each per point, in nats; after an M step what the ELBO gains at most if all
        covariances, or all means, are pushed aside by `PUSH`, which is never above zero.
    parameters : tuple
        Weights, means, covariances.
    """
    d = X.shape[1]
    parameters = (
        np.full(components, 1 / components),
        X[rng.choice(len(X), components, replace=False)],
        np.repeat(np.cov(X.T).reshape(1, d, d) / components, components, axis=0),
    )
    trace, joint = [], log_joint(X, *parameters)
    for _ in range(iterations):
        Q = posterior(joint)
        trace.append((*_state(joint, Q), np.nan))
        parameters = best_parameters(X, Q)
        joint = log_joint(X, *parameters)
        trace.append((*_state(joint, Q), _gain(X, Q, parameters) - bound(joint, Q)))
    return np.array(trace), parameters


def _gain(X, Q, parameters):
    """Largest ELBO at fixed Q with covariances, or means, pushed aside to both sides."""
    weights, means, covariances = parameters
    pushed = [(means, factor * covariances) for factor in (1 - PUSH, 1 + PUSH)]
    pushed += [(means + shift, covariances) for shift in (-PUSH, PUSH)]
    return max(bound(log_joint(X, weights, *each), Q) for each in pushed)


def _state(joint, Q):
    P = posterior(joint)
    divergence = float((xlogy(Q, Q) - xlogy(Q, P)).sum() / len(Q))
    return bound(joint, Q), divergence, float(logsumexp(joint, axis=1).mean())
