"""Rows and arrays from what was measured at single points."""

import numpy as np


def with_errors(**estimates):
    """Columns ``name`` and ``name_err`` of each estimate.

    Parameters
    ----------
    **estimates : Estimate, or another sequence that begins with a value and its error

    Returns
    -------
    dict of str to float or ndarray
    """
    columns = {}
    for name, (value, err, *_) in estimates.items():
        columns |= {name: value, f"{name}_err": err}
    return columns


def each_with_error(names, estimate):
    """Columns of an estimate of several values, float64[m] each, by their names."""
    pairs = zip(estimate.value, estimate.err, strict=True)
    return with_errors(**dict(zip(names, pairs, strict=True)))


def stacked(points):
    """Arrays over all points from a list of dicts, one for each point: dict of str to ndarray[n, ...]."""
    return {name: np.array([point[name] for point in points]) for name in points[0]}
