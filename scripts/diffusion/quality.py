"""How like the data a sample is: optimal transport, weights of modes, nearest neighbors.

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


def misplaced(a, b, other, n_parts, hop):
    """Share of points that would have to hop to a neighboring mode, were that all that is wrong.

    The squared W2 of a from b beyond that of other from b, in units of hop^2, as a mean over parts: the
    distance that real data keep from each other by chance is taken off.

    Parameters
    ----------
    a, b, other : float64[n, d]
        What is judged, data, and other data.
    n_parts : int
    hop : float
        Distance of neighboring modes.
    """
    sets = (np.array_split(each, n_parts) for each in (a, b, other))
    excess = [transport(x, y) ** 2 - transport(z, y) ** 2 for x, y, z in zip(*sets, strict=True)]
    return float(np.mean(excess)) / hop**2


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


def weights_distance(a, centers):
    """Total variation between the shares of the modes and equal ones."""
    shares = np.bincount(nearest_mode(a, centers), minlength=len(centers)) / len(a)
    return float(0.5 * np.abs(shares - 1 / len(centers)).sum())
