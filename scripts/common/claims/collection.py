"""All exact checks together: chi-square finds error bars that are too large or too small.

A single z of 0.1 proves nothing, thirty of them prove that the errors are wrong. Only
records against exact references without a systematic enter, one for each independent
stream of random numbers, since z from one simulation are correlated.
"""

import math

from scipy import special

LEAST = 20  # here errors too large by 2 are found in 39 % of cases; 120 z find 1.5 in 99 %, see `power`
LEVEL = 1e-4  # two-sided: outside LEVEL .. 1 - LEVEL fails


def collection(deviations):
    """Chi-square test of standardized deviations that should be independent and normal.

    Parameters
    ----------
    deviations : sequence of float
        The z, one per independent stream.

    Returns
    -------
    dict
        ``n``; ``chi_square`` = sum z^2; ``probability`` of a smaller sum; ``z``, its
        normal equivalent (below zero: errors too large); ``passed``: None below
        `LEAST`, else whether the probability lies within `LEVEL` .. 1 - `LEVEL`.
    """
    n = len(deviations)
    if n == 0:
        return {"n": n, "chi_square": None, "probability": None, "z": None, "passed": None}
    chi_square = math.fsum(z * z for z in deviations)
    below, above = special.chdtr(n, chi_square), special.chdtrc(n, chi_square)
    tail = max(min(below, above), 1e-300)
    return {
        "n": n,
        "chi_square": chi_square,
        "probability": float(below),
        "z": math.copysign(float(-special.ndtri(tail)), below - above),
        "passed": bool(tail >= LEVEL) if n >= LEAST else None,
    }


def collected(records):
    """The deviations that `collection` may judge: one per stream, the first part by name.

    A sentence as printed that a correction corrects is there to be rejected.
    """
    chosen = {}
    corrected = {(each["claim"], each["experiment"], each.get("corrects")) for each in records}
    for record in sorted(records, key=lambda each: (each["claim"], each["experiment"], each["part"])):
        as_printed = (record["claim"], record["experiment"], record["part"]) in corrected
        if _is_eligible(record) and not as_printed:
            chosen.setdefault((record["experiment"], record["stream"]), record["z"])
    return list(chosen.values())


def power(n, factor):
    """Probability that `collection` rejects ``n`` deviations whose errors are ``factor`` times too large."""
    low, high = special.chdtri(n, [1.0 - LEVEL, LEVEL])
    return float(special.chdtr(n, low * factor**2) + special.chdtrc(n, high * factor**2))


def _is_eligible(record):
    return (
        record["kind"] == "exact"
        and record["role"] in ("statement", "correction", "condition_inside")
        and record["stream"] is not None
        and record["z"] is not None
        and not (record["systematic"] or {}).get("value")
    )
