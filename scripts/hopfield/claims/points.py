"""Rows of measured tables, and records of what a configuration may lack."""

import numpy as np

from scripts.common.claims.records import record, unmeasured
from scripts.common.numbers import number, unmeasured_number


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
    for name, value in values.items():
        rows = rows[np.abs(rows[name] - value) < 1e-9]
    return None if rows.empty else rows.iloc[0]


def compared(check, found, reference, reference_error=0.0, needs="", freedom=None):
    """A (value, error) against its reference, or the record of what the configuration lacks."""
    if found is None:
        return unmeasured(check, needs)
    value, error = found
    return record(
        check, measured=value, error=error, reference=reference, reference_error=reference_error,
        degrees_of_freedom=freedom,
    )  # fmt: skip


def quoted(found, source, needs, unit=""):
    """An entry of ``numbers.json``: (value, error), or a dash with what it needs."""
    return unmeasured_number(unit, needs) if found is None else number(*found, unit, **source)


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
    (float, float) or None
    """
    if row is None:
        return None
    trials = row["N"] * row["n_samples"]
    turned = 0.0 if m is None else (1 - m) / 2 * trials
    return row["overlap"], max(row["overlap_err"], 2 * np.sqrt(turned + 1) / trials)
