"""How like the data a sample is: optimal transport, kernels, weights of modes, nearest neighbors.

Each measure is taken of several batches against fresh data: mean and error over the batches. Its floor
is the same measure between two sets of real data.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

SLICES = 64


def transport(a, b):
    """W2 between two equal numbers of points, by the best assignment."""
    cost = cdist(a, b, "sqeuclidean")
    return float(np.sqrt(cost[linear_sum_assignment(cost)].mean()))


def sliced(a, b, rng):
    """W2 averaged (in squares) over random directions, where sorting is the best assignment."""
    directions = rng.standard_normal((a.shape[1], SLICES))
    directions /= np.linalg.norm(directions, axis=0)
    return float(np.sqrt(np.mean((np.sort(a @ directions, 0) - np.sort(b @ directions, 0)) ** 2)))


def discrepancy(a, b):
    """Squared maximum mean discrepancy, unbiased, with a Gaussian kernel of the data's median width."""
    width = np.median(cdist(b[:400:2], b[1:400:2], "sqeuclidean")) / 2

    def mean(x, y, same):
        kernel = np.exp(-cdist(x, y, "sqeuclidean") / (2 * width))
        n = len(x)
        return (kernel.sum() - n) / (n * (n - 1)) if same else kernel.mean()

    return float(mean(a, a, True) + mean(b, b, True) - 2 * mean(a, b, False))


def nearest(a, reference):
    """Mean distance of points to the nearest one of a reference set."""
    return float(cdist(a, reference).min(1).mean())


def weights_distance(a, centers):
    """Total variation between the shares of the modes and equal ones."""
    shares = np.bincount(cdist(a, centers).argmin(1), minlength=len(centers)) / len(a)
    return float(0.5 * np.abs(shares - 1 / len(centers)).sum())
