"""Networks of growing width and their solutions: rows 8.1-02 and 8.1-06."""

import numpy as np

from scripts.common.claims.findings import provided, quoted
from scripts.common.statistics import Estimate, replica_mean

WIDTHS = {"data": "landscape/tables/widths.csv", "rule": "landscape_networks"}
SOLUTIONS = {"data": "landscape/tables/solutions.csv", "rule": "landscape_networks"}
PATHS = {"data": "landscape/tables/paths.csv", "rule": "landscape_networks"}
BAD = 1e-3  # loss above the best of its width, in units of that of no answer
RARE = 0.05
SURPLUS = 40  # directions that a wrong rank must hide to be noticed
NEED_SURPLUS = f"{SURPLUS} parameters more than landscape.valley.examples"
EASY = 2  # parameters over examples
NEED_EASY = f"a width of {EASY} parameters to an example in landscape.valley.units, solved twice"
NEED_WIDE = "a width in landscape.widths.units with at least as many parameters as examples"
NEED_NARROW = (
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
    single = ("8.1-06", "isolated", isolated(data["widths"]), 1.0, NEED_NARROW)  # a valley has one at least
    return [
        (WIDTHS, [*_minima(data["widths"]), single]),
        (SOLUTIONS, _ranks(data["solutions"])),
        (PATHS, _paths(easy_paths(data))),
    ]


def share(rows, hits):
    """Share of networks with a property, with the error from the scatter between data sets: Estimate or None.

    The error is at least that of the number alone, which does not vanish at 0 or 1 (Jeffreys' prior).
    """
    if rows.empty:
        return None
    n, k = len(hits), float(np.sum(hits))
    found = replica_mean(hits.groupby(rows["task"]).mean().to_numpy())
    least = np.sqrt((k + 0.5) * (n - k + 0.5) / (n + 1) ** 2 / (n + 2))
    return Estimate(k / n, max(found.err, least), found.degrees_of_freedom)


def of_kind(table):
    """Rows of three kinds of networks, empty where there is none.

    Narrowest: one unit less than the teacher; narrow: as many, with fewer parameters than examples;
    wide: at least as many parameters as examples. A teacher of one or two units is too easy.
    """
    wide = table[table["parameters"] >= table["examples"]]
    rest = table[(table["parameters"] < table["examples"]) & (table["teacher"] >= 3)]
    return rest[rest["units"] == rest["teacher"] - 1], rest[rest["units"] == rest["teacher"]], wide


def bad(rows):
    """Which networks end more than `BAD` above the best of their width and data set.

    The best is zero where the teacher can be copied.
    """
    able = rows["units"] >= rows["teacher"]
    best = rows.groupby(["units", "task"])["loss"].transform("min").where(~able, 0.0)
    return rows["loss"] > best + BAD


def verified(rows):
    """Which networks end badly in what is known to be a minimum."""
    return bad(rows) & (rows["end"] == "minimum")


def _minima(table):
    narrowest, narrow, wide = of_kind(table)
    return [
        ("8.1-02", "wide", share(wide, bad(wide)), RARE, NEED_WIDE),
        ("8.1-02", "narrow", share(narrow, bad(narrow)), RARE, NEED_NARROW),
        ("8.1-02", "verified", share(narrowest, verified(narrowest)), 0.0, NEED_NARROWEST),
        ("8.1-02", "untrained", share(wide, wide["start"] > BAD), RARE, NEED_WIDE),
    ]


def _ranks(table):
    """Largest difference between the null directions that are found and P - n."""
    surplus = table["parameters"] - table["examples"]
    off = (table["parameters"] - table["rank_away"] - surplus).abs().max()
    return [
        ("8.1-06", "surplus", (table["flat"] - surplus).abs().max(), 0.0),
        ("8.1-06", "away", off if surplus.max() >= SURPLUS else None, 0.0, NEED_SURPLUS),
        ("8.1-06", "gap", table["next"].max() / table["smallest"].min(), 0.0),
    ]


def easy_paths(data):
    """Rows of ``paths`` where the walk, which only goes ahead, has room to pass what is in its way."""
    solutions = data["solutions"].groupby("units")[["parameters", "examples"]].first()
    wide = solutions.index[solutions["parameters"] >= EASY * solutions["examples"]]
    return data["paths"][data["paths"]["units"].isin(wide)]


def _paths(table):
    found = [
        ("8.1-06", "floor", table["floor"].max(), 0.0),
        ("8.1-06", "straight", table["straight"].min(), 0.0),
        ("8.1-06", "arrived", table["left"].max(), 0.0),
    ]
    return provided(len(table) > 0, NEED_EASY, found)


def isolated(table):
    """Most null directions of the networks as wide as their teacher that found it, or None."""
    rows = table[(table["units"] == table["teacher"]) & (table["end"] == "solved")]
    return None if rows.empty or (rows["parameters"] > rows["examples"]).any() else rows["flat"].max()


def numbers(data):
    """What the chapter quotes of networks."""
    table, solutions, paths = data["widths"], data["solutions"], easy_paths(data)
    narrowest, narrow, wide = of_kind(table)
    last = solutions[solutions["units"] == solutions["units"].max()].iloc[0]
    trained = {
        "seeds": table["seed"].max() + 1,
        "tasks": table["task"].max() + 1,
        "examples": table["examples"].iloc[0],
        "teacher": table["teacher"].iloc[0],
    }
    worst = {
        "straight": paths["straight"].min(),
        "floor": paths["floor"].max(),
        "length": paths["length"].max(),
    }
    found = share(narrowest, verified(narrowest))
    return (
        quoted("landscape.widths", WIDTHS, **trained)
        | quoted("landscape.widths", WIDTHS, "", NEED_WIDE, bad_wide=share(wide, bad(wide)))
        | quoted("landscape.widths", WIDTHS, "", NEED_NARROW, bad_narrow=share(narrow, bad(narrow)))
        | quoted("landscape.widths", WIDTHS, "", NEED_NARROWEST, verified=found)
        | quoted("landscape.valley", SOLUTIONS, **last[["parameters", "examples", "flat"]])
        | quoted("landscape.valley", PATHS, "", NEED_EASY, **(worst if len(paths) else dict.fromkeys(worst)))
    )
