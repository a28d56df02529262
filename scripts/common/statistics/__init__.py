"""Honest error bars: correlated chains, functions of means, replicas and disorder.

Convention: the integrated autocorrelation time is tau = 1/2 + sum_{t>=1} rho(t), so
that a mean over n measurements has the variance 2 tau sigma^2 / n and is worth
n / (2 tau) independent ones. Every error is one standard error.
"""

from scripts.common.statistics import autocorrelation
from scripts.common.statistics.autocorrelation import (
    AutocorrelationError,
    AutocorrelationTime,
    autocovariance,
    correlated_mean,
    effective_sample_size,
    integrated_autocorrelation_time,
)
from scripts.common.statistics.binning import bin_means
from scripts.common.statistics.convergence import effective_size_bulk, effective_size_tail, r_hat
from scripts.common.statistics.estimate import Estimate, replica_mean, weighted_mean
from scripts.common.statistics.resampling import jackknife

__all__ = [
    "AutocorrelationError",
    "AutocorrelationTime",
    "Estimate",
    "autocorrelation",
    "autocovariance",
    "bin_means",
    "correlated_mean",
    "effective_sample_size",
    "effective_size_bulk",
    "effective_size_tail",
    "integrated_autocorrelation_time",
    "jackknife",
    "r_hat",
    "replica_mean",
    "weighted_mean",
]
