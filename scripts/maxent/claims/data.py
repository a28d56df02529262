"""Moment matching on data and its limits: rows 3.2-01 to 3.2-05."""

import numpy as np

from scripts.common.claims.findings import Found, column, exponent, quoted, row_where, where
from scripts.maxent.occam import ALL, FEW, PIXELS, SHOWN

DIGITS = {"data": "maxent/tables/comparisons.csv", "rule": "maxent_digits"}
MOMENTS = {"data": "maxent/tables/moments.csv", "rule": "maxent_digits"}
MISSING = {"data": "maxent/tables/missing.csv", "rule": "maxent_digits"}
OCCAM = {"data": "maxent/tables/occam.csv", "rule": "maxent_digits"}
RIVALS = {"data": "maxent/tables/rivals.csv", "rule": "maxent_digits"}
FINITE = {"data": "maxent/tables/finite_data.csv", "rule": "maxent_limits"}
STUDENTS = {"data": "maxent/tables/students.csv", "rule": "maxent_limits"}
PARITY = {"data": "maxent/tables/parity.csv", "rule": "maxent_limits"}
NEED = "at least three of maxent.finite_data.samples"
BROKEN = 0.05  # share of cases that break the parity, in the control
SMOOTHINGS = ("one", "tenths", "halves", "ones")


def findings(data):
    """What rows 3.2-01 to 3.2-05 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of (dict, list of tuple)
    """
    students = data["students"].set_index("student")
    needless, short = (
        column(students.loc[name], "value", replicas="repeats") for name in ("needless", "short")
    )
    return [
        (DIGITS, _digits(data)),
        (MOMENTS, _moments(data["moments"])),
        (MISSING, _missing(data["missing"])),
        (FINITE, _finite(data["finite_data"])),
        (STUDENTS, [("3.2-03", "too_few_samples", short, 1.0), ("3.2-05", "needless", needless, 0.0)]),
        (PARITY, _parity(data["parity"])),
        (RIVALS, [("3.2-05", "unfounded", _by_smoothing(data["rivals"], "unfounded"), 0.0)]),
        (OCCAM, _occam(data["occam"])),
    ]


def _digits(data):
    value = data["comparisons"].set_index("quantity")["value"]
    pixels = row_where(data["occam"], smoothing=SHOWN, features=PIXELS)
    return [
        ("3.2-01", "primal", value["primal"], 0.0),
        ("3.2-01", "gradient", value["gradient"], 0.0),
        ("3.2-01", "gradient_off", value["gradient_off"], 0.0),
        ("3.2-02", "rivals", value["rival"], 0.0),
        ("3.2-02", "pythagoras", value["pythagoras"], 0.0),
        ("3.2-02", "leaking", value["leaking"], 0.0),
        ("3.2-05", "by_hand", pixels["held_out"] + pixels["training"], value["pixels_by_hand"]),
    ]


def _moments(table):
    """Moments of models against those of the images, and of independent pixels against products of means."""
    first, second = (table[table["order"] == order] for order in (1, 2))
    fitted = table[table["order"] <= 2]
    mean = dict(zip(first["units"], first["independent"], strict=True))
    products = [mean[a] * mean[b] for a, b in (units.split("-") for units in second["units"])]
    return [
        ("3.2-01", "residual", (fitted["data"] - fitted["pairwise"]).abs().max(), 0.0),
        ("3.2-01", "independent", (second["data"] - second["independent"]).abs().max(), 0.0),
        ("3.2-01", "products", np.abs(second["independent"] - products).max(), 0.0),
    ]


def _missing(table):
    return [
        ("3.2-04", "digits", missing(table, "pairwise"), 0.0),
        ("3.2-04", "digits_pixels", missing(table, "independent"), 0.0),
    ]


def missing(table, model):
    """What a model does not express: the divergence of the data from it, less what is none."""
    row = row_where(table, model=model)
    return Found(row["apparent"] - row["bias"], row["bias_err"], row["n_samples"] - 1)


def power(table):
    """Power of the number of samples in the divergence; None with fewer than three sizes."""
    if len(table) < 3:
        return None
    found = exponent(table, "samples", "divergence")
    return Found(found.value, found.err, n_effective=table["repeats"].sum())


def _finite(table):
    last = table.iloc[-1]
    amplitude = column(last, "divergence", per="expected", replicas="repeats")
    return [
        ("3.2-03", "power", power(table), -1.0, NEED),
        ("3.2-03", "amplitude", amplitude, 1.0),
        ("3.2-03", "constraint", column(last, "moments", replicas="repeats"), 1.0),
    ]


def _parity(table):
    clean, broken = table.iloc[0], row_where(table, noise=BROKEN)
    return [
        ("3.2-04", "parity", clean["pairwise"], np.log(2)),
        ("3.2-04", "noisy", (table["pairwise"] - table["expected"]).abs().max(), 0.0),
        ("3.2-04", "third_order", table["triple"].abs().max(), 0.0),
        ("3.2-04", "parity_broken", broken["pairwise"], np.log(2)),
    ]


def _by_smoothing(table, name):
    """A column with its error for each way of smoothing."""
    rows = table.set_index("smoothing")
    return {
        way: Found(rows.loc[way, name], rows.loc[way, f"{name}_err"], rows.loc[way, "degrees_of_freedom"])
        for way in SMOOTHINGS
    }


def _occam(table):
    few, every = (_by_smoothing(where(table, features=count), "above_few") for count in (PIXELS, ALL))
    return [
        ("3.2-05", "too_few", few, 0.0),
        ("3.2-05", "too_many", every[SHOWN], 0.0),
        ("3.2-05", "too_many_smoothed", every["ones"], 0.0),
    ]


def numbers(data):
    """What the chapter quotes of data."""
    few, every = (_by_smoothing(where(data["occam"], features=count), "above_few") for count in (PIXELS, ALL))
    found = {
        "missing": missing(data["missing"], "pairwise"),
        "independent": missing(data["missing"], "independent"),
        "apparent": row_where(data["missing"], model="pairwise")["apparent"],
    }
    last, extra = data["finite_data"].iloc[-1], data["students"].set_index("student").loc["needless"]
    excess = {"excess_few": few[SHOWN], "excess_all": every[SHOWN], "excess_all_smoothed": every["ones"]}
    rivals = _by_smoothing(data["rivals"], "unfounded")
    return (
        quoted("maxent.digits", MISSING, "nat", **found)
        | quoted("maxent.finite_data", FINITE, "", NEED, power=power(data["finite_data"]))
        | quoted("maxent.finite_data", FINITE, ratio=column(last, "divergence", per="expected"))
        | quoted("maxent.finite_data", FINITE, parameters=last["parameters"])
        | quoted("maxent.parity", PARITY, "nat", pairwise=data["parity"]["pairwise"].iloc[0])
        | quoted("maxent.occam", OCCAM, all=ALL, few=FEW)
        | quoted("maxent.occam", OCCAM, "nat", **excess)
        | quoted("maxent.occam", RIVALS, "nat", unfounded=rivals["halves"])
        | quoted("maxent.occam", STUDENTS, "", needless=extra["extra"], samples=extra["samples"])
        | quoted("maxent.occam", STUDENTS, "nat", needless_cost=column(extra, "value"))
    )
