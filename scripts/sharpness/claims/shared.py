"""What the groups of claims share: correlations by name, chi-squares, numbers that may be missing."""

import math

import numpy as np

from scripts.common.claims.records import record, unmeasured
from scripts.common.numbers import number, unmeasured_number
from scripts.common.statistics.counts import deviate


def correlation(table, task, measure, target, scope):
    """Row of ``correlations.csv``, or None where the configuration gives no such pairs."""
    rows = table[
        (table["task"] == task)
        & (table["measure"] == measure)
        & (table["target"] == target)
        & (table["scope"] == scope)
    ]
    return None if rows.empty or not np.isfinite(rows["tau"].iloc[0]) else rows.iloc[0]


def tau_error(row):
    """Error of a rank correlation, not below what one more pair of either order would leave open.

    Where all m pairs agree, the bootstrap never moves; the rule of succession then gives the share of
    agreeing pairs the variance (m + 1)/(m + 2)^3.
    """
    m = row["pairs"]
    return max(row["tau_err"], 2 * math.sqrt((m + 1) / (m + 2) ** 3))


def of_correlation(check, row, reference, needs):
    """Record of a rank correlation."""
    if row is None:
        return unmeasured(check, needs)
    return record(
        check, measured=row["tau"], error=tau_error(row), reference=reference, n_effective=row["pairs"]
    )


def chi_square(values, errors, expected):
    """Chi-square of independent numbers as a normal deviate, whose error is one."""
    z = (np.asarray(values) - np.asarray(expected)) / np.asarray(errors)
    return deviate(float((z**2).sum()), len(z))


def mean_ratio(values, errors, expected):
    """Mean of value/expected weighted by its precision, and its error."""
    expected = np.asarray(expected, float)
    ratios, weights = np.asarray(values) / expected, (np.asarray(errors) / np.abs(expected)) ** -2
    return float(weights @ ratios / weights.sum()), float(weights.sum() ** -0.5)


def quoted(value, error, unit, needs, **source):
    """A number of the chapter, or the note that this configuration does not give it."""
    if value is None or not np.isfinite(value):
        return unmeasured_number(unit, needs)
    return number(value, error, unit, **source)
