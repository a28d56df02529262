"""Means over successive bins of a chain."""

import numpy as np


def bin_means(series, size):
    """Means over successive bins of a chain; a rest at the START is left out.

    Parameters
    ----------
    series : float64[n, ...]
    size : int

    Returns
    -------
    float64[n // size, ...]
    """
    series = np.asarray(series)
    n_bins = len(series) // size
    tail = series[len(series) - n_bins * size :]
    return tail.reshape(n_bins, size, *series.shape[1:]).mean(axis=1)
