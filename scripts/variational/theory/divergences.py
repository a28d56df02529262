r"""Divergences, free energies and bounds of discrete distributions, each from its own definition.

k_B = 1. For states x with energies E(x), P = e^{-beta E}/Z, and any distribution Q:

    D(Q||P) = sum_x Q ln(Q/P),   F[Q] = sum_x Q E + T sum_x Q ln Q,   F = -T ln Z,

and for a joint distribution P(X, Z) at fixed X: ELBO = sum_z Q(z) [ln P(X, z) - ln Q(z)].

Every function takes distributions along the last axis and sums over it; 0 ln 0 = 0.
"""

import numpy as np
from scipy.special import entr, logsumexp, xlogy


def divergence(Q, P):
    """D(Q||P) in nats; infinite where P vanishes and Q does not.

    Parameters
    ----------
    Q, P : ndarray, float64[..., n]

    Returns
    -------
    ndarray, float64[...]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(Q > 0, Q * (np.log(Q) - np.log(P)), 0.0)
    return terms.sum(-1)


def entropy(Q):
    """-sum Q ln Q in nats."""
    return entr(Q).sum(-1)


def canonical(E, beta):
    """P = e^{-beta E}/Z, float64[..., n]; beta broadcasts over the leading axes of E."""
    weights = np.exp(-np.asarray(beta)[..., None] * (E - np.min(E, axis=-1, keepdims=True)))
    return weights / weights.sum(-1, keepdims=True)


def log_partition_function(E, beta):
    """ln Z."""
    return logsumexp(-np.asarray(beta)[..., None] * E, axis=-1)


def variational_free_energy(Q, E, beta):
    """F[Q] = <E>_Q - T S(Q)."""
    return (Q * E).sum(-1) - entropy(Q) / beta


def free_energy(E, beta):
    """F = -T ln Z."""
    return -log_partition_function(E, beta) / beta


def elbo(Q, log_joint):
    """sum Q (ln P(X, Z) - ln Q), without the posterior.

    Parameters
    ----------
    Q : ndarray, float64[..., n]
    log_joint : ndarray, float64[..., n]
        ln P(X, Z) for the data X.
    """
    return (Q * log_joint - xlogy(Q, Q)).sum(-1)


def jensen_shannon_distance(P, Q):
    """Square root of the mean divergence to the mean, which is a distance.

    Source: D. M. Endres and J. E. Schindelin, IEEE Trans. Inf. Theory 49, 1858 (2003),
    doi:10.1109/TIT.2003.813506.
    """
    M = (P + Q) / 2
    return np.sqrt(np.maximum((divergence(P, M) + divergence(Q, M)) / 2, 0.0))
