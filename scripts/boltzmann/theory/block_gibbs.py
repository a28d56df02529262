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


def conditional(rbm):
    """P(h | v) for all states, float64[2^V, 2^H]."""
    fields = rbm.b + states(len(rbm.a)) @ rbm.W
    log_p = fields @ states(len(rbm.b)).T
    log_p -= np.logaddexp(0.0, fields).sum(1)[:, None]
    return np.exp(log_p, out=log_p)


def hidden_kernel(rbm):
    """Probability of h' one step after h, float64[2^H, 2^H]; rows sum to one."""
    return conditional(turned(rbm)) @ conditional(rbm)


def second_eigenvalue(rbm):
    """The largest eigenvalue of the chain below that of the stationary state.

    In detailed balance, sqrt(p_h) K(h, h') / sqrt(p_h') is symmetric and has the spectrum of K.
    """
    root = np.sqrt(probabilities(turned(rbm)))
    symmetric = root[:, None] * hidden_kernel(rbm) / root
    return float(np.linalg.eigvalsh((symmetric + symmetric.T) / 2)[-2])


def bias(rbm, data, weights, steps):
    """Model expectations of the k-step chain from the data less the true ones, exactly.

    Parameters
    ----------
    rbm : Rbm
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
    kernel, up = hidden_kernel(rbm), conditional(turned(rbm))
    v, on = states(len(rbm.a)), expit(rbm.b + states(len(rbm.a)) @ rbm.W)
    stationary = probabilities(turned(rbm))
    left = weights @ conditional(rbm)[_numbers(data)] - stationary
    done, found = 1, []
    for k in steps:
        while done < k:
            left, done = left @ kernel, done + 1
            left -= left.sum() * stationary  # rounding must not feed the eigenvalue 1
        p = left @ up
        found.append(np.concatenate([((v.T * p) @ on).ravel(), p @ v, p @ on]))
    return np.array(found)


def _numbers(data):
    """Numbers of given visible states in the order of `states`."""
    return data.astype(int) @ (1 << np.arange(data.shape[1]))
