"""A value with its error, and the plain means that give one."""

from typing import NamedTuple

import numpy as np
from scipy import special


class Estimate(NamedTuple):
    """A measured value.

    Attributes
    ----------
    value, err : float or float64[...]
        The estimate and its standard error.
    degrees_of_freedom : float
        Of the error itself: under about 30 a deviation follows Student's t.
    """

    value: float
    err: float
    degrees_of_freedom: float


class WeightedMean(NamedTuple):
    """A mean weighted by 1/err^2, with the chi-square that tells whether the values agree."""

    value: float
    err: float
    chi2: float
    degrees_of_freedom: int
    p_value: float


def replica_mean(values):
    """Mean over independent replicas, or over disorder samples, with the error from their scatter.

    Parameters
    ----------
    values : float64[R, ...]
        One value per replica, R >= 2.

    Returns
    -------
    Estimate
        Of shape [...]; R - 1 degrees of freedom.

    Raises
    ------
    ValueError
        If there are fewer than two replicas: one has no scatter.
    """
    values = np.asarray(values, dtype=float)
    n = len(values)
    if n < 2:
        raise ValueError(f"an error from replicas needs at least 2 of them, not {n}")
    return Estimate(values.mean(axis=0), values.std(axis=0, ddof=1) / np.sqrt(n), n - 1)


def weighted_mean(values, errs):
    """Mean of independent values weighted by their inverse variances.

    Parameters
    ----------
    values, errs : float64[n]
        Values and their standard errors, all errors > 0.

    Returns
    -------
    WeightedMean
        The error is that of the weights, 1/sqrt(sum 1/err^2). It is never stretched by
        the scatter: a small ``p_value`` says that the values do not agree.

    Raises
    ------
    ValueError
        If an error is not positive, since its weight would be infinite.
    """
    values, errs = np.asarray(values, dtype=float), np.asarray(errs, dtype=float)
    if not np.all(errs > 0):
        raise ValueError("a weighted mean needs errors above zero")
    weights = errs**-2
    value = weights @ values / weights.sum()
    chi2 = weights @ (values - value) ** 2
    freedom = len(values) - 1
    p_value = special.chdtrc(freedom, chi2) if freedom else 1.0
    return WeightedMean(float(value), float(weights.sum() ** -0.5), float(chi2), freedom, float(p_value))
