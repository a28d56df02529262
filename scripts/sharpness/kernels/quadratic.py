r"""Stochastic gradient descent on the simplest loss there is.

Example k has the loss (theta - x_k)' H (theta - x_k) / 2 with the same diagonal H for all, so that the
gradient of a batch is H (theta - mean of its x): a quadratic valley with noise that is the same everywhere.
"""

import numpy as np
from numba import njit


@njit(cache=True)
def moments(theta, examples, curvature, rate, batch, steps, rng):
    """Run chains and average what tells equilibrium from a current.

    Parameters
    ----------
    theta : float64[M, 2]
        Chains, changed in place.
    examples : float64[n, 2]
        With mean zero.
    curvature : float64[2]
        Diagonal of H.
    rate : float
    batch : int
        Examples of each step, drawn with replacement.
    steps : int
    rng : numpy.random.Generator

    Returns
    -------
    float64[M, 4]
        Means over the steps of x^2, y^2, x y and of the turn x y' - y x' from each step to the next.
    """
    n, sums = len(examples), np.zeros((len(theta), 4))
    for chain in range(len(theta)):
        x, y = theta[chain]
        for _ in range(steps):
            pull_x, pull_y = 0.0, 0.0
            for _ in range(batch):
                k = int(rng.random() * n)
                pull_x += examples[k, 0]
                pull_y += examples[k, 1]
            next_x = x - rate * curvature[0] * (x - pull_x / batch)
            next_y = y - rate * curvature[1] * (y - pull_y / batch)
            sums[chain, 0] += x * x
            sums[chain, 1] += y * y
            sums[chain, 2] += x * y
            sums[chain, 3] += x * next_y - y * next_x
            x, y = next_x, next_y
        theta[chain] = x, y
    return sums / steps
