"""Chi-squares of several groups."""

import numpy as np

from scripts.common.claims.findings import Found
from scripts.common.claims.judgment import normal_equivalent
from scripts.common.statistics.counts import deviate

POWER = 60.0  # of a noncentral chi-square of up to eight terms: 99 % of faults lie beyond five errors


def chi_square_deviate(z, degrees_of_freedom=None):
    """Chi-square of independent deviations as a normal deviate; Student's t is made normal first.

    Parameters
    ----------
    z : float64[n]
    degrees_of_freedom : float, float64[n] or None
        Of the errors; None where they are known.
    """
    pairs = zip(z, np.broadcast_to(degrees_of_freedom, len(z)), strict=True)
    normal = [normal_equivalent(float(value), freedom) for value, freedom in pairs]
    return deviate(sum(value**2 for value in normal), len(normal))


def has_power(shifts, errors):
    """Whether a fault that moves numbers by ``shifts`` shows in their chi-square at five errors and more."""
    return bool(np.sum((np.asarray(shifts) / np.asarray(errors)) ** 2) >= POWER)


def deviation(z, degrees_of_freedom=None, n_effective=None):
    """The same as a number whose error is one, from ``n_effective`` units in all."""
    return Found(chi_square_deviate(z, degrees_of_freedom), 1.0, None, n_effective)
