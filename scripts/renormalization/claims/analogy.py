"""Pooling as coarse-graining: rows 6.1-04, 6.2-01 and 6.2-02."""

import numpy as np

from scripts.renormalization.claims.invariance import length
from scripts.renormalization.claims.recursions import share
from scripts.renormalization.claims.shared import identity, judged, only, pair, quoted
from scripts.renormalization.theory import square
from scripts.renormalization.theory.blocks import pooled_magnetization

NEED = "T = 2.269185314213022 in renormalization.ensembles.temperatures"
NEED_HOT = "a temperature of 2.34 or more in renormalization.ensembles.temperatures"
RANDOM = np.inf


def records(checks, data):
    """Records from ``pooling``, ``identities``, ``information`` and ``correlations``.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of dict
    """
    critical = square.critical_temperature()
    values = [
        ("6.1-04", "tie_share", ties(data, RANDOM), 0.375),
        ("6.1-04", "coin", mean(data, "average", 1, RANDOM), 0.0),
        ("6.1-04", "always_up", mean(data, "always_up", 1, RANDOM), 0.0),
        ("6.1-04", "ties_critical", ties(data, critical), None),
        ("6.2-02", "once", mean(data, "maximum", 1, RANDOM), pooled_magnetization(1)),
        ("6.2-02", "twice", mean(data, "maximum", 2, RANDOM), pooled_magnetization(2)),
        ("6.2-02", "average", mean(data, "average", 2, RANDOM), 0.0),
        ("6.2-02", "symmetry", mean(data, "maximum", 1, RANDOM), 0.0),
        ("6.2-02", "critical", mean(data, "maximum", 1, critical), 0.0),
    ]
    found = [
        judged("pooling", checks[row, part], value, reference, NEED) for row, part, value, reference in values
    ]
    shares = data["identities"].set_index("comparison")["share"]
    for row, part, name in (
        ("6.2-01", "pooling", "pooling"),
        ("6.2-01", "max_instead", "maximum"),
        ("6.2-02", "position", "position"),
    ):
        found.append(identity("identities", checks[row, part], float(shares[name]), 0.0))
    kept = share(data, "maximum", critical)
    found.append(identity("information", checks["6.2-02", "information"], kept, 1.0))
    ratio = length(data, "stride_one")
    return [*found, judged("correlations", checks["6.2-01", "stride_one"], ratio, 0.5, NEED_HOT)]


def _row(data, rule, step, T):
    table = data["pooling"]
    same = np.isinf(table["T"]) if np.isinf(T) else (table["T"] - T).abs() < 1e-9
    return only(table[same], rule=rule, step=step)


def mean(data, rule, step, T):
    """Mean spin after some steps of a rule; the error counts block spins down where there are hardly any."""
    row = _row(data, rule, step, T)
    found = pair(row, "mean")
    if found is None:
        return None
    down = (1 - found[0]) / 2 * row["blocks"]
    return found[0], max(found[1], 2 * float(np.sqrt(down + 1)) / row["blocks"] if down < 100 else 0.0)


def ties(data, T):
    """Share of blocks that tie before the first step, or None."""
    return pair(_row(data, "average", 1, T), "ties")


def numbers(data):
    """What the chapter quotes of pooling and of ties."""
    critical = square.critical_temperature()
    found = {
        "renormalization.ties.random": quoted("pooling", ties(data, RANDOM), NEED),
        "renormalization.ties.critical": quoted("pooling", ties(data, critical), NEED),
    }
    for rule in ("average", "always_up", "maximum"):
        for step, name in ((1, "once"), (2, "twice")):
            for place, T in (("random", RANDOM), ("critical", critical)):
                key = f"renormalization.{rule}.{name}_{place}"
                found[key] = quoted("pooling", mean(data, rule, step, T), NEED)
    return found
