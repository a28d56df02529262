"""Which way round the divergence goes: rows 4.2-02 to 4.2-04 and 4.2-06."""

import math

import numpy as np

from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number

CODING = {"data": "variational/tables/coding.csv", "rule": "variational_coding"}
VANISHING = {"data": "variational/tables/vanishing.csv", "rule": "variational_coding"}
CURVES = {"data": "variational/tables/mode_seeking.csv", "rule": "variational_modes"}
POINTS = {"data": "variational/tables/mode_points.csv", "rule": "variational_modes"}
QUARTER = 0.25  # what Q gives to the state that vanishes from P
FIRST, LAST = 1e-6, 1e-12  # of the probabilities between which the growth is taken
ON_A_MODE = 0.9
FAR, NEAR_FAR = 6.0, 4.0
SIDES = {"apart_3": 3.0, "apart_4": 4.0, "together_1": 1.0, "together_15": 1.5, "together_2": 2.0}


def records(checks, data):
    """Records of the rows above.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``coding``, ``vanishing``, ``mode_seeking`` and ``mode_points``.

    Returns
    -------
    list of dict
    """
    return (
        sourced(_code_lengths(checks, data["coding"].iloc[0]), **CODING)
        + sourced(_growth(checks, data["vanishing"]), **VANISHING)
        + sourced(_fits(checks, data["mode_seeking"]), **CURVES)
        + sourced(_points(checks, data["mode_points"]), **POINTS)
    )


def _code_lengths(checks, row):
    references = {
        "printed": row["reverse"],
        "corrected": row["forward"],
        "symmetrized": (row["forward"] + row["reverse"]) / 2,
    }
    return [
        record(
            checks["4.2-02", part],
            measured=row["excess"],
            error=row["excess_err"],
            reference=reference,
            n_effective=row["messages"],
            degrees_of_freedom=row["messages"] - 1,
        )
        for part, reference in references.items()
    ]


def growth(table, column):
    """Increase of a divergence per e-fold of decrease of the small probability."""
    at = table.set_index(table["small"].round(15))[column]
    return float((at[LAST] - at[FIRST]) / math.log(FIRST / LAST))


def _growth(checks, table):
    columns = {"growth": "reverse_p", "other_way": "forward_p"}
    return [
        record(checks["4.2-03", part], measured=growth(table, column), reference=QUARTER)
        for part, column in columns.items()
    ]


def _at(table, a):
    return table[np.isclose(table["a"], a)].iloc[0]


def _fits(checks, table):
    ln2 = math.log(2)
    found = {
        ("4.2-04", "at_most_ln2"): (table["mode_divergence"].max(), ln2),
        ("4.2-04", "limit"): (_at(table, FAR)["mode_divergence"], ln2),
        ("4.2-04", "other_way"): (_at(table, NEAR_FAR)["forward_of_mode"], ln2),
        ("4.2-06", "metastable"): (table["broad_curvature"].min(), 0.0),
        ("4.2-06", "forward_covers"): (_at(table, NEAR_FAR)["forward_m"] / NEAR_FAR, ON_A_MODE),
    }
    for part, a in SIDES.items():
        found["4.2-06", part] = (_at(table, a)["best_m"] / a, ON_A_MODE)
    return [record(checks[key], measured=value, reference=ref) for key, (value, ref) in found.items()]


def _points(checks, table):
    a = table.set_index(["point", "optimizer"])["a"]
    return [
        record(
            checks["4.2-06", point],
            measured=a[point, "minimization"],
            reference=a[point, "stationarity"],
        )
        for point in ("switch", "spinodal")
    ]


def numbers(data):
    """What the chapter quotes."""
    points, table = data["mode_points"].set_index(["point", "optimizer"]), data["mode_seeking"]
    coding = data["coding"].iloc[0]
    found = {
        "variational.modes.switch": (points.loc[("switch", "minimization"), "a"], POINTS),
        "variational.modes.spinodal": (points.loc[("spinodal", "minimization"), "a"], POINTS),
        "variational.modes.switch_divergence": (points.loc[("switch", "stationarity"), "divergence"], POINTS),
        "variational.modes.divergence_3": (_at(table, 3.0)["mode_divergence"], CURVES),
        "variational.modes.divergence_4": (_at(table, 4.0)["mode_divergence"], CURVES),
        "variational.modes.forward_of_mode_4": (_at(table, 4.0)["forward_of_mode"], CURVES),
        "variational.coding.forward": (coding["forward"], CODING),
        "variational.coding.reverse": (coding["reverse"], CODING),
        "variational.growth": (growth(data["vanishing"], "reverse_p"), VANISHING),
    }
    values = {key: number(value, None, "", **source) for key, (value, source) in found.items()}
    excess = number(coding["excess"], coding["excess_err"], "bit", **CODING)
    return values | {"variational.coding.excess": excess}
