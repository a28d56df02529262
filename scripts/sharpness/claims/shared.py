"""What the groups of claims share: rank correlations by name, chi-squares, means of ratios."""

import math

import numpy as np

from scripts.common.claims.findings import Found, row_where
from scripts.common.statistics.counts import deviate

NETWORKS = {"data": "sharpness/tables/networks.csv", "rule": "sharpness_tabulate"}


def correlation(table, task, measure, target, scope):
    """Rank correlation from ``correlations.csv``, or None where the configuration gives no such pairs."""
    row = row_where(table, task=task, measure=measure, target=target, scope=scope)
    if row is None or not np.isfinite([row["tau"], row["tau_err"]]).all():
        return None
    if row["tau_err"] > 0.0:
        return Found(row["tau"], row["tau_err"], row["sets"] - 1, row["sets"])
    return Found(row["tau"], agreement_error(row["sets"]), n_effective=row["sets"])


def agreement_error(m):
    """Error of a correlation on which all of m data sets agree: what one more of either kind leaves open.

    Where all agree the scatter is zero; the rule of succession then gives the share of agreeing data sets
    the variance (m + 1)/(m + 2)^3.
    """
    return 2 * math.sqrt((m + 1) / (m + 2) ** 3)


def chi_square(values, errors, expected):
    """Chi-square of independent numbers as a normal deviate, whose error is one."""
    z = (np.asarray(values) - np.asarray(expected)) / np.asarray(errors)
    return deviate(float((z**2).sum()), len(z))


def mean_ratio(values, errors, expected, n_effective=None):
    """Mean of value/expected weighted by its precision: Found."""
    expected = np.asarray(expected, float)
    ratios, weights = np.asarray(values) / expected, (np.asarray(errors) / np.abs(expected)) ** -2
    value, error = float(weights @ ratios / weights.sum()), float(weights.sum() ** -0.5)
    return Found(value, error, n_effective=n_effective)
