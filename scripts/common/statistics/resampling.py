"""Jackknife and bootstrap for any function of means.

A function of means takes ``means`` of shape [..., k] (k columns, such as moments) and
returns an array [...] or [..., m]: written with the columns on the last axis it serves
one set of means and a thousand alike, without a loop.
"""

import numpy as np

from scripts.common.statistics.binning import bin_means
from scripts.common.statistics.estimate import Estimate


def jackknife_replicates(blocks, function):
    """Values of a function of means with one block left out at a time.

    Parameters
    ----------
    blocks : float64[B, k]
        Means over B independent blocks or replicas of equal length, B >= 2.
    function : callable
        float64[..., k] -> float64[...] or float64[..., m].

    Returns
    -------
    float64[B] or float64[B, m]
    """
    blocks = np.asarray(blocks, dtype=float)
    n = len(blocks)
    if n < 2:
        raise ValueError(f"a jackknife needs at least 2 blocks, not {n}")
    return function((blocks.sum(axis=0) - blocks) / (n - 1))


def jackknife(blocks, function, *, bias_corrected=False):
    """A function of means, with its standard error.

    Parameters
    ----------
    blocks, function
        As in `jackknife_replicates`.
    bias_corrected : bool
        Take off the bias of order 1/B: B f - (B - 1) <f_jackknife>.

    Returns
    -------
    Estimate
        err^2 = (B - 1)/B sum (f_b - <f>)^2, with B - 1 degrees of freedom
        (Efron, The Jackknife, the Bootstrap and Other Resampling Plans, SIAM 1982).

    Raises
    ------
    ValueError
        With fewer than two blocks.
    """
    replicates = jackknife_replicates(blocks, function)
    n = len(replicates)
    value, center = function(np.mean(blocks, axis=0)), replicates.mean(axis=0)
    err = np.sqrt((n - 1) * np.mean((replicates - center) ** 2, axis=0))
    return Estimate(n * value - (n - 1) * center if bias_corrected else value, err, n - 1)


def jackknife_covariance(blocks, function):
    """Covariance matrix, float64[m, m], of a function of means that returns m values."""
    replicates = jackknife_replicates(blocks, function)
    n = len(replicates)
    deviations = replicates - replicates.mean(axis=0)
    return (n - 1) / n * deviations.T @ deviations


def bootstrap_replicates(samples, function, rng, *, n_resamples=1000):
    """Values of a function of means over samples drawn with replacement.

    Parameters
    ----------
    samples : float64[B, k]
        Independent samples: blocks, replicas, or realizations of disorder.
    function : callable
        float64[..., k] -> float64[...] or float64[..., m].
    rng : numpy.random.Generator
    n_resamples : int

    Returns
    -------
    float64[n_resamples] or float64[n_resamples, m]
    """
    samples = np.asarray(samples, dtype=float)
    n = len(samples)
    counts = rng.multinomial(n, np.full(n, 1 / n), size=n_resamples)
    return function(counts @ samples / n)


def bootstrap(samples, function, rng, *, n_resamples=1000):
    """A function of means, with its standard error by the bootstrap.

    Parameters
    ----------
    samples, function, rng, n_resamples
        As in `bootstrap_replicates`.

    Returns
    -------
    Estimate
        The factor B/(B - 1) makes the squared error of a plain mean unbiased.

    Raises
    ------
    ValueError
        With fewer than two samples.
    """
    n = len(samples)
    if n < 2:
        raise ValueError(f"a bootstrap needs at least 2 samples, not {n}")
    replicates = bootstrap_replicates(samples, function, rng, n_resamples=n_resamples)
    err = replicates.std(axis=0, ddof=1) * np.sqrt(n / (n - 1))
    return Estimate(function(np.mean(samples, axis=0)), err, n - 1)


def block_bootstrap(series, function, rng, *, size, n_resamples=1000):
    """Bootstrap of correlated data: whole blocks are drawn, so that correlations stay inside.

    Parameters
    ----------
    series : float64[n, k]
        Successive measurements of k columns.
    function, rng, n_resamples
        As in `bootstrap_replicates`.
    size : int
        Length of a block; with 20 tau or more the error is short by under 3 %.

    Returns
    -------
    Estimate
    """
    return bootstrap(bin_means(series, size), function, rng, n_resamples=n_resamples)
