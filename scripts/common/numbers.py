"""The numbers that prose may quote: ``<results>/<experiment>/numbers.json``."""

import math
import re

from scripts.common.io import write_json

KEY = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")


def number(value, error, unit, data, rule):
    """One entry of ``numbers.json``.

    Parameters
    ----------
    value : float
    error : float or None
        One standard error; None for a number that has none.
    unit : str
        "" for a pure number.
    data : str
        The table or array it was computed from, relative to the results folder.
    rule : str
        The rule that computed it.
    """
    if not math.isfinite(value) or not (error is None or 0.0 <= error < math.inf):
        raise ValueError(f"number from {data}: {value} with error {error} cannot be quoted")
    error = None if error is None else float(error)
    return {"value": float(value), "err": error, "unit": unit, "rule": rule, "data": data}


def unmeasured_number(unit, reason):
    """The entry of a number that this configuration does not give; prose prints a dash for it.

    Parameters
    ----------
    unit : str
    reason : str
        What the configuration would have to hold.
    """
    return {"value": None, "err": None, "unit": unit, "rule": None, "data": None, "reason": reason}


def write_numbers(path, numbers):
    """Write ``numbers.json``: entries by key, such as ``ising.tc``, sorted.

    Raises
    ------
    ValueError
        If a key is not made of lower-case words joined by dots.
    """
    odd = [key for key in numbers if not KEY.fullmatch(key)]
    if odd:
        raise ValueError(
            f"'{odd[0]}' is no key for a number; allowed: words joined by dots, such as ising.tc"
        )
    write_json(path, dict(sorted(numbers.items())))
