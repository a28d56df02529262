"""Entropy, information and the second law: rows 7.1-02, 7.1-05 and 7.3-01."""

import numpy as np

from scripts.common.claims.findings import column, quoted, where

TABLE = {"data": "diffusion/tables/thermodynamics.csv", "rule": "diffusion_thermodynamics"}
PATHS = {"data": "diffusion/tables/fluctuations.csv", "rule": "diffusion_thermodynamics"}


def findings(data):
    """What the rows on entropy and information compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``thermodynamics`` and ``fluctuations``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    return [
        (TABLE, _state(data["thermodynamics"])),
        (PATHS, _paths(data["fluctuations"].set_index("path"))),
    ]


def reference(paths):
    """Exact entropy production over the time that paths are followed."""
    return float(paths["exact"].iloc[0])


def rises(table, column):
    """Largest rise of a column from one time to the next, over all laws."""
    return max(np.diff(rows[column].dropna()).max() for _, rows in table.groupby("law"))


def changed(table, law, column):
    """Last minus first value of a column."""
    rows = table[table["law"] == law][column]
    return rows.iloc[-1] - rows.iloc[0]


def _state(table):
    last, own = where(table, t=table["t"].max()), where(table, law="mixture")
    return [
        ("7.1-02", "information_falls", rises(table, "information"), 0.0),
        ("7.1-02", "information_gone", last["information"].abs().max(), 0.0),
        ("7.1-02", "shannon", -changed(table, "narrow", "entropy"), 0.0),
        ("7.3-01", "rate_positive", table["rate"].min(), 0.0),
        ("7.3-01", "kl_falls", rises(table, "kl"), 0.0),
        ("7.3-01", "speed_limit", (table["limit"] - table["production"]).max(), 0.0),
        ("7.3-01", "entropy_of_x", changed(table, "broad", "entropy"), 0.0),
        ("7.3-01", "balance", own["production"].iloc[-1], -changed(table, "mixture", "kl")),
    ]


def _paths(paths):
    def measured(path, name):
        return column(paths.loc[path], name, n_effective="paths")

    exact, reverse = reference(paths), measured("reverse", "mean")
    return [
        ("7.3-01", "paths", measured("forward", "mean"), exact),
        ("7.1-05", "apparent", measured("reverse_apparent", "mean"), 0.0),
        ("7.1-05", "reverse_total", reverse, exact),
        ("7.1-05", "with_score", reverse, 0.0),
        ("7.1-05", "fluctuation_theorem", measured("reverse", "exponential"), 1.0),
    ]


def numbers(data):
    """What the chapter quotes of entropy."""
    table, paths = data["thermodynamics"], data["fluctuations"].set_index("path")
    own = where(table, law="mixture")
    state = {
        "production": own["production"].iloc[-1],
        "kl": own["kl"].iloc[0],
        "broad_change": changed(table, "broad", "entropy"),
        "narrow_change": changed(table, "narrow", "entropy"),
    }
    means = {path: column(row, "mean") for path, row in paths.iterrows()}
    negative = {f"{path}_negative": 100 * row["negative"] for path, row in paths.iterrows()}
    return (
        quoted("diffusion.heat", TABLE, "nat", **state)
        | quoted("diffusion.heat", PATHS, "nat", exact=reference(paths), **means)
        | quoted("diffusion.heat", PATHS, "%", **negative)
        | quoted("diffusion.heat", PATHS, exponential=column(paths.loc["reverse"], "exponential"))
    )
