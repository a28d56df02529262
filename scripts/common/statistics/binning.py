"""Binning: means over longer and longer bins, whose scatter grows to the true error."""

from typing import NamedTuple

import numpy as np


class Binning(NamedTuple):
    """Error of the mean as a function of the bin size.

    Attributes
    ----------
    sizes : int64[k]
        Bin sizes 1, 2, 4, ...
    errs, errs_err : float64[k]
        Naive error of the mean of the bins, and its own error.
    chosen : int or None
        Position of the bin size to be read off; None if no bin is long enough.
    """

    sizes: np.ndarray
    errs: np.ndarray
    errs_err: np.ndarray
    chosen: int | None

    @property
    def tau(self):
        """Integrated autocorrelation time of each bin size, (err / err_1)^2 / 2: float64[k]."""
        return 0.5 * (self.errs / self.errs[0]) ** 2


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


def binning(series, *, fewest=16):
    """Binning analysis of one chain.

    Parameters
    ----------
    series : float64[n]
    fewest : int
        Bins in the last level.

    Returns
    -------
    Binning
        ``chosen`` is the smallest bin size b with b^3 > 2 n (2 tau_b)^2, where bias and
        noise of the error balance: Lee et al., Phys. Rev. E 83, 066706 (2011),
        doi:10.1103/PhysRevE.83.066706.

    Raises
    ------
    ValueError
        If the chain has fewer than ``fewest`` measurements.
    """
    n = len(series)
    if n < fewest:
        raise ValueError(f"a binning analysis needs at least {fewest} measurements, not {n}")
    sizes = 2 ** np.arange(int(np.log2(n // fewest)) + 1)
    levels = [bin_means(series, size) for size in sizes]
    errs = np.array([level.std(ddof=1) / np.sqrt(len(level)) for level in levels])
    errs_err = errs / np.sqrt([2 * (len(level) - 1) for level in levels])
    with np.errstate(invalid="ignore"):
        long_enough = sizes**3.0 > 2 * n * np.nan_to_num((errs / errs[0]) ** 4, nan=1.0)
    return Binning(sizes, errs, errs_err, int(np.argmax(long_enough)) if long_enough.any() else None)
