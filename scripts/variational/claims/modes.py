"""Which way round the divergence goes: rows 4.2-02 to 4.2-04 and 4.2-06."""

import math

from scripts.common.claims.findings import column, quoted, row_where

CODING = {"data": "variational/tables/coding.csv", "rule": "variational_coding"}
VANISHING = {"data": "variational/tables/vanishing.csv", "rule": "variational_coding"}
CURVES = {"data": "variational/tables/mode_seeking.csv", "rule": "variational_modes"}
POINTS = {"data": "variational/tables/mode_points.csv", "rule": "variational_modes"}
QUARTER = 0.25  # what Q gives to the state that vanishes from P
FIRST, LAST = 1e-6, 1e-12  # of the probabilities between which the growth is taken
ON_A_MODE = 0.9
FAR, NEAR_FAR = 6.0, 4.0
SIDES = {"apart_3": 3.0, "apart_4": 4.0, "together_1": 1.0, "together_15": 1.5, "together_2": 2.0}


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``coding``, ``vanishing``, ``mode_seeking`` and ``mode_points``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    grown = [
        ("4.2-03", "growth", growth(data["vanishing"], "reverse_p"), QUARTER),
        ("4.2-03", "other_way", growth(data["vanishing"], "forward_p"), QUARTER),
    ]
    a = data["mode_points"].set_index(["point", "optimizer"])["a"]
    points = [
        ("4.2-06", point, a[point, "minimization"], a[point, "stationarity"])
        for point in ("switch", "spinodal")
    ]
    return [
        (CODING, _code_lengths(data["coding"].iloc[0])),
        (VANISHING, grown),
        (CURVES, _fits(data["mode_seeking"])),
        (POINTS, points),
    ]


def _code_lengths(row):
    excess = column(row, "excess", replicas="messages", n_effective="messages")
    return [
        ("4.2-02", "printed", excess, row["reverse"]),
        ("4.2-02", "corrected", excess, row["forward"]),
        ("4.2-02", "symmetrized", excess, (row["forward"] + row["reverse"]) / 2),
    ]


def growth(table, column):
    """Increase of a divergence per e-fold of decrease of the small probability."""
    at = table.set_index(table["small"].round(15))[column]
    return float((at[LAST] - at[FIRST]) / math.log(FIRST / LAST))


def _at(table, a):
    return row_where(table, a=a)


def _fits(table):
    ln2, far = math.log(2), _at(table, NEAR_FAR)
    return [
        ("4.2-04", "at_most_ln2", table["mode_divergence"].max(), ln2),
        ("4.2-04", "limit", _at(table, FAR)["mode_divergence"], ln2),
        ("4.2-04", "other_way", far["forward_of_mode"], ln2),
        ("4.2-06", "metastable", table["broad_curvature"].min(), 0.0),
        ("4.2-06", "forward_covers", far["forward_m"] / NEAR_FAR, ON_A_MODE),
        *(("4.2-06", part, _at(table, a)["best_m"] / a, ON_A_MODE) for part, a in SIDES.items()),
    ]


def numbers(data):
    """What the chapter quotes."""
    points, table = data["mode_points"].set_index(["point", "optimizer"]), data["mode_seeking"]
    coding, at_three, at_four = data["coding"].iloc[0], _at(table, 3.0), _at(table, 4.0)
    places = {name: points.loc[(name, "minimization"), "a"] for name in ("switch", "spinodal")}
    curves = {
        "divergence_3": at_three["mode_divergence"],
        "divergence_4": at_four["mode_divergence"],
        "forward_of_mode_4": at_four["forward_of_mode"],
    }
    switch = points.loc[("switch", "stationarity"), "divergence"]
    return (
        quoted("variational.modes", POINTS, switch_divergence=switch, **places)
        | quoted("variational.modes", CURVES, **curves)
        | quoted("variational.coding", CODING, forward=coding["forward"], reverse=coding["reverse"])
        | quoted("variational.coding", CODING, "bit", excess=column(coding, "excess"))
        | quoted("variational", VANISHING, growth=growth(data["vanishing"], "reverse_p"))
    )
