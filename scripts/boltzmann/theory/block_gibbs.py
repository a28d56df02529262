"""The block Gibbs chain of a restricted Boltzmann machine as a matrix: spectrum, and exact contrastive divergence.

The chain h -> v -> h' on the 2^H hidden states is reversible and, being a product of a conditional
expectation with its adjoint, has real eigenvalues from 0 to 1. Contrastive divergence (Hinton, Neural
Comput. 14, 1771 (2002), doi:10.1162/089976602760128018) replaces the model's expectations by those after k
steps from the data; what it misses decays with the second eigenvalue.
"""

import numpy as np
from scipy.special import expit

from scripts.boltzmann.parameters import Rbm
from scripts.boltzmann.theory.machine import states
from scripts.boltzmann.theory.rbm import model_expectations, turned


def conditional(rbm):
    """P(h | v) for all states, float64[2^V, 2^H]."""
    h = states(len(rbm.b))
    on = expit(rbm.b + states(len(rbm.a)) @ rbm.W)
    found = np.ones((len(on), len(h)))
    for j in range(len(rbm.b)):
        found *= np.where(h[:, j] == 1, on[:, j, None], 1 - on[:, j, None])
    return found


def hidden_kernel(rbm):
    """Probability of h' one step after h, float64[2^H, 2^H]; rows sum to one."""
    return conditional(turned(rbm)) @ conditional(rbm)


def second_eigenvalue(kernel):
    """The largest eigenvalue below that of the stationary state."""
    found = np.sort(np.linalg.eigvals(kernel).real)
    return float(found[-2])


def expectations_after(rbm, data, weights, steps):
    """<v h>, <v>, <h> after k steps h, v from the data.

    Parameters
    ----------
    rbm : Rbm
    data : float64[n, V]
    weights : float64[n]
        Sum one.
    steps : sequence of int
        Values of k from 1, rising.

    Yields
    ------
    Rbm
        With h taken at its mean given v, as in the gradient. Exact.
    """
    kernel, up = hidden_kernel(rbm), conditional(turned(rbm))
    v, on = states(len(rbm.a)), expit(rbm.b + states(len(rbm.a)) @ rbm.W)
    h = weights @ _rows(conditional(rbm), data)  # P(h) given the data
    done = 1
    for k in steps:
        while done < k:
            h, done = h @ kernel, done + 1
        p = h @ up  # of the visible states after k steps
        yield Rbm((v.T * p) @ on, p @ v, p @ on)


def _rows(table, data):
    """Rows of a table over visible states for given ones."""
    return table[(data.astype(int) @ (1 << np.arange(data.shape[1])))]


def bias(rbm, data, weights, steps):
    """Exact gradient of CD-k less that of the likelihood, float64[len(steps), parameters]."""
    model, _ = model_expectations(rbm)
    return np.array(
        [
            np.concatenate([(m - f).ravel() for m, f in zip(model, found, strict=True)])
            for found in expectations_after(rbm, data, weights, steps)
        ]
    )
