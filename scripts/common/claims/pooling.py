"""Ten fresh seeds in one record, for a check that failed by chance or did not."""

import math

import numpy as np
from scipy import special

from scripts.common.claims.records import judged


def pooled(records):
    """One record from the same check at several seeds, judged anew.

    Statistical records are pooled by inverse variance; their references with the same
    weights. A reference error that is common to all seeds (the reference is one
    number) stays as it is, one measured afresh at every seed falls with their number.
    Numbers without an error cannot be pooled: the worst stands for all.

    Parameters
    ----------
    records : sequence of dict
        One per seed.

    Returns
    -------
    dict
        The record, plus ``seeds`` and ``scatter_probability``, the chance that the
        seeds differ among each other by more than their errors let them.
    """
    first = records[0]
    if first["error"] is None or first["reference"] is None:
        worst = max(records, key=lambda each: abs(each["measured"] - (each["reference"] or 0.0)))
        return {**worst, "seeds": len(records), "scatter_probability": None}
    columns = {name: np.array([each[name] for each in records]) for name in _POOLED}
    weights = columns["error"] ** -2.0 / np.sum(columns["error"] ** -2.0)
    numbers = {
        "measured": float(weights @ columns["measured"]),
        "error": float(np.sum(columns["error"] ** -2.0) ** -0.5),
        "reference": float(weights @ columns["reference"]),
        "reference_error": _reference_error(columns, weights),
        "n_effective": _total(records, "n_effective"),
        "degrees_of_freedom": _total(records, "degrees_of_freedom"),
    }
    scatter = _scatter_probability(columns, numbers)
    return judged({**first, **numbers}) | {"seeds": len(records), "scatter_probability": scatter}


_POOLED = ("measured", "error", "reference", "reference_error")


def _reference_error(columns, weights):
    if np.ptp(columns["reference"]) == 0.0:
        return float(np.max(columns["reference_error"]))
    return math.hypot(*(weights * columns["reference_error"]))


def _total(records, name):
    values = [each[name] for each in records]
    return None if None in values else float(sum(values))


def _scatter_probability(columns, numbers):
    spread = np.sum(((columns["measured"] - numbers["measured"]) / columns["error"]) ** 2)
    return float(special.chdtrc(len(columns["error"]) - 1, spread))
