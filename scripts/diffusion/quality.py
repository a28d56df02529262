"""How like the data a sample is: optimal transport, weights and width of modes, nearest neighbors.

Each measure is taken of several batches against fresh data: mean and error over the batches. Its floor
is the same measure between two sets of real data.
"""

import numpy as np
from scipy.spatial.distance import cdist

SLICES = 64


def shared(a, reference):
    """Share of points that stand in a reference set."""
    return float(np.mean(cdist(a, reference).min(1) == 0.0))


def sliced(a, b, rng):
    """W2 averaged (in squares) over random directions, where sorting is the best assignment."""
    directions = rng.standard_normal((a.shape[1], SLICES))
    directions /= np.linalg.norm(directions, axis=0)
    return float(np.sqrt(np.mean((np.sort(a @ directions, 0) - np.sort(b @ directions, 0)) ** 2)))


def nearest(a, reference):
    """Mean distance of points to the nearest one of a reference set."""
    return float(cdist(a, reference).min(1).mean())


def nearest_mode(a, centers):
    """Index of the center nearest to each point, int64[n]."""
    return cdist(a, centers).argmin(1)


def weights_error(a, centers):
    """Mean squared relative error of the modes' weights, which are equal, beyond what counting gives."""
    n, modes = len(a), len(centers)
    shares = np.bincount(nearest_mode(a, centers), minlength=modes) / n
    return float(np.mean((modes * shares - 1) ** 2) - (modes - 1) / n)


def width(a, centers, deviation):
    """Mean squared distance to the nearest mode, as a multiple of that of Gaussians of this deviation."""
    return float(np.mean(cdist(a, centers, "sqeuclidean").min(1)) / (a.shape[1] * deviation**2))
