"""Rows of measured tables, and overlaps in them."""

import numpy as np

from scripts.common.claims.findings import Found, row_where


def at(table, load, **values):
    """The row of a load, as it was rounded to a whole number of patterns, and of other columns.

    Parameters
    ----------
    table : pandas.DataFrame
        With columns N and alpha.
    load : float
    **values : float
        Such as ``m_initial=0.6``.

    Returns
    -------
    pandas.Series or None
    """
    rows = table[np.abs(table["alpha"] * table["N"] - np.maximum(1, np.round(load * table["N"]))) < 1e-6]
    return row_where(rows, **values)


def overlap(row, m=None, sampled=False):
    """Mean overlap of a row of runs and its error, which counts turned units where hardly any are.

    Parameters
    ----------
    row : pandas.Series or None
    m : float, optional
        The overlap expected: (1 - m)/2 N n units are turned in the n runs, with the spread of a
        Poisson law of one more.
    sampled : bool
        Whether the scatter of the few runs makes the error, and not the count of turned units.

    Returns
    -------
    Found or None
    """
    if row is None:
        return None
    trials = row["N"] * row["n_samples"]
    turned = 0.0 if m is None else (1 - m) / 2 * trials
    error = max(row["overlap_err"], 2 * np.sqrt(turned + 1) / trials)
    return Found(row["overlap"], error, row["n_samples"] - 1 if sampled else None)
