"""Sampling and ln Z: rows 3.3-03 and 3.3-05."""

import numpy as np

from scripts.common.claims.collection import collection
from scripts.common.claims.findings import Found, column, provided, quoted, row_where
from scripts.common.fits import polynomial
from scripts.common.statistics.counts import deviate

COUNTS = {"data": "boltzmann/tables/counts.csv", "rule": "boltzmann_sampling"}
ANNEALING = {"data": "boltzmann/tables/annealing.csv", "rule": "boltzmann_annealing"}
RUNS = {"data": "boltzmann/tables/annealing_runs.csv", "rule": "boltzmann_annealing"}
COST = {"data": "boltzmann/tables/cost.csv", "rule": "boltzmann_cost"}
BARS = {"data": "boltzmann/tables/bars.csv", "rule": "boltzmann_bars"}
DIGITS = {"data": "boltzmann/tables/digit_checks.csv", "rule": "boltzmann_digits"}
ENOUGH_RUNS = 30
NEED_RUNS = f"{ENOUGH_RUNS} or more in boltzmann.annealing.runs"
SHORT, SLOW = 100, 300  # steps of the control; of the work near equilibrium
FEW = 5  # numbers of units that a slope needs


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
    digits, table = data["digit_checks"].set_index("quantity"), data["annealing"]
    small = column(digits.loc["small_log_z"], "value", n_effective="units")
    return [
        (COUNTS, _counts(data["counts"])),
        (ANNEALING, [*_annealed(_finest(table)), *_steps(table)]),
        (RUNS, _calibration(_finest_runs(data))),
        (COST, _cost(data["cost"].sort_values("n"))),
        (BARS, [_learned(data["bars"])]),
        (DIGITS, [("3.3-03", "digits", small, digits.loc["small_log_z_exact", "value"])]),
    ]


def _finest(table):
    """The row with most temperatures."""
    return table.loc[table["temperatures"].idxmax()]


def _finest_runs(data):
    """The single estimates with most temperatures, and their deviations ``z`` in their own errors."""
    runs, finest = data["annealing_runs"], _finest(data["annealing"])
    runs = runs[runs["temperatures"] == finest["temperatures"]]
    return runs.assign(z=(runs["log_z"] - finest["log_z_exact"]) / runs["log_z_err"])


def _counts(table):
    set_to_one = table["beta_set"] == 1.0
    rows = {
        "general": row_where(table[set_to_one], sampler="heat_bath"),
        "restricted": row_where(table[set_to_one], sampler="block"),
        "colder": row_where(table[~set_to_one], sampler="heat_bath"),
    }
    found = []
    for name, row in rows.items():
        z = deviate(row["chi2"], row["degrees_of_freedom"])
        found.append(("3.3-05", f"counts_{name}", Found(z, 1.0, n_effective=row["chains"]), 0.0))
        found.append(("3.3-05", f"temperature_{name}", column(row, "beta", n_effective="chains"), 1.0))
    return found


def _annealed(row):
    def log_z(name):
        return column(row, name, replicas="runs")

    return [
        ("3.3-03", "annealed", log_z("log_z"), row["log_z_exact"]),
        ("3.3-03", "annealed_reverse", log_z("log_z_reverse"), row["log_z_exact"]),
    ]


def _steps(table):
    """What certain numbers of steps show: the control, the work near equilibrium, all errors at once."""
    short, slow = (row_where(table, temperatures=steps) for steps in (SHORT, SLOW))
    needs = "{} in boltzmann.annealing.temperatures"
    exact, work = table["log_z_exact"].iloc[0], column(slow, "half_variance", replicas="runs")
    fine = table[table["temperatures"] >= SHORT]
    chi2 = (fine["runs"] * (fine["error_seen"] / fine["error_stated"]) ** 2).sum()
    errors = Found(deviate(chi2, fine["runs"].sum()), 1.0, n_effective=fine["runs"].sum())
    return [
        ("3.3-03", "step_short", column(short, "log_z_short", replicas="runs"), exact, needs.format(SHORT)),
        ("3.3-03", "dissipated", column(slow, "dissipated", replicas="runs"), work, needs.format(SLOW)),
        ("3.3-03", "errors", None if fine.empty else errors, 0.0, f"{SHORT} or more steps"),
    ]


def _calibration(runs):
    z = Found(collection(list(runs["z"]))["z"], 1.0, n_effective=len(runs))
    return provided(len(runs) >= ENOUGH_RUNS, NEED_RUNS, [("3.3-03", "calibration", z, 0.0)])


def _cost(table):
    """ln Z of the largest machine; and bits of work that each further unit costs the chains."""
    large, slope = table.iloc[-1], None
    if len(table) >= FEW:
        relative = np.sqrt(2 / table["chains"]) / np.log(2)  # of a squared error from so many chains
        fit = polynomial(table["n"], np.log2(table["updates"]), relative, degree=1)["c1"]
        slope = Found(*fit[:2], n_effective=large["chains"])
    return [
        ("3.3-03", "large", column(large, "log_z", n_effective="chains"), large["log_z_exact"]),
        ("3.3-03", "cheap", slope, 1.0, f"{FEW} of boltzmann.cost.sizes"),
    ]


def _learned(bars):
    """ln Z of the largest machine that learned bars and stripes."""
    row = row_where(bars.sort_values("size", ascending=False), convention="distinct")
    return "3.3-03", "learned", column(row, "log_z", n_effective="chains"), row["log_z_exact"]


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
