"""Variational inference against chains: row 5.2-08."""

import numpy as np

from scripts.bayes.claims.shared import record_if, slope
from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number

COMPARISON = {"data": "bayes/tables/comparison.csv", "rule": "bayes_compare"}
FAMILIES = {"data": "bayes/tables/families.csv", "rule": "bayes_compare"}
LONG = 1024  # steps from which a chain has forgotten its start and errors fall as a power
CLEAR = 0.1  # error of mean field that is worth the name
NEED_LENGTHS = f"three of bayes.comparison.lengths from {LONG} on"
NEED_OFFSET = "a larger bayes.comparison.offset, so that the parameters are correlated"


def records(checks, data):
    """Records of row 5.2-08.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``comparison`` and ``families``.

    Returns
    -------
    list of dict
    """
    found, family = law(data["comparison"]), data["families"].iloc[0]
    clear = family["plateau_expected"] >= CLEAR
    parts = [checks["5.2-08", part] for part in ("slope", "fast", "exact")]
    if found is None:
        chains = [unmeasured(check, NEED_LENGTHS) for check in parts]
    else:
        chains = [
            record(parts[0], found["slope"][0], -0.5, error=found["slope"][1]),
            *_crossing(parts[1:], found, family, clear),
        ]
    plateau = [
        record(checks["5.2-08", "plateau"], family["plateau"], family["plateau_expected"]),
        record(checks["5.2-08", "full"], family["full"], 0.0),
        record_if(
            clear, NEED_OFFSET, checks["5.2-08", "mean_field_exact"],
            measured=family["plateau"], reference=0.0,
        ),
    ]  # fmt: skip
    return sourced(chains, **COMPARISON) + sourced(plateau, **FAMILIES)


def law(table):
    """Power law of the chain's error, or None with fewer than three long chains.

    Returns
    -------
    dict or None
        ``slope`` (value, error), ``fit``, and ``last``, the row of the longest chain.
    """
    rows = table[(table["method"] == "chain") & (table["evaluations"] >= LONG)].sort_values("evaluations")
    if len(rows) < 3:
        return None
    power, fit = slope(rows["evaluations"], rows["error"], rows["error_err"])
    return {"slope": power, "fit": fit, "last": rows.iloc[-1]}


def evaluations_until(found, level):
    """Evaluations after which the chain's error falls below a level, as log10 with error."""
    start, power = found["fit"].values
    at = (np.log(level) - start) / power
    gradient = np.array([-1.0, -at]) / power
    return at / np.log(10), float(np.sqrt(gradient @ found["fit"].covariance @ gradient)) / np.log(10)


def _crossing(checks, found, family, clear):
    until, err = evaluations_until(found, family["plateau"])
    last, ratio = found["last"], found["last"]["error"] / family["plateau"]
    return [
        record_if(
            clear, NEED_OFFSET, checks[0],
            measured=until - np.log10(family["sweeps"]), reference=0.0, error=err,
        ),
        record_if(
            clear, NEED_OFFSET, checks[1],
            measured=ratio, reference=1.0, error=last["error_err"] / family["plateau"],
        ),
    ]  # fmt: skip


def numbers(data):
    """What the chapter quotes of the comparison."""
    found, family = law(data["comparison"]), data["families"].iloc[0]
    values = {
        f"bayes.comparison.{name}": number(family[name], None, unit, **FAMILIES)
        for name, unit in (("correlation", ""), ("plateau", ""), ("sweeps", ""), ("gap", "nat"))
    }
    if found is None:
        missing = unmeasured_number("", NEED_LENGTHS)
        return values | dict.fromkeys(
            (
                "bayes.comparison.slope",
                "bayes.comparison.until",
                "bayes.comparison.last_error",
                "bayes.comparison.last",
            ),
            missing,
        )
    until, err = evaluations_until(found, family["plateau"])
    last = found["last"]
    return values | {
        "bayes.comparison.slope": number(*found["slope"], "", **COMPARISON),
        "bayes.comparison.until": number(10**until, 10**until * np.log(10) * err, "", **COMPARISON),
        "bayes.comparison.last": number(last["evaluations"], None, "", **COMPARISON),
        "bayes.comparison.last_error": number(last["error"], last["error_err"], "", **COMPARISON),
    }
