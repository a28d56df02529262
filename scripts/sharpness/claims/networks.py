"""Trained networks and their curvatures: rows 8.0-01, 8.3-01, 8.3-02, 8.3-03 and 8.3-04."""

import math

import numpy as np

from scripts.common.claims.findings import column, known, less, provided, quoted, row_where, where
from scripts.sharpness.claims.shared import correlation

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


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``networks``, ``correlations``, ``rises``, ``rescaling``, ``forces``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    curvature = data["networks"]["along_ratio"].median()
    return [
        (TAUS, _correlations(data["correlations"])),
        (FORCES, _forces(data["forces"])),
        (ATTACK, _attack(attack_ratios(data["rescaling"]))),
        (NETWORKS, [("8.3-03", "curvature", curvature, 1.0)]),
        (RISES, _rises(data["rises"])),
    ]


def _correlations(table):
    cases = [(claim, *case, None) for claim, cases in OBSERVED.items() for case in cases]
    cases += [(claim, *case, 0.0) for claim, case in CONTROLS.items()]
    return [
        (claim, part, correlation(table, task, *names), reference, NEED_TAU.format(task))
        for claim, part, task, *names, reference in cases
    ]


def _forces(table):
    return [
        ("8.0-01", "force", table["force"].max(), 0.0),
        ("8.0-01", "descent", _farthest(table["descent"], 1.0), 1.0),
        ("8.0-01", "ascent", table["ascent"].max(), 1.0),
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


def _most_attacked(ratios):
    return ratios[ratios["factor"] == ratios["factor"].max()]


def _attack(ratios):
    last = _most_attacked(ratios)
    return [
        ("8.3-02", "same_function", ratios["output_change"].max(), 0.0),
        ("8.3-02", "relative_largest", _farthest(ratios["relative_largest"], 1.0), 1.0),
        ("8.3-02", "relative_trace", _farthest(ratios["relative_trace"], 1.0), 1.0),
        ("8.3-02", "raw", last["largest"].min(), 1.0),
        ("8.3-02", "raw_trace", last["trace"].min(), 1.0),
        ("8.3-02", "hundredfold", last["largest"].min(), 100.0),
    ]


def near_row(table, task, group):
    """Row of a group at the radius closest to `FAR`."""
    rows = where(table, task=task, group=group)
    return rows.loc[(np.log(rows["radius"]) - math.log(FAR)).abs().idxmin()]


def group_difference(table, task):
    """Mean logarithm of the rise of the sharper third less that of the flatter one; or None."""
    sharp, flat = (
        column(near_row(table, task, group), "log_rise", n_effective="networks")
        for group in ("sharp", "flat")
    )
    return known(less(sharp, flat))


def _rises(table):
    task = table["task"].iloc[0]
    split = group_difference(table, task)
    blind = known(column(near_row(table, task, "pairs"), "log_rise", n_effective="networks"))
    creases = column(row_where(table, task=task, group="all"), "over_quadratic")
    found = [
        ("8.3-03", "sharper_rises", split, 0.0),
        ("8.3-03", "blind_split", blind, split),
        ("8.3-03", "creases", creases, 1.0),
    ]
    return provided(split is not None and blind is not None, NEED_GROUPS, found)


def numbers(data):
    """What the chapter quotes."""
    table, last = data["networks"], _most_attacked(attack_ratios(data["rescaling"]))
    reached = table[table["reached"]]
    networks = {"number": len(table), "reached": len(reached), "steps": table["steps"].sum()}
    for name, values in (
        ("loss", reached["train_loss"]),
        ("largest", reached["largest"]),
        ("errors", 100 * reached["test_error"]),
    ):
        networks |= {f"{name}_least": values.min(), f"{name}_most": values.max()}
    attack = {
        "factor": last["factor"].iloc[0],
        "least": last["largest"].min(),
        "most": last["largest"].max(),
        "networks": len(last),
    }
    return (
        quoted("sharpness.networks", NETWORKS, **networks)
        | _tau_numbers(data["correlations"])
        | quoted("sharpness.attack", ATTACK, **attack)
        | _rise_numbers(data["rises"])
    )


def _tau_numbers(table):
    """Every correlation of a measure of sharpness, by what it is correlated with and among which networks."""
    names = table.loc[table["target"] == "error_gap", "measure"].unique()
    places = [(task, scope, "error_gap", scope) for task in ("digits", "teacher") for scope in SCOPES]
    places += [("digits", "labels", "noise", "noise"), ("digits", "shift", "shift_drop", "clean")]
    wanted = [(task, name, kind, target, scope) for task, kind, target, scope in places for name in names]
    wanted += [("digits", name, "curvature", "largest", name) for name in ("batch", "rate", "width", "decay")]
    values = {}
    for task, name, kind, target, scope in wanted:
        found = {kind: correlation(table, task, name, target, scope)}
        values |= quoted(f"sharpness.{task}.{name}", TAUS, "", NEED_TAU.format(task), **found)
    return values


def _rise_numbers(table):
    task = table["task"].iloc[0]
    split, creases = group_difference(table, task), row_where(table, task=task, group="all")
    ratio = split and (math.exp(split.value), math.exp(split.value) * split.error)
    rises = {"sharp_over_flat": ratio, "creases": known(column(creases, "over_quadratic"))}
    radii = {"radius": near_row(table, task, "sharp")["radius"], "creases_radius": creases["radius"]}
    name = "sharpness.rises"
    return quoted(name, RISES, "", NEED_GROUPS, **rises) | quoted(name, RISES, **radii)
