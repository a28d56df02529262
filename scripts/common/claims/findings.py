"""From a number in the evidence to a record, to an entry of ``numbers.json``, or to what is missing.

A group of checks is a module with two functions: ``findings(data)``, which settles checks, and
``numbers(data)``, which the chapter quotes. ``data`` holds the evidence, tables and arrays by the
stem of their file names. What a group finds is a number, a `Found`, or None where the configuration
does not give it::

    def findings(data):
        row = row_where(data["walks"], walk="metropolis")
        return [(WALKS, [("5.1-08", "walk", column(row, "share", n_effective="steps"), 0.25, NEED)])]

    def numbers(data):
        return quoted("mcmc.walk", WALKS, steps=data["walks"]["steps"].max())
"""

import math
from typing import NamedTuple

import numpy as np

from scripts.common.claims.judgment import favor
from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.errors import InputError
from scripts.common.fits import polynomial
from scripts.common.numbers import number, unmeasured_number

LEAST_CHOICES = 3  # of what the book does not name and an outcome could hang on
ALL_AGREE = "more samples: all that there are agree, so that the error is zero"


class Found(NamedTuple):
    """A number of the evidence.

    Attributes
    ----------
    value : float
    error : float or None
        One standard error; None for a number that has none.
    degrees_of_freedom : float or None
        Of the error; None, or infinite, where there are so many that it does not matter.
    n_effective : float or None
        Independent samples behind the value.
    """

    value: float
    error: float | None = None
    degrees_of_freedom: float | None = None
    n_effective: float | None = None


def where(table, **values):
    """The rows that have all these values; floating-point numbers agree within 1e-9 of each other."""
    for name, value in values.items():
        given = table[name]
        close = isinstance(value, float)
        table = table[np.isclose(given.astype(float), value, 1e-9, 1e-12) if close else given == value]
    return table


def row_where(table, **values):
    """The first row that has all these values, as by `where`; None if there is none."""
    rows = where(table, **values)
    return None if rows.empty else rows.iloc[0]


def column(row, name, per=1.0, replicas=None, n_effective=None):
    """What a row says in a column and in that of its error, ``<name>_err``.

    Parameters
    ----------
    row : pandas.Series or None
    name : str
    per : float or str
        What both are divided by: a number, or a column, whose error does not count.
    replicas : int or str, optional
        The number of replicas behind the error, one more than its degrees of freedom, or its column.
    n_effective : str, optional
        The column of the number of independent samples.

    Returns
    -------
    Found or None
        None without a row.
    """
    if row is None:
        return None
    unit, count = (row[each] if isinstance(each, str) else each for each in (per, replicas))
    freedom = None if count is None else count - 1
    return Found(row[name] / unit, row[f"{name}_err"] / unit, freedom, n_effective and row[n_effective])


def average(rows, name, per=1.0):
    """Mean of a column over independent rows of equal weight; of ratios, ``per`` another column."""
    unit = rows[per] if isinstance(per, str) else per
    values, errors = rows[name] / unit, rows[f"{name}_err"] / unit
    return Found(values.mean(), np.sqrt((errors**2).sum()) / len(rows))


def exponent(rows, x, y):
    """Power p of y ~ x^p, two columns, by a weighted fit of ln y; an Estimate."""
    relative = rows[f"{y}_err"] / rows[y]
    return polynomial(np.log(rows[x]), np.log(rows[y]), relative, degree=1)["c1"]


def known(found):
    """The number, or None where it or its error is not finite: an empty cell, with nothing to measure."""
    if found is None:
        return None
    value, error, *_ = _as_found(found)
    return found if math.isfinite(value) and (error is None or math.isfinite(error)) else None


def scaled(found, factor):
    """A number with an error, both times a factor; None of None."""
    if found is None:
        return None
    return _as_found(found)._replace(value=factor * found[0], error=factor * found[1])


def less(first, second):
    """Difference of two independent numbers with errors, and degrees of freedom of the first; or None."""
    if first is None or second is None:
        return None
    error = float(np.hypot(first[1], second[1]))
    return _as_found(first)._replace(value=first[0] - second[0], error=error)


def provided(allowed, needs, rows):
    """What is compared if the configuration allows it, else the same without a number, with what it needs.

    Parameters
    ----------
    allowed : bool
    needs : str
    rows : list of tuple
        Claim, part, and what `compared` takes besides the check.
    """
    return rows if allowed else [(claim, part, None, None, needs) for claim, part, *_ in rows]


def compared(check, found, reference=None, needs=None):
    """Record of a number against its reference, or of what the configuration lacks.

    Parameters
    ----------
    check : dict
        From `registry.registered_checks`.
    found : float, Found, (float, float), Estimate or None
        Without an error, or with it: a `Found` or any tuple that starts like one. Of a check that is
        ``varied``, a dict of these by choice, of which the least favorable is judged.
    reference : float, (float, float) or None
        With its error, if it has one; None for observations. A dict by choice, where it depends on it.
    needs : str, optional
        What the configuration would have to hold, such as "T = 2.00 in ising.temperatures", where
        ``found`` is None. Samples so few that they all agree, with an error of zero, are said to be so.
        Where ``needs`` is not stated either is refused.
    """
    lacking = (check.get("systematic") or {}).get("needs")
    if lacking:
        return unmeasured(check, lacking)
    if check.get("varied") and found is not None:
        return _least_favorable(check, found, reference, needs)
    return _compared(check, found, reference, needs)


def _least_favorable(check, found, reference, needs):
    """The worst of several choices, with what each of them gave."""
    name = f"{check['claim']}/{check['part']}"
    if len(found) < LEAST_CHOICES:
        raise ValueError(f"{name} varies a choice, and needs {LEAST_CHOICES} of them; there are {len(found)}")
    references = reference if isinstance(reference, dict) else dict.fromkeys(found, reference)
    made = {choice: _compared(check, each, references[choice], needs) for choice, each in found.items()}
    for each in made.values():
        if each["measured"] is None:
            return each
    across = [
        {"choice": choice, **{name: each[name] for name in ("measured", "error", "outcome")}}
        for choice, each in made.items()
    ]
    return min(made.values(), key=favor) | {"across": across}


def _compared(check, found, reference, needs):
    value, error, freedom, n_effective = _as_found(found)
    if needs is not None and (found is None or error == 0.0):
        return unmeasured(check, needs if found is None else ALL_AGREE)
    reference, reference_error = reference[:2] if isinstance(reference, tuple) else (reference, 0.0)
    freedom = None if freedom is None or math.isinf(freedom) else freedom
    return record(check, value, reference, error, reference_error, n_effective, freedom)


def recorded(checks, findings):
    """Records of all that a group has found.

    Parameters
    ----------
    checks : dict of (str, str) to dict
        From `registry.registered_checks`.
    findings : iterable of (dict, list of tuple)
        A source, ``data`` and ``rule`` as for `sourced`, and what comes from it: claim, part, and
        what `compared` takes besides the check.
    """
    records = []
    for source, rows in findings:
        for claim, part, *_ in rows:
            if (claim, part) not in checks:
                raise InputError(f"claims: finding {claim}/{part} is not in the registry, claims.yaml")
        made = [compared(checks[claim, part], *rest) for claim, part, *rest in rows]
        records += sourced(made, **source)
    return records


def quoted(prefix, source, unit="", needs=None, /, **found):
    """Entries of ``numbers.json`` from one source.

    Parameters
    ----------
    prefix : str
        What the keys start with, such as "ising.field".
    source : dict
        ``data`` and ``rule``, as for `number`.
    unit, needs : str
        Of all entries. ``needs`` is for those that are None, which is an error without it.
    **found : float, Found, (float, float), Estimate or None
        By the last word of the key.

    Returns
    -------
    dict of str to dict
    """
    return {f"{prefix}.{key}": _entry(source, unit, needs, each) for key, each in found.items()}


def _entry(source, unit, needs, found):
    if needs is not None and found is None:
        return unmeasured_number(unit, needs)
    value, error, *_ = _as_found(found)
    return number(value, error, unit, **source)


def _as_found(found):
    """What `compared` takes, as a `Found`; nan for None, which records and numbers refuse."""
    return Found(*found) if isinstance(found, tuple) else Found(math.nan if found is None else found)
