"""One record: how far the measured number lies from its reference, and what that means.

The levels are constants, so that a judgment never depends on what else was run.
At ``AGREES`` = 4.5 standard errors, 500 good checks raise 0.3 % false alarms.
"""

import math

from scipy import special

AGREES = 4.5  # |z| up to which a number agrees with its reference
REJECTED = 5.0  # |z| from which a fault, or a printed statement, counts as rejected
REJECTED_TOLERANCES = 100.0  # the same for identities, in units of their tolerance
GAUSSIAN_FREEDOM = 30  # from here on Student's t is taken as normal
LEAST_UNITS = 5  # seeds, networks, data sets; fewer do not settle anything
ROOM = 3.0  # |z| on the right side from which a bound counts as met

MUST_AGREE = ("statement", "correction", "condition_inside")
MUST_BE_REJECTED = ("control", "condition_outside")
SETTLES_NOTHING = {"observation", "control"}  # the first reports, the second tells whether a test has power


def uncertainty(record):
    """sqrt(error^2 + reference_error^2 + systematic^2) of a record, or None for a number without error."""
    if record["error"] is None:
        return None
    systematic = record["systematic"]["value"] if record["systematic"] else 0.0
    return math.hypot(record["error"], record["reference_error"], systematic)


def normal_equivalent(t, degrees_of_freedom):
    """The normal deviate with the same tail probability as Student's ``t``.

    Parameters
    ----------
    t : float
        Deviation in units of an estimated standard error.
    degrees_of_freedom : float or None
        None, or 30 and more: the error is taken as known and ``t`` comes back.
    """
    if degrees_of_freedom is None or degrees_of_freedom >= GAUSSIAN_FREEDOM:
        return t
    tail = max(special.stdtr(degrees_of_freedom, -abs(t)), 1e-300)  # keeps z finite, at 37
    return math.copysign(-special.ndtri(tail), t)


def standardized(record):
    """z = (measured - reference) / uncertainty as a normal deviate; None without an error."""
    scale = uncertainty(record)
    if scale is None:
        return None
    return normal_equivalent((record["measured"] - record["reference"]) / scale, record["degrees_of_freedom"])


def outcome(record):
    """What the number says about its reference, whatever was hoped for.

    Parameters
    ----------
    record : dict
        With ``kind``, ``measured``, ``reference``, ``error``, ``reference_error``,
        ``systematic``, ``degrees_of_freedom``, ``resolution``, ``tolerance``, ``direction``.

    Returns
    -------
    {"agrees", "differs", "rejected", "not_resolved", "observed"}
        "differs" lies beyond the level of agreement, "rejected" also beyond that of
        rejection. "not_resolved": the error is larger than the resolution that the
        check asks for, or a bound is nearer than `ROOM`. "observed": too few units,
        or a number that only reports.
    """
    if record["role"] == "observation" or _has_few_units(record):
        return "observed"
    if record["error"] is None:
        return _by_tolerance(_violation(record) / record["tolerance"])
    if record["kind"] == "trend":
        return _of_trend(record)
    violation = _violation(record, standardized(record))
    if violation >= REJECTED:
        return "rejected"
    if violation > AGREES:
        return "differs"
    is_near = record["kind"] == "bound" and violation > -ROOM
    return "agrees" if is_resolved(record) and not is_near else "not_resolved"


def units(record):
    """How many independent units the error of a record rests on; None where nothing says it."""
    freedom = record["degrees_of_freedom"]
    return record["n_effective"] if freedom is None else freedom + 1


def is_resolved(record):
    """Whether the uncertainty is as small as the check asks for (identities: always)."""
    return record["error"] is None or uncertainty(record) <= record["resolution"]


def passed(record):
    """Whether the record shows what its role asks of it; None if it is not settled.

    Statements, corrections and the inside of a condition must agree. Controls and
    the outside of a condition must be rejected: agreement there means that the test
    has no power, or that the condition is not one.
    """
    found = outcome(record)
    if found in ("observed", "not_resolved"):
        return None
    if record["role"] in MUST_AGREE:
        return found == "agrees"
    if found == "differs" and not is_resolved(record):
        return None
    return found == "rejected"


def favor(record):
    """What orders records of one check from the least to the most favorable.

    What fails stands before what is not settled, and that before what passes; among equals the one
    that lies less far, in errors or in tolerances, on the side that its role asks for.
    """
    rank = (False, None, True).index(record["passed"])
    if record["reference"] is None:
        return rank, 0.0
    distance = record["z"]
    if distance is None:
        distance = (record["measured"] - record["reference"]) / record["tolerance"]
    violation = _violation(record, distance)
    return rank, violation if record["role"] in MUST_BE_REJECTED else -violation


def _has_few_units(record):
    found = units(record)
    return record["error"] is not None and found is not None and found < LEAST_UNITS


def _violation(record, distance=None):
    """How far the number lies on the forbidden side, in the units of ``distance``."""
    distance = record["measured"] - record["reference"] if distance is None else distance
    if record["kind"] in ("bound", "trend"):
        return -distance if record["direction"] == "above" else distance
    return abs(distance)


def _by_tolerance(violation):
    if violation <= 1.0:
        return "agrees"
    return "rejected" if violation > REJECTED_TOLERANCES else "differs"


def _of_trend(record):
    """A trend must be seen as clearly as a fault must be rejected."""
    effect = -_violation(record, standardized(record))
    if effect >= REJECTED:
        return "agrees"
    if effect <= -REJECTED:
        return "rejected"
    return "differs" if effect < -AGREES or is_resolved(record) else "not_resolved"
