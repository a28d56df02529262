"""Networks of growing width and their solutions: rows 8.1-02 and 8.1-06."""

import numpy as np

from scripts.common.claims.findings import LEAST_CHOICES, Found, provided, quoted
from scripts.common.statistics import jackknife

WIDTHS = {"data": "landscape/tables/widths.csv", "rule": "landscape_networks"}
SOLUTIONS = {"data": "landscape/tables/solutions.csv", "rule": "landscape_networks"}
PATHS = {"data": "landscape/tables/paths.csv", "rule": "landscape_networks"}
BAD = 1e-3  # loss above the best of its width, in units of that of no answer
RARE, HALF = 0.05, 0.5
LARGE = 1.5  # units over those of the teacher
FLAT = 1e-3  # loss up to which a path lies on the floor
EASY = 2  # parameters over examples
NEED_EASY = f"a width of {EASY} parameters to an example in landscape.valley.units, solved twice"
NEED_LARGE = f"three widths in landscape.widths.units of {LARGE} times that of the teacher or more"
NEED_WIDER = (
    "a width above that of the teacher in landscape.widths.units, with fewer parameters than examples"
)
NEED_ALIKE = (
    "the width of the teacher, 3 or more, in landscape.widths.units, with fewer parameters than examples"
)
NEED_NARROWEST = "one unit less than the teacher, of 3 or more, in landscape.widths.units"


def findings(data):
    """What rows 8.1-02 and 8.1-06 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``widths``, ``solutions`` and ``paths``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    widths = data["widths"]
    return [
        (WIDTHS, [*_minima(widths), *_solutions(widths)]),
        (SOLUTIONS, _ranks(data["solutions"])),
        (PATHS, _paths(easy_paths(data))),
    ]


def share(rows, hits):
    """Share of networks with a property, jackknifed over data sets: Found, or None without networks.

    The error is at least that of the number alone, which does not vanish at 0 or 1 (Jeffreys' prior).
    """
    if rows.empty:
        return None
    n, k = len(hits), float(np.sum(hits))
    sets = hits.groupby(rows["task"])
    counts = np.stack([sets.sum(), sets.size()], axis=1)
    least = np.sqrt((k + 0.5) * (n - k + 0.5) / (n + 1) ** 2 / (n + 2))
    if len(counts) < 2:
        return Found(k / n, least, 0)
    found = jackknife(counts, lambda means: means[..., 0] / means[..., 1])
    return Found(k / n, max(found.err, least), found.degrees_of_freedom)


def bad(table):
    """Which networks end more than `BAD` above the best of their width and data set.

    The best is zero where the teacher can be copied.
    """
    able = table["units"] >= table["teacher"]
    best = table.groupby(["units", "task"])["loss"].transform("min").where(~able, 0.0)
    return table["loss"] > best + BAD


def bad_minima(table, units):
    """Share of bad ones among the networks of a width that rest in a minimum, solved ones included."""
    rows = table[table["units"] == units]
    resting = rows["end"] != "moving"
    return share(rows[resting], bad(rows)[resting])


def bad_ends(table, units):
    """Share of networks of a width that end badly, at rest or not."""
    rows = table[table["units"] == units]
    return share(rows, bad(rows))


def large(table):
    """The widths that count as large."""
    teacher = table["teacher"].iloc[0]
    return [units for units in sorted(table["units"].unique()) if units >= LARGE * teacher]


def _minima(table):
    teacher, wide = table["teacher"].iloc[0], large(table)
    hard = teacher >= 3  # a teacher of one or two units is too easy
    found = {f"{units}": bad_minima(table, units) for units in wide}
    found = None if len(wide) < LEAST_CHOICES or None in found.values() else found
    narrowest = bad_minima(table, teacher - 1) if hard else None
    rest = table[table["end"] == "minimum"]
    looks = [
        ("8.1-02", "rest", rest["gradient"].max(), 0.0, NEED_NARROWEST),
        ("8.1-02", "bottom", rest["lowest_curvature"].min(), 0.0, NEED_NARROWEST),
        ("8.1-02", "curvatures", rest["hessian_off"].max(), 0.0, NEED_NARROWEST),
    ]
    return [
        ("8.1-02", "large", found, RARE, NEED_LARGE),
        ("8.1-02", "narrow", narrowest, RARE, NEED_NARROWEST),
        ("8.1-02", "alike", bad_minima(table, teacher) if hard else None, None, NEED_ALIKE),
        *provided(len(rest) > 0, NEED_NARROWEST, looks),
    ]


def _solutions(table):
    """Flat directions at solutions: an idle unit leaves its inputs free; without one there are none."""
    solved = table[(table["end"] == "solved") & (table["parameters"] <= table["examples"])]
    alike, wider = solved[solved["units"] == solved["teacher"]], solved[solved["units"] > solved["teacher"]]
    lacking = None if wider.empty else (wider["flat"] - wider["inputs"]).min()
    return [
        ("8.1-06", "idle_units", lacking, 0.0, NEED_WIDER),
        ("8.1-06", "isolated", None if alike.empty else alike["flat"].max(), 1.0, NEED_ALIKE),
    ]


def _ranks(table):
    """Largest difference between the null directions that are found and P - n."""
    surplus = table["parameters"] - table["examples"]
    return [
        ("8.1-06", "surplus", (table["flat"] - surplus).abs().max(), 0.0),
        ("8.1-06", "forgetting", (table["flat_forgetting"] - surplus).abs().min(), 0.0),
        ("8.1-06", "away", (table["parameters"] - table["rank_away"]).max(), None),
        ("8.1-06", "gap", table["next"].max() / table["smallest"].min(), 0.0),
    ]


def easy_paths(data):
    """Rows of ``paths`` where the walk, which only goes ahead, has room to pass what is in its way."""
    solutions = data["solutions"].groupby("units")[["parameters", "examples"]].first()
    wide = solutions.index[solutions["parameters"] >= EASY * solutions["examples"]]
    return data["paths"][data["paths"]["units"].isin(wide)]


def _paths(table):
    n, k = len(table), (table["left"] < 1e-9).sum()
    error = np.sqrt((k + 0.5) * (n - k + 0.5) / (n + 1) ** 2 / (n + 2))
    found = [
        ("8.1-06", "floor", table["floor"].max(), 0.0),
        ("8.1-06", "straight", table["straight"].min(), FLAT),
        ("8.1-06", "arrived", Found(k / n, error, n_effective=n) if n else None, HALF),
    ]
    return provided(n > 0, NEED_EASY, found)


def numbers(data):
    """What the chapter quotes of networks."""
    table, solutions, paths = data["widths"], data["solutions"], easy_paths(data)
    teacher, wide = table["teacher"].iloc[0], large(table)
    last = solutions[solutions["units"] == solutions["units"].max()].iloc[0]
    trained = {"seeds": table["seed"].max() + 1, "tasks": table["task"].max() + 1}
    trained |= {"examples": table["examples"].iloc[0], "teacher": teacher}
    ends = {
        "minima_narrow": bad_minima(table, teacher - 1),
        "minima_alike": bad_minima(table, teacher),
        "ends_alike": bad_ends(table, teacher),
    }
    rows = table[table["units"].isin(wide)]
    resting = rows["end"] != "moving"
    widest = {"large": wide[0] if wide else None}
    widest |= {"minima_large": share(rows[resting], bad(rows)[resting]), "ends_large": share(rows, bad(rows))}
    worst = {
        "straight": paths["straight"].min(),
        "floor": paths["floor"].max(),
        "length": paths["length"].max(),
    }
    return (
        quoted("landscape.widths", WIDTHS, **trained)
        | quoted("landscape.widths", WIDTHS, "", NEED_NARROWEST, **ends)
        | quoted("landscape.widths", WIDTHS, "", NEED_LARGE, **widest)
        | quoted("landscape.valley", SOLUTIONS, **last[["parameters", "examples", "flat"]])
        | quoted("landscape.valley", PATHS, "", NEED_EASY, **(worst if len(paths) else dict.fromkeys(worst)))
    )
