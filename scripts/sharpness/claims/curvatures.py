"""The landscape about trained networks: rows 8.0-01, 8.3-02 and 8.3-03."""

import math

import numpy as np

from scripts.common.claims.findings import Found, column, known, quoted, where
from scripts.common.statistics import jackknife, replica_mean
from scripts.sharpness.claims.shared import NETWORKS

RISES = {"data": "sharpness/tables/rises.csv", "rule": "sharpness_tabulate"}
ATTACK = {"data": "sharpness/tables/rescaling.csv", "rule": "sharpness_tabulate"}
FORCES = {"data": "sharpness/tables/forces.csv", "rule": "sharpness_tabulate"}
FAR = 0.1  # radius of the moves at which groups of networks are compared
SMALL = 0.0025, 1e-5, 1e-6  # radii at which the loss is compared with its trace
CREASES = "creases", "creases_small", "creases_tiny"
MOST = 0.9  # share of networks that most are
EXACTLY = 0.01  # how near the rise along an eigenvector is to its curvature where the Hessian says all
NEED_GROUPS = "at least three networks for each of two or more sharpness.networks.samples"


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``networks``, ``rises``, ``rescaling``, ``forces``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    reached = data["networks"][data["networks"]["reached"]]
    return [
        (FORCES, _forces(data["forces"])),
        (ATTACK, _attack(attack_ratios(data["rescaling"]))),
        (ATTACK, _by_hand(data["rescaling"], data["networks"])),
        (NETWORKS, [*_along(reached), *_traces(reached)]),
        (RISES, _rises(data["rises"])),
    ]


def _forces(table):
    return [
        ("8.0-01", "force", table["force"].max(), 0.0),
        ("8.0-01", "descent", _farthest(table["descent"], 1.0), 1.0),
        ("8.0-01", "rate_off", _farthest(table["rate_off"], 1.0), 1.0),
    ]


def _farthest(values, center):
    values = np.asarray(values, float).ravel()
    return float(values[np.argmax(np.abs(values - center))])


def _by_hand(attack, table):
    """Largest eigenvalues and traces of some networks over those with derivatives by hand."""
    before = attack[attack["factor"] == 1.0].set_index(["task", "network"])
    same = table.set_index(["task", table.groupby("task").cumcount()]).loc[before.index]
    largest = ["largest", "relative_largest"]
    traces = ["trace", "relative_trace"]
    hand = [before[[f"hand_{name}" for name in names]].to_numpy() for names in (largest, traces)]
    ratios = np.stack([same[largest], before[largest]]) / hand[0]
    return [
        ("8.3-03", "largest_by_hand", _farthest(ratios, 1.0), 1.0),
        ("8.3-03", "traces_by_hand", _farthest(before[traces] / hand[1], 1.0), 1.0),
    ]


def _along(table):
    ratio = table["along_ratio"]
    near = (ratio - 1).abs() < EXACTLY
    sets = near.groupby([table["task"], table["sample"]])
    counts = np.stack([sets.sum(), sets.size()], axis=1)
    found = jackknife(counts, lambda means: means[..., 0] / means[..., 1]) if len(counts) > 1 else None
    n, k = len(near), near.sum()
    least = np.sqrt((k + 0.5) * (n - k + 0.5) / (n + 1) ** 2 / (n + 2))
    share = found and Found(k / n, max(found.err, least), found.degrees_of_freedom)
    return [
        ("8.3-03", "curvature", ratio.median(), 1.0),
        ("8.3-03", "longer_moves", table["along_off"].median(), 1.0),
        ("8.3-03", "mostly", share, MOST, NEED_GROUPS),
    ]


def _traces(table):
    """Random estimates of traces over those in closed form, in the mean over the networks."""
    found = []
    for part in ("trace", "relative_trace"):
        ratio = table[part] / table[f"exact_{part}"]
        mean = replica_mean(ratio.to_numpy()) if len(ratio) > 1 else None
        found.append(("8.3-03", f"{part}s", mean, 1.0, NEED_GROUPS))
    return found


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
    ]


def near_row(table, task, group, radius=FAR):
    """Row of a group at the radius closest to the given one."""
    rows = where(table, task=task, group=group)
    return rows.loc[(np.log(rows["radius"]) - math.log(radius)).abs().idxmin()]


def _of_row(row, name):
    """What a row of ``rises`` says, with the scatter over data sets; None with fewer than two."""
    return known(column(row, name, replicas="sets"))


def _rises(table):
    task = table["task"].iloc[0]
    return [
        (
            "8.3-03",
            "sharper_rises",
            _of_row(near_row(table, task, "difference"), "log_rise"),
            0.0,
            NEED_GROUPS,
        ),
        (
            "8.3-03",
            "creases",
            _of_row(near_row(table, task, "all", SMALL[0]), "over_quadratic"),
            1.0,
            NEED_GROUPS,
        ),
    ]


def numbers(data):
    """What the chapter quotes of the networks and the landscape about them."""
    table, last = data["networks"], _most_attacked(attack_ratios(data["rescaling"]))
    reached = table[table["reached"]]
    networks = {"number": len(table), "sets": reached["sample"].nunique()}
    networks["training"] = table["training"].iloc[0]
    for name, values in (("loss", reached["train_loss"]), ("largest", reached["largest"])):
        networks |= {f"{name}_least": values.min(), f"{name}_most": values.max()}
    off = (reached["along_ratio"] - 1).abs() >= EXACTLY
    networks |= {"off_share": 100 * off.mean(), "off_most": reached["along_ratio"].max()}
    attack = {"factor": last["factor"].iloc[0], "least": last["largest"].min(), "networks": len(last)}
    return (
        quoted("sharpness.networks", NETWORKS, **networks)
        | quoted("sharpness.attack", ATTACK, **attack)
        | _rise_numbers(data["rises"])
    )


def _rise_numbers(table):
    task = table["task"].iloc[0]
    split = _of_row(near_row(table, task, "difference"), "log_rise")
    ratio = split and (math.exp(split.value), math.exp(split.value) * split.error)
    rows = [near_row(table, task, "all", radius) for radius in SMALL]
    creases = {name: _of_row(row, "over_quadratic") for name, row in zip(CREASES, rows, strict=True)}
    radii = {f"{name}_radius": row["radius"] for name, row in zip(CREASES, rows, strict=True)}
    radii["radius"] = near_row(table, task, "sharp")["radius"]
    name = "sharpness.rises"
    return quoted(name, RISES, "", NEED_GROUPS, sharp_over_flat=ratio, **creases) | quoted(
        name, RISES, **radii
    )
