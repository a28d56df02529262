"""Descents in a bowl and from saddles: rows 8.1-01, 8.1-04 and 8.1-05."""

import numpy as np

from scripts.common.claims.findings import LEAST_CHOICES, quoted, where
from scripts.common.statistics import replica_mean
from scripts.landscape.theory import escape as law

BOWL = {"data": "landscape/tables/bowl.csv", "rule": "landscape_descend"}
ESCAPE = {"data": "landscape/tables/escape.csv", "rule": "landscape_descend"}
PLATEAU = {"data": "landscape/tables/plateau.csv", "rule": "landscape_descend"}
LINEAR = 1e-3  # distances from a saddle up to which the forces are linear
WEAK, TWIN = 10000, 100  # ratios of curvatures: of a weak way down, and where two programs of Adam meet
QUOTED = (1, 100, 10000)
NEED_RATIO = "the ratio {} in landscape.saddle.ratios"
NEED_RATES = "{} in landscape.saddle.ratios and three of landscape.saddle.adam_rates"
NEED_SLOPE = "two or more of landscape.plateau.distances up to 1.0e-3"


def findings(data):
    """What rows 8.1-01, 8.1-04 and 8.1-05 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``bowl``, ``plateau`` and ``escape``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    bowl = data["bowl"]
    rates = bowl["rate"] / np.log1p(-1 / bowl["condition"])
    bowls = [
        ("8.1-01", "spread", bowl["spread"].max(), 0.0),
        ("8.1-01", "rate", rates.iloc[(rates - 1).abs().argmax()], 1.0),
        ("8.1-01", "ridge_off", bowl["ridge_off"].min(), 0.0),
    ]
    return [
        (BOWL, bowls),
        (PLATEAU, _slowing(data["plateau"])),
        (ESCAPE, [*_exact(data["escape"]), *_adam(data["escape"])]),
    ]


def growth(table):
    """Factor per step by which the distance from the saddle grows, from the curvature there."""
    return law.growth(-table["rate"].iloc[0] * table["curvature"].iloc[0])


def slope(table, run="right"):
    """Steps on the plateau per factor e of the distance, or None with fewer than two distances.

    Returns
    -------
    Estimate or None
        In units of 1 / ln(growth): one, if the most negative curvature alone rules.
    """
    rows = where(table, run=run)
    steps = rows[rows["distance"] <= LINEAR].pivot(index="seed", columns="distance", values="steps")
    if steps.shape[1] < 2:
        return None
    near, far = steps.columns[0], steps.columns[-1]
    per_factor = (steps[near] - steps[far]) / np.log(far / near)
    return replica_mean(per_factor.to_numpy() * np.log(growth(table)))


def _slowing(table):
    found, steps = (
        slope(table),
        where(table, run="right").pivot(index="seed", columns="distance", values="steps"),
    )
    longer = found and replica_mean(np.log(steps[steps.columns[0]] / steps[steps.columns[-1]]).to_numpy())
    return [
        ("8.1-04", "slope", found, 1.0, NEED_SLOPE),
        ("8.1-04", "rate_off", slope(table, "rate_off"), 1.0, NEED_SLOPE),
        ("8.1-04", "longer", longer, 0.0, NEED_SLOPE),
    ]


def _exact(table):
    """The largest difference, in steps, between simulated and exact times, or those of another program."""
    off = (table["steps"] - table["expected"]).abs().groupby(table["method"]).max()
    twins = [off[method] for method in ("adam", "adam_turned")]
    steep = off["descent_off"] if table["ratio"].max() >= WEAK else None
    twin = None if np.isnan(twins).any() else max(twins)
    return [
        ("8.1-04", "descent", off["descent"], 0.0),
        ("8.1-04", "heavy_ball", off["heavy_ball"], 0.0),
        ("8.1-04", "ratio_off", steep, 0.0, NEED_RATIO.format(WEAK)),
        ("8.1-05", "twin", twin, 0.0, NEED_RATIO.format(TWIN)),
        ("8.1-05", "adam_off", off.get("adam_off"), 0.0, NEED_RATIO.format(TWIN)),
    ]


def advantage(table, ratio, method):
    """ln(steps of descent / steps of a method) over the seeds at one ratio: Estimates by learning rate."""
    rows = where(table, ratio=ratio)
    plain = where(rows, method="descent").set_index("seed")["steps"]
    return {
        f"{rate:g}": replica_mean(np.log(plain / group.set_index("seed")["steps"]).to_numpy())
        for rate, group in where(rows, method=method).groupby("rate")
    }


def waiting(table):
    """How the logarithm of Adam's steps grows with that of the ratio, over all ratios, by learning rate."""
    rows = where(table, method="adam")
    ends = [where(rows, ratio=ratio).groupby("rate")["steps"].median() for ratio in (1, WEAK)]
    powers = (np.log(ends[1] / ends[0]) / np.log(WEAK)).dropna()  # empty without one of both ratios
    return {f"{rate:g}": float(power) for rate, power in powers.items()}


def _adam(table):
    cases = {"weak": (WEAK, "adam"), "turned": (WEAK, "adam_turned"), "even": (1, "adam")}
    cases["turned_hundred"] = TWIN, "adam_turned"
    momentum = next(iter(advantage(table, WEAK, "heavy_ball").values()), None)
    power = _of_rates(waiting(table))
    return [
        *(
            ("8.1-05", part, _of_rates(advantage(table, *case)), 0.0, NEED_RATES.format(case[0]))
            for part, case in cases.items()
        ),
        ("8.1-05", "momentum", momentum, 0.0, NEED_RATIO.format(WEAK)),
        ("8.1-05", "waiting", power, 0.0, NEED_RATES.format(f"1 and {WEAK}")),
    ]


def _of_rates(found):
    return found if len(found) >= LEAST_CHOICES else None


def numbers(data):
    """What the chapter quotes of bowls and saddles."""
    bowl, plateau, escape = data["bowl"].iloc[-1], data["plateau"], data["escape"]
    first, expected = plateau.iloc[0], -np.log1p(-1 / bowl["condition"])
    bowls = {"starts": bowl["starts"], "condition": bowl["condition"], "spread": data["bowl"]["spread"].max()}
    found = (
        quoted("landscape.bowl", BOWL, **bowls)
        | quoted("landscape.bowl", BOWL, "steps", steps=bowl["steps"])
        | quoted("landscape.bowl", BOWL, "1/step", rate=-bowl["rate"], rate_expected=expected)
        | quoted("landscape.plateau", PLATEAU, curvature=first["curvature"], rate=first["rate"])
        | quoted("landscape.plateau", PLATEAU, "", NEED_SLOPE, slope=slope(plateau))
        | quoted("landscape.plateau", PLATEAU, "steps", decade=np.log(10) / np.log(growth(plateau)))
    )
    return found | _escape_numbers(escape)


def _escape_numbers(table):
    """Median steps by method and ratio; of Adam for the smallest and the largest of its rates."""
    adam, found = table[table["method"] == "adam"]["rate"], {}
    ends = {"slow": adam.min(), "fast": adam.max()}
    found |= quoted("landscape.escape", ESCAPE, **{f"rate_{name}": rate for name, rate in ends.items()})
    for ratio in QUOTED:
        steps = where(table, ratio=ratio).groupby(["method", "rate"])["steps"].median()
        medians = {f"{method}_{ratio}": steps.get((method, 1.0)) for method in ("descent", "heavy_ball")}
        for name, rate in ends.items():
            for method in ("adam", "adam_turned"):
                medians[f"{method}_{name}_{ratio}"] = steps.get((method, rate))
        found |= quoted("landscape.escape", ESCAPE, "steps", NEED_RATIO.format(ratio), **medians)
    return found
