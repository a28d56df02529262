"""One record per check: the number, its error, its reference, and the judgment.

An experiment writes its ``claims.json`` like this::

    checks = registered_checks("workflow/chapters/ising/claims.yaml", scale)
    records = recorded(checks, group.findings(data))  # by `record`, `unmeasured` and `sourced`
    write_json(path, complete(records, checks))
"""

import math

from scripts.common.claims.judgment import outcome, passed, standardized
from scripts.common.claims.registry import record_error
from scripts.common.io import InputError

COPIED = ("claim", "experiment", "part", "role", "kind", "reference_source", "resolution", "figure")
TEXTS = ("text_en", "text_ja")
OPTIONAL = (
    "systematic", "tolerance", "direction", "corrects", "stream", "measured_by", "reference_by", "citation",
    "resampled", "fault", "varied", "shows_en", "shows_ja",
)  # fmt: skip


def record(
    check,
    measured,
    reference=None,
    error=None,
    reference_error=0.0,
    n_effective=None,
    degrees_of_freedom=None,
):
    """Record of one check, judged.

    Parameters
    ----------
    check : dict
        From `registry.registered_checks`; gives role, kind, resolution and so on.
    measured : float
    reference : float or None
        None only for observations.
    error : float or None
        One standard error of ``measured``; None for identities and other numbers
        that are compared with a tolerance.
    reference_error : float
        One standard error of ``reference``, if that was measured or published with one.
    n_effective : float or None
        Number of independent samples behind ``measured``.
    degrees_of_freedom : float or None
        Of ``error``; None where there are so many that it does not matter.

    Returns
    -------
    dict
        By ``workflow/schemas/record.schema.yaml``; ``data`` and ``rule`` still to
        be set by `sourced`.

    Raises
    ------
    ValueError
        If a number is not finite, or the error does not fit the kind of the check.
    """
    numbers = {
        "measured": measured,
        "reference": reference,
        "error": error,
        "reference_error": reference_error,
        "n_effective": n_effective,
        "degrees_of_freedom": degrees_of_freedom,
    }
    numbers = {name: value if value is None else float(value) for name, value in numbers.items()}
    _refuse_odd_numbers(check, numbers)
    return judged(_described(check) | numbers | {"needs": None, "across": None})


def unmeasured(check, needs):
    """Record of a check that this configuration does not allow.

    Parameters
    ----------
    check : dict
        As for `record`.
    needs : str
        What the configuration would have to hold, such as "T = 2.00 in ising.temperatures".

    Returns
    -------
    dict
        A record without numbers; its row stays open and says what is missing.
    """
    numbers = dict.fromkeys(("measured", "reference", "error", "n_effective", "degrees_of_freedom"))
    return judged(_described(check) | numbers | {"reference_error": 0.0, "needs": needs, "across": None})


def judged(unjudged):
    """The record with ``z``, ``outcome`` and ``passed`` computed anew."""
    if unjudged["measured"] is None:
        return unjudged | {"z": None, "outcome": "unmeasured", "passed": None}
    if unjudged["reference"] is None:
        return unjudged | {"z": None, "outcome": "observed", "passed": None}
    return unjudged | {
        "z": standardized(unjudged),
        "outcome": outcome(unjudged),
        "passed": passed(unjudged) if unjudged["role"] != "observation" else None,
    }


def sourced(records, data, rule):
    """The records with their source: the file, relative to the results folder, and its rule."""
    return [{**each, "data": data, "rule": rule} for each in records]


def complete(records, checks):
    """All records of an experiment in the order of its registry.

    Raises
    ------
    InputError
        If a check has no record or two, a record has no check, or breaks the schema.
    """
    found = {}
    for each in records:
        key = each["claim"], each["part"]
        if key not in checks:
            raise InputError(
                f"claims: record {_name(key)} is not in the registry, workflow/chapters/*/claims.yaml"
            )
        if key in found:
            raise InputError(f"claims: two records for {_name(key)}")
        found[key] = each
        error = record_error(each)
        if error:
            raise InputError(f"claims: record {_name(key)}: {error}")
    missing = [key for key in checks if key not in found]
    if missing:
        raise InputError(f"claims: no record for {', '.join(_name(key) for key in missing)}")
    return [found[key] for key in checks]


def _described(check):
    """What a record takes over from the registry."""
    taken = {name: check[name] for name in COPIED + TEXTS} | {name: check.get(name) for name in OPTIONAL}
    stated = check.get("systematic") or {}
    # Without a value it hangs on a number that was not measured, and so does the check.
    kept = {name: stated[name] for name in ("value", "from", "reason") if name in stated}
    return taken | {"systematic": kept if "value" in kept else None}


def _refuse_odd_numbers(check, numbers):
    name = f"claim {check['claim']}, part {check['part']}"
    for key, value in numbers.items():
        if value is not None and not math.isfinite(value):
            raise ValueError(f"{name}: {key} is {value}")
    if numbers["reference"] is None and check["role"] != "observation":
        raise ValueError(f"{name}: needs a reference")
    if numbers["error"] is None:
        if check.get("tolerance") is None and check["role"] != "observation":
            raise ValueError(f"{name}: kind {check['kind']} without a tolerance needs an error")
    elif check["kind"] == "identity":
        raise ValueError(f"{name}: an identity has a tolerance and no error")
    elif numbers["error"] <= 0.0 and check["role"] != "observation":
        raise ValueError(f"{name}: error {numbers['error']} is not above zero")


def _name(key):
    return "/".join(key)
