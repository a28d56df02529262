"""Moment matching on data and its limits: rows 3.2-01 to 3.2-05."""

import numpy as np

from scripts.common.claims.findings import column, exponent, quoted

DIGITS = {"data": "maxent/tables/comparisons.csv", "rule": "maxent_digits"}
OCCAM = {"data": "maxent/tables/occam.csv", "rule": "maxent_digits"}
FINITE = {"data": "maxent/tables/finite_data.csv", "rule": "maxent_limits"}
PARITY = {"data": "maxent/tables/parity.csv", "rule": "maxent_limits"}
SETS = 16  # of training, whose scatter makes the errors
NEED = "at least three of maxent.finite_data.samples"


def findings(data):
    """What rows 3.2-01 to 3.2-05 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``comparisons``, ``occam``, ``finite_data`` and ``parity``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    return [
        (DIGITS, _digits(data["comparisons"].set_index("quantity")["value"])),
        (FINITE, _finite(data["finite_data"])),
        (PARITY, _parity(data["parity"])),
        (OCCAM, _occam(data["occam"])),
    ]


def _digits(value):
    return [
        ("3.2-01", "residual", value["residual"], 0.0),
        ("3.2-01", "independent", value["residual_independent"], 0.0),
        ("3.2-01", "gradient", value["gradient"], 0.0),
        ("3.2-01", "pairs_twice", value["gradient_off"], 0.0),
        ("3.2-02", "rivals", value["rival"], 0.0),
        ("3.2-02", "pythagoras", value["pythagoras"], 0.0),
        ("3.2-02", "outsiders", value["outsider"], 0.0),
        ("3.2-04", "digits", value["entropy_pairwise"] - value["entropy_data"]),
    ]


def power(table):
    """Power of the number of samples in the divergence, an Estimate; None with fewer than three sizes."""
    return exponent(table, "samples", "divergence") if len(table) >= 3 else None


def _finite(table):
    last, slope = table.iloc[-1], power(table)
    amplitude = column(last, "divergence", per="expected", replicas="repeats")
    return [
        ("3.2-03", "power", slope, -1.0, NEED),
        ("3.2-03", "square_root", slope, -0.5, NEED),
        ("3.2-03", "amplitude", amplitude, 1.0),
        ("3.2-03", "constraint", column(last, "moments", replicas="repeats"), 1.0),
    ]


def _parity(table):
    clean, random = table.iloc[0], table.iloc[-1]
    return [
        ("3.2-04", "parity", clean["pairwise"], np.log(2)),
        ("3.2-04", "noisy", (table["pairwise"] - table["expected"]).abs().max(), 0.0),
        ("3.2-04", "third_order", table["triple"].abs().max(), 0.0),
        ("3.2-04", "no_parity", random["pairwise"], np.log(2)),
    ]


def landmarks(table):
    """Rows of the loss table: independent units, the best number of features, all pairs, all features."""
    pairs = table[table["order"] <= 2]
    return table.iloc[0], table.loc[table["held_out"].idxmin()], pairs.iloc[-1], table.iloc[-1]


def _occam(table):
    fewest, _, pairs, everything = landmarks(table)
    return [
        ("3.2-05", "simplest_of_its_kind", column(pairs, "rival", replicas=SETS), 0.0),
        ("3.2-05", "too_few", column(fewest, "excess", replicas=SETS), 0.0),
        ("3.2-05", "too_many", column(everything, "excess", replicas=SETS), 0.0),
    ]


def numbers(data):
    """What the chapter quotes of data."""
    value = data["comparisons"].set_index("quantity")["value"]
    missing, independent = (
        value[f"entropy_{name}"] - value["entropy_data"] for name in ("pairwise", "independent")
    )
    last = data["finite_data"].iloc[-1]
    fewest, best, pairs, everything = landmarks(data["occam"])
    sizes = {"best": best["features"], "all": everything["features"], "pairs": pairs["features"]}
    excess = {"excess_few": column(fewest, "excess"), "excess_all": column(everything, "excess")}
    return (
        quoted("maxent.digits", DIGITS, "nat", missing=missing, independent=independent)
        | quoted("maxent.finite_data", FINITE, "", NEED, power=power(data["finite_data"]))
        | quoted("maxent.finite_data", FINITE, ratio=column(last, "divergence", per="expected"))
        | quoted("maxent.finite_data", FINITE, parameters=last["parameters"])
        | quoted("maxent.parity", PARITY, "nat", pairwise=data["parity"]["pairwise"].iloc[0])
        | quoted("maxent.occam", OCCAM, **sizes)
        | quoted("maxent.occam", OCCAM, "nat", rival=column(pairs, "rival"), **excess)
    )
