"""Pooling as coarse-graining: rows 6.1-04, 6.2-01 and 6.2-02."""

import numpy as np

from scripts.common.claims.findings import quoted, row_where
from scripts.renormalization.claims.invariance import length
from scripts.renormalization.claims.shared import by_table, extreme, pair, source
from scripts.renormalization.theory import square
from scripts.renormalization.theory.blocks import pooled_magnetization

NEED = "T = 2.269185314213022 in renormalization.ensembles.temperatures"
NEED_HOT = "a temperature of 2.34 or more in renormalization.ensembles.temperatures"
NEED_COLD = "a temperature of 2.20 or less in renormalization.ensembles.temperatures"
RANDOM = np.inf


def findings(data):
    """What rows 6.1-04, 6.2-01 and 6.2-02 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``pooling``, ``identities`` and ``correlations``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    critical, shares = square.critical_temperature(), data["identities"].set_index("comparison")["share"]
    cold = extreme(data["pooling"]["T"])[0]
    phases = None if cold is None else pair(_row(data, "maximum", 2, cold), "phases")
    pooled = [
        ("6.1-04", "tie_share", ties(data, RANDOM), 0.375, NEED),
        ("6.1-04", "coin", mean(data, "average", 1, RANDOM), 0.0, NEED),
        ("6.1-04", "always_up", mean(data, "always_up", 1, RANDOM), 0.0, NEED),
        ("6.1-04", "ties_critical", ties(data, critical), None, NEED),
        ("6.2-02", "once", mean(data, "maximum", 1, RANDOM), pooled_magnetization(1), NEED),
        ("6.2-02", "twice", mean(data, "maximum", 2, RANDOM), pooled_magnetization(2), NEED),
        ("6.2-02", "average", mean(data, "average", 2, RANDOM), 0.0, NEED),
        ("6.2-02", "critical", mean(data, "maximum", 1, critical), 0.0, NEED),
        ("6.2-02", "phases", phases, 0.0, NEED_COLD),
    ]
    others = [
        ("identities", "6.2-01", "pooling", shares["pooling"], 0.0),
        ("identities", "6.2-01", "max_instead", shares["maximum"], 0.0),
        ("identities", "6.2-02", "position", shares["position"], 0.0),
        ("correlations", "6.2-01", "stride_one", length(data, "stride_one"), 0.5, NEED_HOT),
        ("correlations", "6.2-01", "ties_up", length(data, "ties_up"), 1.0, NEED_HOT),
    ]
    return [(source("pooling"), pooled), *by_table(others)]


def _row(data, rule, step, T):
    return row_where(data["pooling"], rule=rule, step=step, T=T)


def mean(data, rule, step, T):
    """Mean spin after some steps of a rule; the error counts block spins down where there are hardly any."""
    row = _row(data, rule, step, T)
    found = pair(row, "mean")
    if found is None:
        return None
    down = (1 - found.value) / 2 * row["blocks"]
    least = 2 * float(np.sqrt(down + 1)) / row["blocks"] if down < 100 else 0.0
    return found._replace(error=max(found.error, least))


def ties(data, T):
    """Share of blocks that tie before the first step, or None."""
    return pair(_row(data, "average", 1, T), "ties")


def numbers(data):
    """What the chapter quotes of pooling and of ties."""
    places, pooling = {"random": RANDOM, "critical": square.critical_temperature()}, source("pooling")
    found = quoted(
        "renormalization.ties", pooling, "", NEED, **{key: ties(data, T) for key, T in places.items()}
    )
    for rule in ("average", "always_up", "maximum"):
        means = {
            f"{name}_{key}": mean(data, rule, step, T)
            for step, name in ((1, "once"), (2, "twice"))
            for key, T in places.items()
        }
        found |= quoted(f"renormalization.{rule}", pooling, "", NEED, **means)
    ends = dict(zip(("cold", "hot"), extreme(data["pooling"]["T"]), strict=True))
    phases = {key: T and pair(_row(data, "maximum", 2, T), "phases") for key, T in ends.items()}
    found |= quoted("renormalization.phases", pooling, "", NEED_COLD, **phases)
    return found
