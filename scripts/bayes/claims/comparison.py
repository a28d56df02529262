"""Variational inference against chains: row 5.2-08."""

import numpy as np

from scripts.common.claims.findings import Found, column, provided, quoted
from scripts.common.fits import polynomial

COMPARISON = {"data": "bayes/tables/comparison.csv", "rule": "bayes_compare"}
OFFSETS = {"data": "bayes/tables/offsets.csv", "rule": "bayes_compare"}
FAMILIES = {"data": "bayes/tables/families.csv", "rule": "bayes_compare"}
LONG = 1024  # steps from which a chain has forgotten its start and errors fall as a power
CLEAR = 0.1  # error of mean field that is worth the name
NEED_LENGTHS = f"three of bayes.comparison.lengths from {LONG} on"
NEED_OFFSET = "a larger bayes.comparison.offset, so that the parameters are correlated"


def findings(data):
    """What row 5.2-08 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``comparison``, ``families`` and ``offsets``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    family = data["families"].iloc[0]
    clear = family["plateau"] >= CLEAR
    families = [
        ("5.2-08", "plateau", family["plateau"], family["plateau_direct"]),
        ("5.2-08", "full", family["full"], 0.0),
        ("5.2-08", "correlation", family["correlation_direct"], family["correlation"]),
        ("5.2-08", "gap", family["gap_direct"], family["gap"]),
        (
            "5.2-08",
            "data_off",
            family["plateau_off"] if clear else None,
            family["plateau_direct"],
            NEED_OFFSET,
        ),
    ]
    return [
        (COMPARISON, _chains(law(data["comparison"]), family, clear)),
        (OFFSETS, [("5.2-08", "fast", _speeds(data["offsets"]), 0.0)]),
        (FAMILIES, families),
    ]


def _speeds(table):
    """By the place of the data: evaluations that chains need to equal mean field, over its sweeps; log10."""
    found = {}
    for offset, rows in table.groupby("offset"):
        first = rows.iloc[0]
        until, error = evaluations_until(power_law(rows), first["plateau"])
        speed = until - np.log10(first["sweeps"])
        found[f"{offset:g}"] = Found(speed, error, None, rows["chains"].sum())
    return found


def power_law(rows):
    """ln(error) = c0 + c1 ln(evaluations), a Fit."""
    relative = rows["error_err"] / rows["error"]
    return polynomial(np.log(rows["evaluations"]), np.log(rows["error"]), relative, degree=1)


def law(table):
    """Power law of the chain's error, or None with fewer than three long chains.

    Returns
    -------
    fit : Fit
        ln(error) = c0 + c1 ln(evaluations).
    last : pandas.Series
        The row of the longest chain.
    """
    rows = table[(table["method"] == "chain") & (table["evaluations"] >= LONG)].sort_values("evaluations")
    if len(rows) < 3:
        return None
    return power_law(rows), rows.iloc[-1]


def evaluations_until(fit, level):
    """Evaluations after which the chain's error falls below a level, as log10 with error."""
    start, power = fit.values
    at = (np.log(level) - start) / power
    gradient = np.array([-1.0, -at]) / power
    return at / np.log(10), float(np.sqrt(gradient @ fit.covariance @ gradient)) / np.log(10)


def _chains(found, family, clear):
    if found is None:
        return [("5.2-08", part, None, None, NEED_LENGTHS) for part in ("slope", "exact")]
    fit, last = found
    slope = Found(*fit["c1"][:2], None, last["chains"])
    exact = column(last, "error", per=family["plateau"], n_effective="chains")
    return [
        ("5.2-08", "slope", slope, -0.5),
        *provided(clear, NEED_OFFSET, [("5.2-08", "exact", exact, 1.0)]),
    ]


def numbers(data):
    """What the chapter quotes of the comparison."""
    found, family = law(data["comparison"]), data["families"].iloc[0]
    chains = dict.fromkeys(("slope", "until", "last", "last_error"))
    if found is not None:
        fit, last = found
        until, error = evaluations_until(fit, family["plateau"])
        chains = {
            "slope": fit["c1"],
            "until": (10**until, 10**until * np.log(10) * error),
            "last": last["evaluations"],
            "last_error": column(last, "error"),
        }
    return quoted("bayes.comparison", FAMILIES, **family[["correlation", "plateau", "sweeps"]]) | quoted(
        "bayes.comparison", COMPARISON, "", NEED_LENGTHS, **chains
    )
