"""Sampling and ln Z: rows 3.3-03 and 3.3-05."""

from scripts.common.claims.collection import collection
from scripts.common.claims.findings import Found, column, provided, quoted, row_where

COUNTS = {"data": "boltzmann/tables/counts.csv", "rule": "boltzmann_sampling"}
ANNEALING = {"data": "boltzmann/tables/annealing.csv", "rule": "boltzmann_annealing"}
RUNS = {"data": "boltzmann/tables/annealing_runs.csv", "rule": "boltzmann_annealing"}
COST = {"data": "boltzmann/tables/cost.csv", "rule": "boltzmann_cost"}
DIGITS = {"data": "boltzmann/tables/digit_checks.csv", "rule": "boltzmann_digits"}
ENOUGH_RUNS = 30
NEED_RUNS = f"{ENOUGH_RUNS} or more in boltzmann.annealing.runs"
TOO_SMALL = 3.0  # factor of the control: thirty runs miss it in one case of seven thousand


def findings(data):
    """What rows 3.3-03 and 3.3-05 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``counts``, ``annealing``, ``annealing_runs``, ``cost`` and ``digit_checks``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    large, digits = data["cost"].loc[data["cost"]["n"].idxmax()], data["digit_checks"].set_index("quantity")
    exact = digits.loc["small_log_z_exact", "value"]
    return [
        (COUNTS, _counts(data["counts"])),
        (ANNEALING, _annealed(_finest(data["annealing"]))),
        (RUNS, _calibration(_finest_runs(data))),
        (COST, [("3.3-03", "large", column(large, "log_z"), large["log_z_exact"])]),
        (DIGITS, [("3.3-03", "digits", column(digits.loc["small_log_z"], "value"), exact)]),
    ]


def _finest(table):
    """The row with most temperatures."""
    return table.loc[table["temperatures"].idxmax()]


def _finest_runs(data):
    runs = data["annealing_runs"]
    return runs[runs["temperatures"] == runs["temperatures"].max()]


def _counts(table):
    set_to_one = table["beta_set"] == 1.0
    rows = {
        "general": row_where(table[set_to_one], sampler="heat_bath"),
        "restricted": row_where(table[set_to_one], sampler="block"),
        "colder": row_where(table[~set_to_one], sampler="heat_bath"),
    }
    found = []
    for name, row in rows.items():
        found.append(("3.3-05", f"counts_{name}", Found(row["z"], 1.0, n_effective=row["chains"]), 0.0))
        found.append(("3.3-05", f"temperature_{name}", column(row, "beta", n_effective="chains"), 1.0))
    return found


def _annealed(row):
    def log_z(name):
        return column(row, name, replicas="runs")._replace(n_effective=row["runs"] * row["chains"])

    return [
        ("3.3-03", "annealed", log_z("log_z"), row["log_z_exact"]),
        ("3.3-03", "annealed_reverse", log_z("log_z_reverse"), row["log_z_exact"]),
        ("3.3-03", "weights_off", log_z("log_z"), row["log_z_off"]),
    ]


def _calibration(runs):
    factors = {"calibration": 1.0, "errors_too_small": TOO_SMALL}
    found = [
        ("3.3-03", part, (collection(list(factor * runs["z"]))["z"], 1.0), 0.0)
        for part, factor in factors.items()
    ]
    return provided(len(runs) >= ENOUGH_RUNS, NEED_RUNS, found)


def numbers(data):
    """What the chapter quotes of annealing and of its cost."""
    finest, table, cost = _finest(data["annealing"]), data["annealing"], data["cost"].sort_values("n")
    coarse, largest = table.loc[table["temperatures"].idxmin()], cost.iloc[-1]
    z, bath = _finest_runs(data)["z"], row_where(data["counts"], sampler="heat_bath", beta_set=1.0)
    annealing = {
        "log_z": column(finest, "log_z"),
        "log_z_reverse": column(finest, "log_z_reverse"),
        "log_z_exact": finest["log_z_exact"],
        "annealing_temperatures": finest["temperatures"],
        "annealing_runs": finest["runs"],
        "annealing_chains": finest["chains"],
        "annealing_error": finest["error_seen"],
        "annealing_error_stated": finest["error_stated"],
        "coarse_temperatures": coarse["temperatures"],
    }
    lost = {f"coarse_{name}": column(coarse, name) for name in ("dissipated", "half_variance")}
    spread = {"z_mean": (z.mean(), len(z) ** -0.5), "z_width": (z.std(ddof=1), (2 * len(z)) ** -0.5)}
    work = {"cost_units": largest["n"], "cost_terms": largest["terms"], "cost_updates": largest["updates"]}
    return (
        quoted("boltzmann", ANNEALING, **annealing)
        | quoted("boltzmann", ANNEALING, "k_B T", **lost)
        | quoted("boltzmann", RUNS, **spread)
        | quoted("boltzmann", COST, **work)
        | quoted("boltzmann", COUNTS, sampler_beta=column(bath, "beta"))
    )
