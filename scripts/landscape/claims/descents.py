"""Descents in a bowl and from saddles: rows 8.1-01, 8.1-04 and 8.1-05."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number
from scripts.common.statistics import replica_mean

BOWL = {"data": "landscape/tables/bowl.csv", "rule": "landscape_descend"}
ESCAPE = {"data": "landscape/tables/escape.csv", "rule": "landscape_descend"}
PLATEAU = {"data": "landscape/tables/plateau.csv", "rule": "landscape_descend"}
WIDTHS = {"data": "landscape/tables/widths.csv", "rule": "landscape_networks"}
LINEAR = 1e-3  # distances from a saddle up to which the forces are linear
OFF = 1.05  # the wrong curvature of the control
LARGE, TURNED = 1000, 100  # ratios of curvatures
NEED_SLOPE = "two or more of landscape.plateau.distances up to 1.0e-3"


def records(checks, data):
    """Records of rows 8.1-01, 8.1-04 and 8.1-05.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``bowl``, ``widths``, ``plateau`` and ``escape``.

    Returns
    -------
    list of dict
    """
    bowl, widths = data["bowl"], data["widths"]
    narrow = widths[(widths["units"] == widths["units"].min()) & (widths["units"] < widths["teacher"])]
    rates = bowl["rate"] / bowl["rate_expected"]
    worst = rates.iloc[(rates - 1).abs().argmax()]
    return (
        sourced(
            [record(checks["8.1-01", "spread"], bowl["spread"].max(), 0.0),
             record(checks["8.1-01", "rate"], worst, 1.0)], **BOWL
        )
        + sourced([_rugged(checks["8.1-01", "network"], narrow["loss"])], **WIDTHS)
        + sourced(_slowing(checks, data["plateau"]), **PLATEAU)
        + sourced(_exact(checks, data["escape"]) + _adam(checks, data["escape"]), **ESCAPE)
    )  # fmt: skip


def _rugged(check, losses):
    """The same spread for a network that is too narrow for its task."""
    if losses.empty:
        return unmeasured(check, "a width below that of the teacher in landscape.widths.units")
    return record(check, np.ptp(losses), 0.0)


def slope(table):
    """Steps on the plateau per factor e of the distance, or None with fewer than two distances.

    Returns
    -------
    Estimate or None
        In units of 1 / ln(growth): one, if the most negative curvature alone rules.
    """
    steps = table[table["distance"] <= LINEAR].pivot(index="seed", columns="distance", values="steps")
    if steps.shape[1] < 2:
        return None
    near, far = steps.columns[0], steps.columns[-1]
    per_factor = (steps[near] - steps[far]) / np.log(far / near)
    return replica_mean(per_factor.to_numpy() * np.log(table["growth"].iloc[0]))


def _slowing(checks, table):
    found = slope(table)
    if found is None:
        return [
            unmeasured(checks["8.1-04", part], NEED_SLOPE) for part in ("slope", "curvature_off", "longer")
        ]
    own = {"measured": found.value, "error": found.err, "degrees_of_freedom": found.degrees_of_freedom}
    steps = table.pivot(index="seed", columns="distance", values="steps")
    longer = replica_mean(np.log(steps[steps.columns[0]] / steps[steps.columns[-1]]).to_numpy())
    return [
        record(checks["8.1-04", "slope"], reference=1.0, **own),
        record(checks["8.1-04", "curvature_off"], reference=OFF, **own),
        record(checks["8.1-04", "longer"], longer.value, 0.0, longer.err, degrees_of_freedom=len(steps) - 1),
    ]


def _exact(checks, table):
    """The largest difference, in steps, between simulated and exact times."""
    differences = (table["steps"] - table["expected"]).abs().groupby(table["method"]).max()
    wrong = table[table["method"] == "heavy_ball"]["steps"].to_numpy()
    plain = table[table["method"] == "descent"]["expected"].to_numpy()
    return [
        record(checks["8.1-04", "descent"], differences["descent"], 0.0),
        record(checks["8.1-04", "heavy_ball"], differences["heavy_ball"], 0.0),
        record(checks["8.1-04", "without_momentum"], np.abs(wrong - plain).max(), 0.0)
        if table["ratio"].max() >= LARGE
        else unmeasured(
            checks["8.1-04", "without_momentum"], f"a ratio of {LARGE} in landscape.saddle.ratios"
        ),
    ]


def advantage(table, ratio, method):
    """ln(steps of descent / steps of a method) over the seeds at one ratio, or None."""
    rows = table[table["ratio"] == ratio].pivot(index="seed", columns="method", values="steps")
    if rows.empty:
        return None
    return replica_mean(np.log(rows["descent"] / rows[method]).to_numpy())


def _adam(checks, table):
    found = []
    for part, ratio, method in (
        ("weak", LARGE, "adam"),
        ("even", 1, "adam"),
        ("turned", TURNED, "adam_turned"),
        ("momentum", LARGE, "heavy_ball"),
    ):
        check, ratios = checks["8.1-05", part], advantage(table, ratio, method)
        if ratios is None:
            found.append(unmeasured(check, f"the ratio {ratio} in landscape.saddle.ratios"))
            continue
        freedom = {"degrees_of_freedom": ratios.degrees_of_freedom}
        found.append(record(check, ratios.value, 0.0, ratios.err, **freedom))
    return found


def numbers(data):
    """What the chapter quotes of bowls and saddles."""
    bowl, plateau, escape = data["bowl"].iloc[-1], data["plateau"], data["escape"]
    found, first = slope(plateau), plateau.iloc[0]
    values = {
        "landscape.bowl.starts": number(bowl["starts"], None, "", **BOWL),
        "landscape.bowl.condition": number(bowl["condition"], None, "", **BOWL),
        "landscape.bowl.steps": number(bowl["steps"], None, "steps", **BOWL),
        "landscape.bowl.spread": number(data["bowl"]["spread"].max(), None, "", **BOWL),
        "landscape.bowl.rate": number(-bowl["rate"], None, "1/step", **BOWL),
        "landscape.bowl.rate_expected": number(-bowl["rate_expected"], None, "1/step", **BOWL),
        "landscape.plateau.curvature": number(first["curvature"], None, "", **PLATEAU),
        "landscape.plateau.rate": number(first["rate"], None, "", **PLATEAU),
        "landscape.plateau.slope": number(found.value, found.err, "", **PLATEAU)
        if found
        else unmeasured_number("", NEED_SLOPE),
        "landscape.plateau.decade": number(np.log(10) / np.log(first["growth"]), None, "steps", **PLATEAU),
    }
    for ratio in (1, TURNED, LARGE):
        rows = escape[escape["ratio"] == ratio].groupby("method")["steps"].median()
        for method in ("descent", "heavy_ball", "adam", "adam_turned"):
            key = f"landscape.escape.{method}_{ratio}"
            values[key] = (
                number(rows[method], None, "steps", **ESCAPE)
                if len(rows)
                else unmeasured_number("steps", f"the ratio {ratio} in landscape.saddle.ratios")
            )
    return values
