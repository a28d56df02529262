"""What several groups of claims need: checks that a configuration may not allow, chi-squares, fits."""

import numpy as np

from scripts.common.claims.judgment import normal_equivalent
from scripts.common.claims.records import record, unmeasured
from scripts.common.fits import linear_fit
from scripts.common.statistics.counts import deviate


def record_if(allowed, needs, check, **numbers):
    """The record, or an unmeasured one that says what the configuration would need."""
    return record(check, **numbers) if allowed else unmeasured(check, needs)


def deviate_record(check, value):
    """Record of a chi-square that was turned into a normal deviate, whose error is one."""
    return record(check, value, 0.0, error=1.0)


def chi_square_deviate(z, degrees_of_freedom=None):
    """Chi-square of independent deviations as a normal deviate; Student's t is made normal first."""
    z = [normal_equivalent(float(value), degrees_of_freedom) for value in z]
    return deviate(sum(value**2 for value in z), len(z))


def slope(x, y, err):
    """Power p of y ~ x^p by a weighted fit, and the fit of ln y = start + p ln x itself.

    Returns
    -------
    (float, float), Fit
        Value and error of p.
    """
    x, y, err = (np.asarray(each, float) for each in (x, y, err))
    fit = linear_fit(np.stack([np.ones(len(x)), np.log(x)], axis=1), np.log(y), err / y, ("start", "slope"))
    return (fit["slope"].value, fit["slope"].err), fit
