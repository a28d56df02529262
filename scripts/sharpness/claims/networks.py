"""Trained networks and their curvatures: rows 8.0-01, 8.3-01, 8.3-02, 8.3-03 and 8.3-04."""

import math

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.sharpness.claims.shared import correlation, of_correlation, quoted, tau_error

NETWORKS = {"data": "sharpness/tables/networks.csv", "rule": "sharpness_tabulate"}
TAUS = {"data": "sharpness/tables/correlations.csv", "rule": "sharpness_tabulate"}
RISES = {"data": "sharpness/tables/rises.csv", "rule": "sharpness_tabulate"}
ATTACK = {"data": "sharpness/tables/rescaling.csv", "rule": "sharpness_tabulate"}
FORCES = {"data": "sharpness/tables/forces.csv", "rule": "sharpness_tabulate"}
FAR = 0.1  # radius of the moves at which groups of networks are compared
# Part, task, measure, target and scope of every correlation that a row reports.
OBSERVED = {
    "8.3-01": [
        *(
            (part, "digits", part, "error_gap", "all")
            for part in (
                "largest", "trace", "worst_rise", "local_entropy", "radius", "relative_largest",
                "relative_trace", "relative_radius", "distance", "random",
            )
        ),
        ("within_batch", "digits", "largest", "error_gap", "batch"),
        ("clean", "digits", "largest", "error_gap", "clean"),
        ("clean_relative", "digits", "relative_largest", "error_gap", "clean"),
        ("teacher", "teacher", "largest", "error_gap", "all"),
        ("teacher_relative", "teacher", "relative_trace", "error_gap", "all"),
    ],
    "8.3-04": [
        ("noise_largest", "digits", "largest", "noise", "noise"),
        ("noise_relative", "digits", "relative_trace", "noise", "noise"),
        ("noise_distance", "digits", "distance", "noise", "noise"),
        ("shift_largest", "digits", "largest", "shift_drop", "clean"),
        ("shift_relative", "digits", "relative_trace", "shift_drop", "clean"),
    ],
}  # fmt: skip
CONTROLS = {
    "8.3-01": ("planted", "digits", "planted", "error_gap", "all"),
    "8.3-04": ("memorized", "digits", "noise", "error_gap", "noise"),
}
NEED_TAU = "{} in sharpness.tasks, and enough networks that differ in nothing else"
NEED_GROUPS = "at least six networks in sharpness.networks"
SCOPES = ("all", "clean", "width", "batch", "rate", "noise")


def records(checks, data):
    """Records of the rows above.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``networks``, ``correlations``, ``rises``, ``rescaling``, ``forces``.

    Returns
    -------
    list of dict
    """
    return (
        sourced(_correlations(checks, data["correlations"]), **TAUS)
        + sourced(_forces(checks, data["forces"]), **FORCES)
        + sourced(_attack(checks, data["rescaling"]), **ATTACK)
        + sourced([_curvature(checks["8.3-03", "curvature"], data["networks"])], **NETWORKS)
        + sourced(_rises(checks, data["rises"]), **RISES)
    )


def _correlations(checks, table):
    found = []
    for claim, cases in OBSERVED.items():
        for part, task, *names in (*cases, CONTROLS[claim]):
            check, row = checks[claim, part], correlation(table, task, *names)
            reference = 0.0 if check["role"] == "control" else None
            found.append(of_correlation(check, row, reference, NEED_TAU.format(task)))
    return found


def _forces(checks, table):
    values = {
        "force": (table["force"].max(), 0.0),
        "descent": (_farthest(table["descent"], 1.0), 1.0),
        "ascent": (table["ascent"].max(), 1.0),
    }
    return [
        record(checks["8.0-01", part], measured=value, reference=reference)
        for part, (value, reference) in values.items()
    ]


def _farthest(values, center):
    values = np.asarray(values, float)
    return float(values[np.argmax(np.abs(values - center))])


def attack_ratios(table):
    """Every curvature over that of the same network before the attack, and how the outputs changed."""
    before = table[table["factor"] == 1.0].set_index(["task", "network"])
    rows = table.set_index(["task", "network"])
    names = ["largest", "trace", "relative_largest", "relative_trace"]
    ratios = rows[names] / before.loc[rows.index, names].to_numpy()
    return ratios.assign(factor=rows["factor"], output_change=rows["output_change"])


def _attack(checks, table):
    ratios = attack_ratios(table)
    last = ratios[ratios["factor"] == ratios["factor"].max()]
    values = {
        "same_function": (ratios["output_change"].max(), 0.0),
        "relative_largest": (_farthest(ratios["relative_largest"], 1.0), 1.0),
        "relative_trace": (_farthest(ratios["relative_trace"], 1.0), 1.0),
        "raw": (last["largest"].min(), 1.0),
        "raw_trace": (last["trace"].min(), 1.0),
        "hundredfold": (last["largest"].min(), 100.0),
    }
    return [
        record(checks["8.3-02", part], measured=value, reference=reference)
        for part, (value, reference) in values.items()
    ]


def _curvature(check, table):
    return record(check, measured=float(table["along_ratio"].median()), reference=1.0)


def near_row(table, task, group):
    """Row of a group at the radius closest to `FAR`."""
    rows = table[(table["task"] == task) & (table["group"] == group)]
    return rows.loc[(np.log(rows["radius"]) - math.log(FAR)).abs().idxmin()]


def group_difference(table, task):
    """Mean logarithm of the rise of the sharper third less that of the flatter one; or None."""
    sharp, flat = (near_row(table, task, group) for group in ("sharp", "flat"))
    error = math.hypot(sharp["log_rise_err"], flat["log_rise_err"])
    return (sharp["log_rise"] - flat["log_rise"], error, sharp["networks"]) if np.isfinite(error) else None


def _rises(checks, table):
    task = table["task"].iloc[0]
    split, blind = group_difference(table, task), near_row(table, task, "pairs")
    creases = table[(table["task"] == task) & (table["group"] == "all")].iloc[0]
    if split is None or not np.isfinite(blind["log_rise_err"]):
        parts = ("sharper_rises", "blind_split", "creases")
        return [unmeasured(checks["8.3-03", part], NEED_GROUPS) for part in parts]
    found = {"measured": split[0], "error": split[1], "n_effective": split[2]}
    rise = record(checks["8.3-03", "sharper_rises"], reference=0.0, **found)
    other = {"measured": blind["log_rise"], "error": blind["log_rise_err"], "n_effective": blind["networks"]}
    errors = {"reference": split[0], "reference_error": split[1]}
    control = record(checks["8.3-03", "blind_split"], **other, **errors)
    law = {"measured": creases["over_quadratic"], "error": creases["over_quadratic_err"]}
    return [rise, control, record(checks["8.3-03", "creases"], reference=1.0, **law)]


def numbers(data):
    """What the chapter quotes."""
    table, taus = data["networks"], data["correlations"]
    reached = table[table["reached"]]
    found = {
        "sharpness.networks.number": (len(table), NETWORKS),
        "sharpness.networks.reached": (len(reached), NETWORKS),
        "sharpness.networks.steps": (table["steps"].sum(), NETWORKS),
        "sharpness.networks.loss_least": (reached["train_loss"].min(), NETWORKS),
        "sharpness.networks.loss_most": (reached["train_loss"].max(), NETWORKS),
        "sharpness.networks.largest_least": (reached["largest"].min(), NETWORKS),
        "sharpness.networks.largest_most": (reached["largest"].max(), NETWORKS),
        "sharpness.networks.errors_least": (100 * reached["test_error"].min(), NETWORKS),
        "sharpness.networks.errors_most": (100 * reached["test_error"].max(), NETWORKS),
    }
    values = {key: quoted(value, None, "", "", **source) for key, (value, source) in found.items()}
    return values | _tau_numbers(taus) | _attack_numbers(data["rescaling"]) | _rise_numbers(data["rises"])


def _tau_numbers(table):
    values = {}
    names = table.loc[table["target"] == "error_gap", "measure"].unique()
    wanted = [
        (task, name, "error_gap", scope)
        for task in ("digits", "teacher")
        for name in names
        for scope in SCOPES
    ]
    wanted += [("digits", name, "noise", "noise") for name in names]
    wanted += [("digits", name, "shift_drop", "clean") for name in names]
    wanted += [("digits", name, "largest", name) for name in ("batch", "rate", "width", "decay")]
    for task, name, target, scope in wanted:
        row = correlation(table, task, name, target, scope)
        kind = {"error_gap": scope, "noise": "labels", "shift_drop": "shift", "largest": "curvature"}[target]
        value = (None, None) if row is None else (row["tau"], tau_error(row))
        values[f"sharpness.{task}.{name}.{kind}"] = quoted(*value, "", NEED_TAU.format(task), **TAUS)
    return values


def _attack_numbers(table):
    ratios = attack_ratios(table)
    last = ratios[ratios["factor"] == ratios["factor"].max()]
    found = {
        "sharpness.attack.factor": last["factor"].iloc[0],
        "sharpness.attack.least": last["largest"].min(),
        "sharpness.attack.most": last["largest"].max(),
        "sharpness.attack.networks": len(last),
    }
    return {key: quoted(value, None, "", "", **ATTACK) for key, value in found.items()}


def _rise_numbers(table):
    task = table["task"].iloc[0]
    split = group_difference(table, task)
    creases = table[(table["task"] == task) & (table["group"] == "all")].iloc[0]
    values = (None, None) if split is None else (math.exp(split[0]), math.exp(split[0]) * split[1])
    over = (creases["over_quadratic"], creases["over_quadratic_err"])
    over = over if np.isfinite(over[1]) else (None, None)
    return {
        "sharpness.rises.sharp_over_flat": quoted(*values, "", NEED_GROUPS, **RISES),
        "sharpness.rises.creases": quoted(*over, "", NEED_GROUPS, **RISES),
        "sharpness.rises.radius": quoted(near_row(table, task, "sharp")["radius"], None, "", "", **RISES),
        "sharpness.rises.creases_radius": quoted(creases["radius"], None, "", "", **RISES),
    }
