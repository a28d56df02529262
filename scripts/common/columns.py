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


def stacked(points):
    """Arrays over all points from a list of dicts, one for each point: dict of str to ndarray[n, ...]."""
    return {name: np.array([point[name] for point in points]) for name in points[0]}
