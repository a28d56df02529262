"""Networks of growing width and their solutions: rows 8.1-02 and 8.1-06."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number
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


def records(checks, data):
    """Records of rows 8.1-02 and 8.1-06.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``widths``, ``solutions`` and ``paths``.

    Returns
    -------
    list of dict
    """
    return (
        sourced(_minima(checks, data["widths"]), **WIDTHS)
        + sourced(_ranks(checks, data["solutions"]), **SOLUTIONS)
        + sourced(_paths(checks, easy_paths(data)), **PATHS)
        + sourced([_isolated(checks, data["widths"])], **WIDTHS)
    )


def share(rows, hits):
    """Share of networks with a property: Estimate, with the error from the scatter between data sets.

    It is at least that of the number alone, which does not vanish at 0 or 1 (Jeffreys' prior).
    """
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


def _minima(checks, table):
    narrowest, narrow, wide = of_kind(table)
    cases = (
        ("wide", wide, NEED_WIDE, bad(wide)),
        ("narrow", narrow, NEED_NARROW, bad(narrow)),
        ("verified", narrowest, NEED_NARROWEST, bad(narrowest) & (narrowest["end"] == "minimum")),
        ("untrained", wide, NEED_WIDE, wide["start"] > BAD),
    )
    found = []
    for part, rows, need, hits in cases:
        check = checks["8.1-02", part]
        if rows.empty:
            found.append(unmeasured(check, need))
            continue
        value, error, freedom = share(rows, hits)
        reference = 0.0 if part == "verified" else RARE
        found.append(record(check, value, reference, error, degrees_of_freedom=freedom))
    return found


def _ranks(checks, table):
    """Largest difference between the null directions that are found and P - n."""
    surplus = table["parameters"] - table["examples"]
    off = (table["parameters"] - table["rank_away"] - surplus).abs().max()
    away = checks["8.1-06", "away"]
    return [
        record(checks["8.1-06", "surplus"], (table["flat"] - surplus).abs().max(), 0.0),
        record(away, off, 0.0) if surplus.max() >= SURPLUS else unmeasured(away, NEED_SURPLUS),
        record(checks["8.1-06", "gap"], table["next"].max() / table["smallest"].min(), 0.0),
    ]


def easy_paths(data):
    """Rows of ``paths`` where the walk, which only goes ahead, has room to pass what is in its way."""
    solutions = data["solutions"].groupby("units")[["parameters", "examples"]].first()
    wide = solutions.index[solutions["parameters"] >= EASY * solutions["examples"]]
    return data["paths"][data["paths"]["units"].isin(wide)]


def _paths(checks, table):
    if table.empty:
        return [unmeasured(checks["8.1-06", part], NEED_EASY) for part in ("floor", "straight", "arrived")]
    return [
        record(checks["8.1-06", "floor"], table["floor"].max(), 0.0),
        record(checks["8.1-06", "straight"], table["straight"].min(), 0.0),
        record(checks["8.1-06", "arrived"], table["left"].max(), 0.0),
    ]


def isolated(table):
    """Most null directions of the networks as wide as their teacher that found it, or None."""
    rows = table[(table["units"] == table["teacher"]) & (table["end"] == "solved")]
    return None if rows.empty or (rows["parameters"] > rows["examples"]).any() else rows["flat"].max()


def _isolated(checks, table):
    check, found = checks["8.1-06", "isolated"], isolated(table)
    if found is None:
        return unmeasured(check, NEED_NARROW)
    return record(check, found, 1.0)  # a valley has one at least


def numbers(data):
    """What the chapter quotes of networks."""
    table, solutions, paths = data["widths"], data["solutions"], easy_paths(data)
    narrowest, narrow, wide = of_kind(table)
    last = solutions[solutions["units"] == solutions["units"].max()].iloc[0]
    values = {
        "landscape.widths.seeds": number(table["seed"].max() + 1, None, "", **WIDTHS),
        "landscape.widths.tasks": number(table["task"].max() + 1, None, "", **WIDTHS),
        "landscape.widths.examples": number(table["examples"].iloc[0], None, "", **WIDTHS),
        "landscape.widths.teacher": number(table["teacher"].iloc[0], None, "", **WIDTHS),
        "landscape.valley.parameters": number(last["parameters"], None, "", **SOLUTIONS),
        "landscape.valley.examples": number(last["examples"], None, "", **SOLUTIONS),
        "landscape.valley.flat": number(last["flat"], None, "", **SOLUTIONS),
    }
    for name, rows, need in (("wide", wide, NEED_WIDE), ("narrow", narrow, NEED_NARROW)):
        key = f"landscape.widths.bad_{name}"
        values[key] = (
            unmeasured_number("", need) if rows.empty else number(*share(rows, bad(rows))[:2], "", **WIDTHS)
        )
    key = "landscape.widths.verified"
    values[key] = (
        unmeasured_number("", NEED_NARROWEST)
        if narrowest.empty
        else number(*share(narrowest, bad(narrowest) & (narrowest["end"] == "minimum"))[:2], "", **WIDTHS)
    )
    for name, column in (
        ("straight", paths["straight"]),
        ("floor", paths["floor"]),
        ("length", paths["length"]),
    ):
        key = f"landscape.valley.{name}"
        worst = column.min() if name == "straight" else column.max()
        values[key] = unmeasured_number("", NEED_EASY) if paths.empty else number(worst, None, "", **PATHS)
    return values
