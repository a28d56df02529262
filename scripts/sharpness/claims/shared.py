"""What the groups of claims share: rank correlations by name, chi-squares, means of ratios."""

import math

import numpy as np

from scripts.common.claims.findings import Found, row_where
from scripts.common.statistics.counts import deviate


def correlation(table, task, measure, target, scope):
    """Rank correlation from ``correlations.csv``, or None where the configuration gives no such pairs."""
    row = row_where(table, task=task, measure=measure, target=target, scope=scope)
    if row is None or not np.isfinite(row["tau"]):
        return None
    return Found(row["tau"], tau_error(row), n_effective=row["pairs"])


def tau_error(row):
    """Error of a rank correlation, not below what one more pair of either order would leave open.

    Where all m pairs agree, the bootstrap never moves; the rule of succession then gives the share of
    agreeing pairs the variance (m + 1)/(m + 2)^3.
    """
    m = row["pairs"]
    return max(row["tau_err"], 2 * math.sqrt((m + 1) / (m + 2) ** 3))


def chi_square(values, errors, expected):
    """Chi-square of independent numbers as a normal deviate, whose error is one."""
    z = (np.asarray(values) - np.asarray(expected)) / np.asarray(errors)
    return deviate(float((z**2).sum()), len(z))


def mean_ratio(values, errors, expected):
    """Mean of value/expected weighted by its precision, and its error."""
    expected = np.asarray(expected, float)
    ratios, weights = np.asarray(values) / expected, (np.asarray(errors) / np.abs(expected)) ** -2
    return float(weights @ ratios / weights.sum()), float(weights.sum() ** -0.5)
