"""Descents in a bowl and from saddles: rows 8.1-01, 8.1-04 and 8.1-05."""

import numpy as np

from scripts.common.claims.findings import quoted, where
from scripts.common.statistics import replica_mean

BOWL = {"data": "landscape/tables/bowl.csv", "rule": "landscape_descend"}
ESCAPE = {"data": "landscape/tables/escape.csv", "rule": "landscape_descend"}
PLATEAU = {"data": "landscape/tables/plateau.csv", "rule": "landscape_descend"}
WIDTHS = {"data": "landscape/tables/widths.csv", "rule": "landscape_networks"}
LINEAR = 1e-3  # distances from a saddle up to which the forces are linear
OFF = 1.05  # the wrong curvature of the control
LARGE, TURNED = 1000, 100  # ratios of curvatures
NEED_RATIO = "the ratio {} in landscape.saddle.ratios"
NEED_NARROW = "a width below that of the teacher in landscape.widths.units"
NEED_SLOPE = "two or more of landscape.plateau.distances up to 1.0e-3"


def findings(data):
    """What rows 8.1-01, 8.1-04 and 8.1-05 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``bowl``, ``widths``, ``plateau`` and ``escape``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    bowl, widths = data["bowl"], data["widths"]
    rates = bowl["rate"] / bowl["rate_expected"]
    narrow = widths[(widths["units"] == widths["units"].min()) & (widths["units"] < widths["teacher"])]
    rugged = None if narrow.empty else np.ptp(narrow["loss"])
    descents = [
        ("8.1-01", "spread", bowl["spread"].max(), 0.0),
        ("8.1-01", "rate", rates.iloc[(rates - 1).abs().argmax()], 1.0),
    ]
    return [
        (BOWL, descents),
        (WIDTHS, [("8.1-01", "network", rugged, 0.0, NEED_NARROW)]),
        (PLATEAU, _slowing(data["plateau"])),
        (ESCAPE, [*_exact(data["escape"]), *_adam(data["escape"])]),
    ]


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


def _slowing(table):
    found = slope(table)
    steps = table.pivot(index="seed", columns="distance", values="steps")
    longer = found and replica_mean(np.log(steps[steps.columns[0]] / steps[steps.columns[-1]]).to_numpy())
    return [
        ("8.1-04", "slope", found, 1.0, NEED_SLOPE),
        ("8.1-04", "curvature_off", found, OFF, NEED_SLOPE),
        ("8.1-04", "longer", longer, 0.0, NEED_SLOPE),
    ]


def _exact(table):
    """The largest difference, in steps, between simulated and exact times."""
    differences = (table["steps"] - table["expected"]).abs().groupby(table["method"]).max()
    wrong = where(table, method="heavy_ball")["steps"].to_numpy()
    plain = where(table, method="descent")["expected"].to_numpy()
    off = np.abs(wrong - plain).max() if table["ratio"].max() >= LARGE else None
    return [
        ("8.1-04", "descent", differences["descent"], 0.0),
        ("8.1-04", "heavy_ball", differences["heavy_ball"], 0.0),
        ("8.1-04", "without_momentum", off, 0.0, f"a ratio of {LARGE} in landscape.saddle.ratios"),
    ]


def advantage(table, ratio, method):
    """ln(steps of descent / steps of a method) over the seeds at one ratio, or None."""
    rows = where(table, ratio=ratio).pivot(index="seed", columns="method", values="steps")
    if rows.empty:
        return None
    return replica_mean(np.log(rows["descent"] / rows[method]).to_numpy())


def _adam(table):
    return [
        ("8.1-05", part, advantage(table, ratio, method), 0.0, NEED_RATIO.format(ratio))
        for part, ratio, method in (
            ("weak", LARGE, "adam"),
            ("even", 1, "adam"),
            ("turned", TURNED, "adam_turned"),
            ("momentum", LARGE, "heavy_ball"),
        )
    ]


def numbers(data):
    """What the chapter quotes of bowls and saddles."""
    bowl, plateau, escape = data["bowl"].iloc[-1], data["plateau"], data["escape"]
    first, rates = plateau.iloc[0], {"rate": -bowl["rate"], "rate_expected": -bowl["rate_expected"]}
    bowls = {"starts": bowl["starts"], "condition": bowl["condition"], "spread": data["bowl"]["spread"].max()}
    found = (
        quoted("landscape.bowl", BOWL, **bowls)
        | quoted("landscape.bowl", BOWL, "steps", steps=bowl["steps"])
        | quoted("landscape.bowl", BOWL, "1/step", **rates)
        | quoted("landscape.plateau", PLATEAU, curvature=first["curvature"], rate=first["rate"])
        | quoted("landscape.plateau", PLATEAU, "", NEED_SLOPE, slope=slope(plateau))
        | quoted("landscape.plateau", PLATEAU, "steps", decade=np.log(10) / np.log(first["growth"]))
    )
    for ratio in (1, TURNED, LARGE):
        steps = where(escape, ratio=ratio).groupby("method")["steps"].median()
        methods = ("descent", "heavy_ball", "adam", "adam_turned")
        medians = {f"{method}_{ratio}": steps[method] if len(steps) else None for method in methods}
        found |= quoted("landscape.escape", ESCAPE, "steps", NEED_RATIO.format(ratio), **medians)
    return found
