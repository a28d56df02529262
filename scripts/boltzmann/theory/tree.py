"""Spins on a tree, where the sum over all states is done by passing messages. beta = 1."""

import numpy as np

OPERATIONS = 4  # weights that a message between two spins adds up: two for each value of the receiver


def log_partition_function(parents, couplings, fields):
    """ln Z of E = - sum_i J_i s_i s_parent(i) - sum_i h_i s_i, and the number of weights added up.

    Parameters
    ----------
    parents : int[n - 1]
        Parent of spin i + 1, always an earlier spin; spin 0 is the root.
    couplings : float64[n - 1]
    fields : float64[n]

    Returns
    -------
    log_z : float
    operations : int
        4 (n - 1) + 2, against 2^n in the sum over states.
    """
    spins = np.array([-1.0, 1.0])
    messages = fields[:, None] * spins  # what is known of each spin so far, in logarithms
    operations = 0
    for i in range(len(fields) - 1, 0, -1):
        parent, J = parents[i - 1], couplings[i - 1]
        messages[parent] += np.logaddexp.reduce(messages[i][:, None] + J * np.outer(spins, spins), axis=0)
        operations += OPERATIONS
    return float(np.logaddexp.reduce(messages[0])), operations + 2


def coupling_matrix(parents, couplings):
    """The same couplings as a symmetric matrix, float64[n, n]."""
    n = len(parents) + 1
    J = np.zeros((n, n))
    J[np.arange(1, n), parents] = couplings
    return J + J.T
