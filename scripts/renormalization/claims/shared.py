"""Cells of tables that may be empty, and which rule writes each table."""

import numpy as np

from scripts.common.claims.findings import column, known
from scripts.renormalization.theory import square

RULES = {
    "chain": "exact", "fixed_points": "exact", "orbits": "exact", "information": "exact", "sampled": "exact",
    "block_couplings": "exact", "critical_line": "exact", "mcrg": "mcrg", "flow": "mcrg", "rules": "mcrg",
    "matching": "scale", "transition": "scale", "distances": "scale", "correlations": "scale",
    "pooling": "scale", "identities": "scale", "tensor_rg": "tensors", "spectrum": "tensors",
    "universality": "universality", "binder": "universality", "machine": "machine",
}  # fmt: skip


SETTLED = {"data": "renormalization/claims.json", "rule": "renormalization_settle"}
"""Of what is computed on the way to that file."""


def source(table):
    """Where the numbers of a table come from: data and rule."""
    return {"data": f"renormalization/tables/{table}.csv", "rule": f"renormalization_{RULES[table]}"}


def by_table(rows):
    """Findings of rows (table, claim, part, ...)."""
    return [(source(table), [row]) for table, *row in rows]


def pair(row, name, replicas=64):
    """What a row says in a column, with its error from 64 replicas; None where either is missing."""
    return known(column(row, name, replicas=replicas))


def nearest(temperatures, above, least=1e-6):
    """The temperature next to T_c on one side, at least a part ``least`` of it away; or None."""
    critical = square.critical_temperature()
    found = [t for t in map(float, temperatures) if np.isfinite(t) and abs(t / critical - 1) > least]
    return min((t for t in found if (t > critical) == above), key=lambda t: abs(t - critical), default=None)


def value(row, name):
    """What a row says in a column without error; None where the row or the number is missing."""
    return None if row is None else known(float(row[name]))


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
