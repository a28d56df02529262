"""Entropy, information and the second law: rows 7.1-02, 7.1-05 and 7.3-01."""

import numpy as np

from scripts.common.claims.records import record, sourced
from scripts.common.numbers import number

TABLE = {"data": "diffusion/tables/thermodynamics.csv", "rule": "diffusion_thermodynamics"}
PATHS = {"data": "diffusion/tables/fluctuations.csv", "rule": "diffusion_thermodynamics"}


def records(checks, data):
    """Records of the rows on entropy and information.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``thermodynamics`` and ``fluctuations``.

    Returns
    -------
    list of dict
    """
    table, paths = data["thermodynamics"], data["fluctuations"].set_index("path")
    return sourced(_state(checks, table), **TABLE) + sourced(_paths(checks, paths, reference(paths)), **PATHS)


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


def _state(checks, table):
    last = table[table["t"] == table["t"].max()]
    own = table[table["law"] == "mixture"]
    values = {
        ("7.1-02", "information_falls"): rises(table, "information"),
        ("7.1-02", "information_gone"): last["information"].abs().max(),
        ("7.1-02", "shannon"): -changed(table, "narrow", "entropy"),
        ("7.3-01", "rate_positive"): table["rate"].min(),
        ("7.3-01", "kl_falls"): rises(table, "kl"),
        ("7.3-01", "speed_limit"): (table["limit"] - table["production"]).max(),
        ("7.3-01", "entropy_of_x"): changed(table, "broad", "entropy"),
    }
    balance = own["production"].iloc[-1], -changed(table, "mixture", "kl")
    return [record(checks[key], value, 0.0) for key, value in values.items()] + [
        record(checks["7.3-01", "balance"], *balance)
    ]


def _paths(checks, paths, exact):
    cases = (
        ("7.3-01", "paths", "forward", "mean", exact),
        ("7.1-05", "apparent", "reverse_apparent", "mean", 0.0),
        ("7.1-05", "reverse_total", "reverse", "mean", exact),
        ("7.1-05", "with_score", "reverse", "mean", 0.0),
        ("7.1-05", "fluctuation_theorem", "reverse", "exponential", 1.0),
    )
    return [
        record(
            checks[claim, part], paths.loc[path, what], aim,
            error=paths.loc[path, f"{what}_err"], n_effective=paths.loc[path, "paths"],
        )
        for claim, part, path, what, aim in cases
    ]  # fmt: skip


def numbers(data):
    """What the chapter quotes of entropy."""
    table, paths = data["thermodynamics"], data["fluctuations"].set_index("path")
    own = table[table["law"] == "mixture"].set_index("t")
    values = {
        "diffusion.heat.production": number(own["production"].iloc[-1], None, "nat", **TABLE),
        "diffusion.heat.kl": number(own["kl"].iloc[0], None, "nat", **TABLE),
        "diffusion.heat.broad_change": number(changed(table, "broad", "entropy"), None, "nat", **TABLE),
        "diffusion.heat.narrow_change": number(changed(table, "narrow", "entropy"), None, "nat", **TABLE),
        "diffusion.heat.exact": number(reference(paths), None, "nat", **PATHS),
    }
    for path, row in paths.iterrows():
        values[f"diffusion.heat.{path}"] = number(row["mean"], row["mean_err"], "nat", **PATHS)
        values[f"diffusion.heat.{path}_negative"] = number(100 * row["negative"], None, "%", **PATHS)
    row = paths.loc["reverse"]
    values["diffusion.heat.exponential"] = number(row["exponential"], row["exponential_err"], "", **PATHS)
    return values
