"""Which way round the divergence goes: rows 4.2-02 to 4.2-04 and 4.2-06."""

import math

import numpy as np

from scripts.common.claims.findings import column, quoted, row_where, where

CODING = {"data": "variational/tables/coding.csv", "rule": "variational_coding"}
VANISHING = {"data": "variational/tables/vanishing.csv", "rule": "variational_coding"}
PENALTY = {"data": "variational/tables/penalty.csv", "rule": "variational_coding"}
FITS = {"data": "variational/tables/mode_fits.csv", "rule": "variational_modes"}
CURVES = {"data": "variational/tables/mode_seeking.csv", "rule": "variational_modes"}
POINTS = {"data": "variational/tables/mode_points.csv", "rule": "variational_modes"}
QUARTER = 0.25  # what Q gives to the state that vanishes from P
FIRST, LAST = 1e-6, 1e-12  # of the probabilities between which the growth is taken
ON_A_MODE = 0.9
FAR, NEAR_FAR, SHOWN = 6.0, 4.0, 3.0  # half distances; the last one of penalty.csv
LITTLE = 0.1  # of a divergence: what may come from where Q is small
SIDES = {"apart_3": 3.0, "apart_4": 4.0, "together_1": 1.0, "together_15": 1.5, "together_2": 2.0}


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``coding``, ``penalty``, ``vanishing``, ``mode_seeking``, ``mode_fits`` and ``mode_points``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    grown = [
        ("4.2-03", "growth", growth(data["vanishing"], "reverse"), QUARTER),
        ("4.2-03", "heavier", growth(data["vanishing"], "heavier"), QUARTER),
        ("4.2-03", "other_way", data["vanishing"]["forward"].iloc[-1], -math.log1p(-QUARTER)),
    ]
    points = data["mode_points"].set_index(["point", "optimizer"])
    a, at_switch = points["a"], points["divergence"]["switch"]
    found = [
        *(("4.2-06", x, a[x, "minimization"], a[x, "stationarity"]) for x in ("switch", "spinodal")),
        ("4.2-06", "switch_price", at_switch["minimization"], at_switch["stationarity"]),
    ]
    return [
        (CODING, _code_lengths(data["coding"].set_index("sent"))),
        (PENALTY, _paid(data["penalty"], data["mode_fits"])),
        (VANISHING, grown),
        (FITS, _fits(data["mode_fits"], data["mode_seeking"])),
        (CURVES, [("4.2-06", "metastable", _curvature(data["mode_seeking"]), 0.0)]),
        (POINTS, found),
    ]


def _code_lengths(rows):
    from_p, from_q = (rows.loc[sent] for sent in ("p", "q"))

    def length(row, name):
        return column(row, name, replicas="messages", n_effective="messages")

    return [
        ("4.2-02", "printed", length(from_p, "excess"), from_p["from_code"]),
        ("4.2-02", "corrected", length(from_q, "excess"), from_q["from_truth"]),
        ("4.2-02", "misplaced", length(from_q, "misplaced"), from_q["from_truth"]),
        ("4.2-02", "right_code", length(from_p, "right"), from_p["entropy"]),
    ]


def _paid(table, fits):
    """Sums over the places of penalty.csv against integrals; what comes from where Q < P."""
    h = table["x"].diff().median()
    sums = {
        (fit, way): rows[way].sum() * h
        for fit, rows in table.groupby("fit")
        for way in ("reverse", "forward")
    }
    masses = [rows[name].sum() * h - 1 for _, rows in table.groupby("fit") for name in ("p", "q")]
    mode, broad = (row_where(fits, a=SHOWN, goal=goal) for goal in ("reverse", "forward"))
    integrals = {
        ("mode", "reverse"): mode["divergence"],
        ("mode", "forward"): mode["other"],
        ("broad", "reverse"): broad["other"],
        ("broad", "forward"): broad["divergence"],
    }
    apart = [abs(sums[key] - value) for key, value in integrals.items()]
    rows = where(table, fit="mode")
    small = rows.loc[rows["q"] < rows["p"], "reverse"].sum() * h
    return [
        ("4.2-04", "whole", max(apart), 0.0),
        ("4.2-04", "densities", max(map(abs, masses)), 0.0),
        ("4.2-04", "left_out", small, mode["below"]),
        ("4.2-04", "little", -small / sums["mode", "reverse"], LITTLE),
    ]


def _fits(fits, table):
    """Direct minimization against the conditions of stationarity, at every half distance of ``fits``."""
    apart = {}
    for goal, prefix in (("reverse", "best"), ("forward", "forward")):
        rows = where(fits, goal=goal)
        exact = table.set_index("a").loc[rows["a"]]
        found = rows[["m", "s", "divergence"]].to_numpy()
        names = [f"{prefix}_{name}" for name in ("m", "s", "divergence")]
        apart[goal] = np.abs(found - exact[names].to_numpy()).max()
    far = row_where(fits, a=FAR, goal="reverse")
    near = row_where(fits, a=NEAR_FAR, goal="reverse")
    kinds = _kinds(fits, table)
    return [
        ("4.2-04", "limit", far["divergence"], math.log(2)),
        ("4.2-04", "wider", far["wider"], math.log(2)),
        ("4.2-04", "other_way", near["other"], _at(table, NEAR_FAR)["forward_of_mode"]),
        ("4.2-06", "fits", apart["reverse"], 0.0),
        ("4.2-06", "kinds", kinds, 0.0),
        ("4.2-06", "forward_fits", apart["forward"], 0.0),
        ("4.2-06", "forward_covers", row_where(fits, a=NEAR_FAR, goal="forward")["m"] / NEAR_FAR, ON_A_MODE),
        *(
            ("4.2-06", part, row_where(fits, a=a, goal="reverse")["m"] / a, ON_A_MODE)
            for part, a in SIDES.items()
        ),
    ]


def _kinds(fits, table):
    """The fit of both modes below the switch and of one above, as the figure draws them, against ``fits``."""
    apart = []
    for _, row in where(fits, goal="reverse").iterrows():
        exact, kind = _at(table, row["a"]), "mode" if row["m"] > 0.5 else "broad"
        apart += [exact[f"{kind}_s"] - row["s"], exact[f"{kind}_divergence"] - row["divergence"]]
        apart += [exact["mode_m"] - row["m"]] if kind == "mode" else []
    return max(map(abs, apart))


def _curvature(table):
    """Largest difference of the smallest curvature at the symmetric fit from 1/s^2, which is positive."""
    return (table["broad_curvature"] - table["broad_s"] ** -2.0).abs().max()


def growth(table, column):
    """Increase of a divergence per e-fold of decrease of the small probability."""
    at = table.set_index(table["small"].round(15))[column]
    return float((at[LAST] - at[FIRST]) / math.log(FIRST / LAST))


def _at(table, a):
    return row_where(table, a=a)


def numbers(data):
    """What the chapter quotes."""
    points, table = data["mode_points"].set_index(["point", "optimizer"]), data["mode_seeking"]
    of_mode = _at(table, NEAR_FAR)["forward_of_mode"]
    from_p, from_q = (row_where(data["coding"], sent=sent) for sent in ("p", "q"))
    places = {name: points.loc[(name, "minimization"), "a"] for name in ("switch", "spinodal")}
    excess = {"excess": column(from_p, "excess"), "excess_other": column(from_q, "excess")}
    left_out = _paid(data["penalty"], data["mode_fits"])[3][2]
    return (
        quoted("variational.modes", POINTS, **places)
        | quoted("variational.modes", CURVES, forward_of_mode_4=of_mode)
        | quoted("variational.coding", CODING, forward=from_p["from_truth"], reverse=from_q["from_truth"])
        | quoted("variational.coding", CODING, "bit", **excess)
        | quoted("variational.modes", PENALTY, left_out=left_out)
    )
