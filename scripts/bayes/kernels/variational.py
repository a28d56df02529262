"""Mean-field variational inference of the LINEAR model: each coefficient Gaussian, all independent."""

import numpy as np


def coordinate_ascent(problem, n_sweeps):
    """Means after each sweep of coordinate ascent, and the variances, which the first sweep settles.

    Parameters
    ----------
    problem : float64[k]
        A LINEAR one.
    n_sweeps : int

    Returns
    -------
    means : float64[n_sweeps + 1, d]
        From the mean of the prior on.
    variances : float64[d]

    Notes
    -----
    q_i is the Gaussian with ln q_i = <ln P(D, theta)> over the others: its variance is 1/A_ii and
    its mean solves row i of A m = G c for the present others, with A = G + alpha, G the
    precision that the data give and c the least-squares coefficients. One sweep is one Gauss-Seidel
    step and needs the data once.
    """
    d = int(problem[1])
    best, G = problem[4 : 4 + d], problem[4 + d :].reshape(d, d)
    A, right = G + problem[2] * np.eye(d), G @ best
    means = np.zeros((n_sweeps + 1, d))
    for t in range(n_sweeps):
        mean = means[t].copy()
        for i in range(d):
            mean[i] += (right[i] - A[i] @ mean) / A[i, i]
        means[t + 1] = mean
    return means, 1 / np.diag(A)
