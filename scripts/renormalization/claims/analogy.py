"""Pooling as coarse-graining: rows 6.1-04, 6.2-01 and 6.2-02."""

import numpy as np

from scripts.common.claims.findings import quoted, row_where
from scripts.renormalization.claims.invariance import length
from scripts.renormalization.claims.recursions import share
from scripts.renormalization.claims.shared import by_table, pair, source
from scripts.renormalization.theory import square
from scripts.renormalization.theory.blocks import pooled_magnetization

NEED = "T = 2.269185314213022 in renormalization.ensembles.temperatures"
NEED_HOT = "a temperature of 2.34 or more in renormalization.ensembles.temperatures"
RANDOM = np.inf


def findings(data):
    """What rows 6.1-04, 6.2-01 and 6.2-02 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``pooling``, ``identities``, ``information`` and ``correlations``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    critical, shares = square.critical_temperature(), data["identities"].set_index("comparison")["share"]
    once = mean(data, "maximum", 1, RANDOM)
    pooled = [
        ("6.1-04", "tie_share", ties(data, RANDOM), 0.375, NEED),
        ("6.1-04", "coin", mean(data, "average", 1, RANDOM), 0.0, NEED),
        ("6.1-04", "always_up", mean(data, "always_up", 1, RANDOM), 0.0, NEED),
        ("6.1-04", "ties_critical", ties(data, critical), None, NEED),
        ("6.2-02", "once", once, pooled_magnetization(1), NEED),
        ("6.2-02", "twice", mean(data, "maximum", 2, RANDOM), pooled_magnetization(2), NEED),
        ("6.2-02", "average", mean(data, "average", 2, RANDOM), 0.0, NEED),
        ("6.2-02", "symmetry", once, 0.0, NEED),
        ("6.2-02", "critical", mean(data, "maximum", 1, critical), 0.0, NEED),
    ]
    others = [
        ("identities", "6.2-01", "pooling", shares["pooling"], 0.0),
        ("identities", "6.2-01", "max_instead", shares["maximum"], 0.0),
        ("identities", "6.2-02", "position", shares["position"], 0.0),
        ("information", "6.2-02", "information", share(data, "maximum", critical), 1.0),
        ("correlations", "6.2-01", "stride_one", length(data, "stride_one"), 0.5, NEED_HOT),
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
    return found
