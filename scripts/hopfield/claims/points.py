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


def overlap(row, m=None):
    """Mean overlap of a row of runs and its error, which counts turned units where hardly any are.

    Parameters
    ----------
    row : pandas.Series or None
    m : float, optional
        The overlap expected: (1 - m)/2 N n units are turned in the n runs, with the spread of a
        Poisson law of one more.

    Returns
    -------
    Found or None
    """
    if row is None:
        return None
    trials = row["N"] * row["n_samples"]
    turned = 0.0 if m is None else (1 - m) / 2 * trials
    error = max(row["overlap_err"], 2 * np.sqrt(turned + 1) / trials)
    return Found(row["overlap"], error, row["n_samples"] - 1, row["n_samples"])


def pooled(rows, name, weight="units"):
    """Mean of a column over independent rows, weighted by their units (N times runs) or runs.

    Parameters
    ----------
    rows : list of pandas.Series
        With N and n_samples.
    name : str
    weight : {"units", "runs"}

    Returns
    -------
    Found or None
        None without rows.
    """
    if not rows:
        return None
    runs = np.array([row["n_samples"] for row in rows], float)
    weights = runs * [row["N"] if weight == "units" else 1 for row in rows]
    values, errors = np.array([(row[name], row[f"{name}_err"]) for row in rows], float).T
    weights /= weights.sum()
    error = np.sqrt(((weights * errors) ** 2).sum())
    return Found(weights @ values, error, runs.sum() - len(rows), runs.sum())


def ratio_of_sums(rows, name, exact, weights):
    """Sum of a measured column over that of an exact one; the weights owe nothing to the measurement."""
    share = weights / (weights * rows[exact]).sum()
    error = np.sqrt(((share * rows[f"{name}_err"]) ** 2).sum())
    return Found((share * rows[name]).sum(), error, (rows["n_samples"] - 1).sum(), rows["n_samples"].sum())
