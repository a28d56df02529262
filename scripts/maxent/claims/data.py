"""Moment matching on data and its limits: rows 3.2-01 to 3.2-05."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.fits import linear_fit
from scripts.common.numbers import number, unmeasured_number

DIGITS = {"data": "maxent/tables/comparisons.csv", "rule": "maxent_digits"}
OCCAM = {"data": "maxent/tables/occam.csv", "rule": "maxent_digits"}
FINITE = {"data": "maxent/tables/finite_data.csv", "rule": "maxent_limits"}
PARITY = {"data": "maxent/tables/parity.csv", "rule": "maxent_limits"}
FREEDOM = 15  # of errors from the scatter of 16 training sets
NEED = "at least three of maxent.finite_data.samples"


def records(checks, data):
    """Records of rows 3.2-01 to 3.2-05.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``comparisons``, ``occam``, ``finite_data`` and ``parity``.

    Returns
    -------
    list of dict
    """
    return (
        sourced(_digits(checks, data["comparisons"].set_index("quantity")["value"]), **DIGITS)
        + sourced(_finite(checks, data["finite_data"]), **FINITE)
        + sourced(_parity(checks, data["parity"]), **PARITY)
        + sourced(_occam(checks, data["occam"]), **OCCAM)
    )


def _digits(checks, value):
    places = {
        ("3.2-01", "residual"): "residual",
        ("3.2-01", "independent"): "residual_independent",
        ("3.2-01", "gradient"): "gradient",
        ("3.2-01", "pairs_twice"): "gradient_off",
        ("3.2-02", "rivals"): "rival",
        ("3.2-02", "pythagoras"): "pythagoras",
        ("3.2-02", "outsiders"): "outsider",
    }
    found = [record(checks[key], value[name], 0.0) for key, name in places.items()]
    missing = value["entropy_pairwise"] - value["entropy_data"]
    return [*found, record(checks["3.2-04", "digits"], missing)]


def power(table):
    """Power of the number of samples in the divergence, with its error; None with fewer than three sizes."""
    if len(table) < 3:
        return None
    design = np.stack([np.ones(len(table)), np.log(table["samples"])], axis=1)
    errors = (table["divergence_err"] / table["divergence"]).to_numpy()
    fit = linear_fit(design, np.log(table["divergence"]).to_numpy(), errors, ("amplitude", "slope"))
    return fit["slope"].value, fit["slope"].err


def _finite(checks, table):
    last, slope = table.iloc[-1], power(table)
    freedom = last["repeats"] - 1
    found = [
        unmeasured(checks["3.2-03", part], NEED)
        if slope is None
        else record(checks["3.2-03", part], slope[0], reference, error=slope[1])
        for part, reference in (("power", -1.0), ("square_root", -0.5))
    ]
    return [
        *found,
        record(
            checks["3.2-03", "amplitude"],
            measured=last["divergence"] / last["expected"],
            error=last["divergence_err"] / last["expected"],
            reference=1.0,
            degrees_of_freedom=freedom,
        ),
        record(
            checks["3.2-03", "constraint"],
            measured=last["moments"],
            error=last["moments_err"],
            reference=1.0,
            degrees_of_freedom=freedom,
        ),
    ]


def _parity(checks, table):
    clean, random = table.iloc[0], table.iloc[-1]
    return [
        record(checks["3.2-04", "parity"], clean["pairwise"], np.log(2)),
        record(checks["3.2-04", "noisy"], (table["pairwise"] - table["expected"]).abs().max(), 0.0),
        record(checks["3.2-04", "third_order"], table["triple"].abs().max(), 0.0),
        record(checks["3.2-04", "no_parity"], random["pairwise"], np.log(2)),
    ]


def landmarks(table):
    """Rows of the loss table: independent units, the best number of features, all pairs, all features."""
    pairs = table[table["order"] <= 2]
    return table.iloc[0], table.loc[table["held_out"].idxmin()], pairs.iloc[-1], table.iloc[-1]


def _occam(checks, table):
    fewest, _, pairs, everything = landmarks(table)
    return [
        record(checks["3.2-05", part], row[name], 0.0, error=row[f"{name}_err"], degrees_of_freedom=FREEDOM)
        for part, row, name in (
            ("simplest_of_its_kind", pairs, "rival"),
            ("too_few", fewest, "excess"),
            ("too_many", everything, "excess"),
        )
    ]


def numbers(data):
    """What the chapter quotes of data."""
    value = data["comparisons"].set_index("quantity")["value"]
    slope, last = power(data["finite_data"]), data["finite_data"].iloc[-1]
    fewest, best, pairs, everything = landmarks(data["occam"])
    values = {
        "maxent.digits.missing": number(
            value["entropy_pairwise"] - value["entropy_data"], None, "nat", **DIGITS
        ),
        "maxent.digits.independent": number(
            value["entropy_independent"] - value["entropy_data"], None, "nat", **DIGITS
        ),
        "maxent.finite_data.power": number(*slope, "", **FINITE) if slope else unmeasured_number("", NEED),
        "maxent.finite_data.ratio": number(
            last["divergence"] / last["expected"], last["divergence_err"] / last["expected"], "", **FINITE
        ),
        "maxent.finite_data.parameters": number(last["parameters"], None, "", **FINITE),
        "maxent.parity.pairwise": number(data["parity"]["pairwise"].iloc[0], None, "nat", **PARITY),
        "maxent.occam.best": number(best["features"], None, "", **OCCAM),
        "maxent.occam.all": number(everything["features"], None, "", **OCCAM),
        "maxent.occam.pairs": number(pairs["features"], None, "", **OCCAM),
    }
    for name, row in (("few", fewest), ("all", everything)):
        values[f"maxent.occam.excess_{name}"] = number(row["excess"], row["excess_err"], "nat", **OCCAM)
    return values | {"maxent.occam.rival": number(pairs["rival"], pairs["rival_err"], "nat", **OCCAM)}
