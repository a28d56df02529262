"""What was measured at several points, or of several quantities at once, as columns and arrays."""

import numpy as np

from scripts.common.columns import pairs


def named_pairs(names, estimate):
    """`pairs` of an estimate of several values float64[m], by their names."""
    values = zip(estimate.value, estimate.err, strict=True)
    return pairs(**dict(zip(names, values, strict=True)))


def stacked(points):
    """Arrays over all points from a list of dicts, one for each point: dict of str to ndarray[n, ...]."""
    return {name: np.array([point[name] for point in points]) for name in points[0]}
