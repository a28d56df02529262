r"""Integrated autocorrelation time of a chain, or of many replicas of one, and the error of a mean.

With rho(t) the normalized autocovariance,

.. math:: \tau = \tfrac12 + \sum_{t \ge 1} \rho(t), \qquad
          \mathrm{Var}(\bar x) = 2 \tau \sigma^2 / n .

The sum stops at Sokal's window, the smallest W >= c tau(W) (Madras and Sokal, J. Stat.
Phys. 50, 109 (1988), doi:10.1007/BF01022990): later terms add noise and, for
correlations that decay exponentially, less than e^-c of tau. The bias of the sum is
removed as by Wolff, Comput. Phys. Commun. 156, 143 (2004), doi:10.1016/S0010-4655(03)00467-3.
Its error follows from the spectrum (see `_scatter`): the usual bounds, 4W + 2 (Madras and
Sokal) and 4W + 2 - 4 tau (Wolff) times tau^2/n, are 25 and 15 % too long at c = 6.
"""

from typing import NamedTuple

import numpy as np
from scipy import fft

from scripts.common.io import InputError
from scripts.common.statistics.estimate import Estimate

WINDOW = 6.0  # c of the window: e^-6 = 0.25 % of tau is left out
SHORTEST = 100.0  # measurements per tau below which tau cannot be trusted


class AutocorrelationError(InputError):
    """The chain is too short for its autocorrelation time.

    Attributes
    ----------
    tau : float
        The estimate, in steps between measurements; it tends to be too small.
    n : int
        Measurements, over all replicas.
    """

    def __init__(self, tau, n, shortest=SHORTEST):
        self.tau, self.n = float(tau), int(n)
        super().__init__(
            f"{n} measurements are too few for an autocorrelation time of {tau:.3g} or more:"
            f" about {int(np.ceil(shortest * max(tau, 0.5)))} are needed"
        )

    def __reduce__(self):
        return type(self), (self.tau, self.n)


class AutocorrelationTime(NamedTuple):
    """Integrated autocorrelation time and its standard error, in steps between measurements.

    ``window`` is the last lag of the sum, ``variance`` that of one measurement, ``n``
    the measurements over all replicas, ``degrees_of_freedom`` those of the error of the mean.
    """

    tau: float
    err: float
    window: int
    variance: float
    n: int
    degrees_of_freedom: float


def autocovariance(series):
    """Autocovariance of a chain, or its average over replicas around their common mean.

    Parameters
    ----------
    series : float64[n] or float64[n, R]
        Time runs along the first axis.

    Returns
    -------
    float64[n]
        sum_i (x_i - mean)(x_{i+t} - mean) / (n - t) for t = 0 .. n - 1, by FFT with
        zero padding. Deviations are taken from the mean over all replicas: a replica
        stuck far from the others shows as a long correlation, not as none.
    """
    columns = _columns(series)
    n, replicas = columns.shape
    size = fft.next_fast_len(2 * n, real=True)
    mean = columns.mean()
    power = np.zeros(size // 2 + 1)
    for column in columns.T:  # one at a time: 64 long chains would not fit in memory at once
        power += np.abs(fft.rfft(column - mean, size)) ** 2
    return fft.irfft(power, size)[:n] / (replicas * (n - np.arange(n)))


def integrated_autocorrelation_time(series, *, window=WINDOW, shortest=SHORTEST):
    """Integrated autocorrelation time tau = 1/2 + sum rho(t), with its error.

    Parameters
    ----------
    series : float64[n] or float64[n, R]
        One chain, or R replicas of it in equilibrium.
    window : float
        c in Sokal's rule W >= c tau(W).
    shortest : float
        Measurements wanted per tau, counted over all replicas.

    Returns
    -------
    AutocorrelationTime
        A series that never changes has tau = 1/2 and variance 0.

    Raises
    ------
    AutocorrelationError
        If there are fewer than ``shortest`` measurements per tau, or if a chain is
        shorter than three windows, so that the estimate cannot be trusted.
    """
    covariance = autocovariance(series)
    length, n = len(covariance), np.size(series)
    if covariance[0] <= 0:
        return AutocorrelationTime(0.5, 0.0, 0, 0.0, n, n - 1.0)
    sums = np.cumsum(covariance) - covariance[0] / 2
    lags = np.arange(length)
    closed = np.flatnonzero(lags >= window * np.maximum(sums / covariance[0], 0.5))
    last = int(closed[0]) if len(closed) else int(np.argmax(sums))
    long_run = 2 * sums[last] * (1 + (2 * last + 1) / n)  # undoes the bias of the subtracted mean
    variance = covariance[0] + long_run / n
    tau = long_run / (2 * variance)
    if not len(closed) or 3 * last > length or n < shortest * tau or tau <= 0:
        raise AutocorrelationError(tau, n, shortest)
    in_sum, in_ratio = _scatter(covariance[: last + 1] / covariance[0])
    err = tau * np.sqrt(2 * in_ratio / n)
    return AutocorrelationTime(float(tau), float(err), last, float(variance), n, float(n / in_sum))


def effective_sample_size(n, tau):
    """Independent measurements that n correlated ones are worth: n / (2 tau)."""
    return n / (2 * tau)


def correlated_mean(series, **options):
    """Mean of a correlated chain (or of replicas of one) with its standard error sqrt(2 tau sigma^2 / n).

    Parameters
    ----------
    series : float64[n] or float64[n, R]
    **options
        Of `integrated_autocorrelation_time`.

    Returns
    -------
    Estimate
        The degrees of freedom are those of a chi-square with the variance of the windowed
        sum: about n / (2 W).

    Raises
    ------
    AutocorrelationError
        If the chain is too short.
    """
    time = integrated_autocorrelation_time(series, **options)
    err = np.sqrt(2 * time.tau * time.variance / time.n)
    return Estimate(float(np.mean(series)), float(err), time.degrees_of_freedom)


def _columns(series):
    columns = np.asarray(series, dtype=float)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2 or len(columns) < 2:
        raise ValueError(f"a series has shape [n] or [n, R] with n >= 2, not {list(np.shape(series))}")
    return columns


def _scatter(rho):
    """Relative variances, times n/2, of the windowed sum and of its ratio to the variance.

    A windowed sum is an integral over the periodogram, whose values scatter independently
    around the spectrum S: Var int g I = (2/n) int g^2 S^2 (Bartlett, Suppl. J. R. Stat. Soc.
    8, 27 (1946)). Written in lags, with (rho * rho) the transform of S^2, it needs no FFT of
    noise. For rho = e^{-t/tau} the second is 2W + 1 - 9 tau/2.
    """
    both = np.concatenate([rho[:0:-1], rho])  # lags -W .. W
    total, last = both.sum(), len(rho) - 1
    size = 2 * len(both) - 1
    square = fft.irfft(fft.rfft(both, size) ** 2, size)  # lags -2W .. 2W
    triangle = 2 * last + 1 - np.abs(np.arange(-2 * last, 2 * last + 1))
    in_sum = triangle @ square / total**2
    shared = square[last : 3 * last + 1].sum() / total
    return in_sum, max(in_sum - 2 * shared + both @ both, 0.0)
