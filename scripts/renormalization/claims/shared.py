"""Rows of tables that a configuration may lack, and records and numbers of them."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number
from scripts.renormalization.theory import square

RULES = {
    "chain": "exact", "fixed_points": "exact", "orbits": "exact", "information": "exact", "sampled": "exact",
    "block_couplings": "exact", "binder": "exact", "mcrg": "mcrg", "flow": "mcrg", "rules": "mcrg",
    "matching": "scale", "transition": "scale", "distances": "scale", "correlations": "scale",
    "pooling": "scale",
    "identities": "scale", "tensor_rg": "tensors", "spectrum": "tensors", "universality": "universality",
    "exponents": "universality", "machine": "machine",
}  # fmt: skip


def source(table):
    """Where the numbers of a table come from: data and rule."""
    return {
        "data": f"renormalization/tables/{table}.csv",
        "rule": f"renormalization_{RULES[table]}",
    }


def only(table, **values):
    """The single row with these values, or None.

    Parameters
    ----------
    table : pandas.DataFrame
    **values
        Of columns; temperatures within 1e-9.
    """
    for name, value in values.items():
        column = table[name]
        same = (
            np.isclose(column.astype(float), value, atol=1e-9)
            if isinstance(value, float)
            else column == value
        )
        table = table[same]
    return table.iloc[0] if len(table) else None


def pair(row, name):
    """(value, error) of a column, or None."""
    if row is None or not np.isfinite(row[name]) or not np.isfinite(row[f"{name}_err"]):
        return None
    return float(row[name]), float(row[f"{name}_err"])


def less(first, second):
    """Difference of two (value, error) that are independent, or None."""
    if first is None or second is None:
        return None
    return first[0] - second[0], float(np.hypot(first[1], second[1]))


def judged(table, check, found, reference, needs, reference_error=0.0):
    """Record of a (value, error) against its reference, or of what the configuration lacks."""
    if found is None or not found[1] > 0:
        return sourced([unmeasured(check, needs)], **source(table))[0]
    made = record(check, found[0], reference, error=found[1], reference_error=reference_error)
    return sourced([made], **source(table))[0]


def identity(table, check, found, reference, needs="more in the configuration"):
    """Record of a number without error against its reference, or of what the configuration lacks."""
    if found is None or not np.isfinite(found):
        return sourced([unmeasured(check, needs)], **source(table))[0]
    return sourced([record(check, found, reference)], **source(table))[0]


def quoted(table, found, needs, unit=""):
    """Entry of ``numbers.json`` of a (value, error), of a value, or of nothing."""
    if found is None or not np.all(np.isfinite(np.atleast_1d(found))):
        return unmeasured_number(unit, needs)
    value, error = found if isinstance(found, tuple) else (found, None)
    return number(value, error, unit, **source(table))


def extreme(temperatures):
    """The lowest temperature below 0.97 T_c and the highest above 1.03 T_c; None where there is none.

    Parameters
    ----------
    temperatures : iterable of float or str

    Returns
    -------
    (float or None, float or None)
    """
    found = [t for t in (float(each) for each in temperatures) if np.isfinite(t)]
    low = [t for t in found if t < 0.97 * square.critical_temperature()]
    high = [t for t in found if t > 1.03 * square.critical_temperature()]
    return min(low, default=None), max(high, default=None)
