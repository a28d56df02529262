"""The block Gibbs chain of a restricted Boltzmann machine as a matrix: spectrum, and exact contrastive
divergence.

The chain h -> v -> h' on the 2^H hidden states is reversible and, being a product of a conditional
expectation with its adjoint, has real eigenvalues from 0 to 1. Contrastive divergence (Hinton, Neural
Comput. 14, 1771 (2002), doi:10.1162/089976602760128018) replaces the model's expectations by those after k
steps from the data; what it misses decays with the second eigenvalue.
"""

import numpy as np
from scipy.special import expit

from scripts.boltzmann.theory.machine import states
from scripts.boltzmann.theory.rbm import probabilities, turned


def conditional(rbm, v=None):
    """P(h | v) of all hidden states for given visible ones (all, if none are given), float64[n, 2^H]."""
    fields = rbm.b + (states(len(rbm.a)) if v is None else v) @ rbm.W
    log_p = fields @ states(len(rbm.b)).T
    log_p -= np.logaddexp(0.0, fields).sum(1)[:, None]
    return np.exp(log_p, out=log_p)


def hidden_kernel(rbm):
    """Probability of h' one step after h, float64[2^H, 2^H]; rows sum to one."""
    return conditional(turned(rbm)) @ conditional(rbm)


def second_eigenvalue(rbm, kernel):
    """The largest eigenvalue of the `hidden_kernel` below that of the stationary state.

    In detailed balance, sqrt(p_h) K(h, h') / sqrt(p_h') is symmetric and has the spectrum of K.
    """
    root = np.sqrt(probabilities(turned(rbm)))
    symmetric = root[:, None] * kernel / root
    return float(np.linalg.eigvalsh((symmetric + symmetric.T) / 2)[-2])


def bias(rbm, kernel, data, weights, steps):
    """Model expectations of the k-step chain from the data less the true ones, exactly.

    Parameters
    ----------
    rbm : Rbm
    kernel : float64[2^H, 2^H]
        Its `hidden_kernel`.
    data : float64[n, V]
    weights : float64[n]
        Sum one.
    steps : sequence of int
        Values of k from 1, rising.

    Returns
    -------
    float64[len(steps), parameters]
        Of <v h>, <v>, <h>, with h at its mean given v as in the gradient. The difference of the two
        distributions is propagated, not their difference taken at the end: nothing cancels at large k.
    """
    up = conditional(turned(rbm))
    v, on = states(len(rbm.a)), expit(rbm.b + states(len(rbm.a)) @ rbm.W)
    stationary = probabilities(turned(rbm))
    left = weights @ conditional(rbm, data) - stationary
    done, found = 1, []
    for k in steps:
        while done < k:
            left, done = left @ kernel, done + 1
            left -= left.sum() * stationary  # rounding must not feed the eigenvalue 1
        p = left @ up
        found.append(np.concatenate([((v.T * p) @ on).ravel(), p @ v, p @ on]))
    return np.array(found)
