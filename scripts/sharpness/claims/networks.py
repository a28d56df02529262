"""Trained networks and their curvatures: rows 8.0-01, 8.3-01, 8.3-02, 8.3-03 and 8.3-04."""

import math

import numpy as np
from scipy.stats import kendalltau

from scripts.common.claims.findings import (
    LEAST_CHOICES,
    Found,
    column,
    known,
    quoted,
    where,
)
from scripts.common.statistics import jackknife, replica_mean
from scripts.sharpness.claims.shared import correlation

NETWORKS = {"data": "sharpness/tables/networks.csv", "rule": "sharpness_tabulate"}
TAUS = {"data": "sharpness/tables/correlations.csv", "rule": "sharpness_tabulate"}
RISES = {"data": "sharpness/tables/rises.csv", "rule": "sharpness_tabulate"}
ATTACK = {"data": "sharpness/tables/rescaling.csv", "rule": "sharpness_tabulate"}
FORCES = {"data": "sharpness/tables/forces.csv", "rule": "sharpness_tabulate"}
FAR = 0.1  # radius of the moves at which groups of networks are compared
SMALL = 0.0025, 1e-5, 1e-6  # radii at which the loss is compared with its trace
CREASES = "creases", "creases_small", "creases_tiny"
MOST = 0.9  # share of networks that most are
EXACTLY = 0.01  # how near the rise along an eigenvector is to its curvature where the Hessian says all
TRAINED = 0.01  # nats
PLAIN = ("largest", "trace", "worst_rise", "local_entropy", "radius")
RELATIVE = ("relative_largest", "relative_trace", "relative_radius")
# Part, task, measure, target and scope of every correlation that a row reports.
OBSERVED = {
    "8.3-01": [
        *((part, "digits", part, "error_gap", "all") for part in (*PLAIN, *RELATIVE, "distance", "random")),
        ("planted", "digits", "planted", "error_gap", "all"),
        ("within_batch", "digits", "largest", "error_gap", "batch"),
        ("clean", "digits", "largest", "error_gap", "clean"),
        ("clean_relative", "digits", "relative_trace", "error_gap", "clean"),
        ("teacher", "teacher", "largest", "error_gap", "all"),
        ("teacher_relative", "teacher", "relative_trace", "error_gap", "all"),
    ],
    "8.3-04": [
        ("noise_largest", "digits", "largest", "noise", "noise"),
        ("noise_relative", "digits", "relative_trace", "noise", "noise"),
        ("noise_distance", "digits", "distance", "noise", "noise"),
        ("shift_largest", "digits", "largest", "shift_drop", "clean"),
        ("shift_relative", "digits", "relative_trace", "shift_drop", "clean"),
        ("shift_largest_all", "digits", "largest", "shift_drop", "all"),
        ("shift_relative_all", "digits", "relative_trace", "shift_drop", "all"),
    ],
}
# What is judged whatever the ruler: part, measures, target and scope.
RULERS = {
    "8.3-01": [("rulers", PLAIN, "error_gap", "all")],
    "8.3-02": [("relative_rulers", RELATIVE, "error_gap", "all")],
    "8.3-04": [
        ("noise_rulers", PLAIN + RELATIVE, "noise", "noise"),
        ("shift_rulers", PLAIN + RELATIVE, "shift_drop", "clean"),
    ],
}
NEED_TAU = "{} in sharpness.tasks, and enough networks and samples that differ in nothing else"
NEED_GROUPS = "at least three networks for each of two or more sharpness.networks.samples"
NEED_NOISE = "two of sharpness.networks.noises, one of them zero, and two samples"
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
    table = data["networks"][data["networks"]["reached"]]
    return [
        (TAUS, _correlations(data["correlations"])),
        (TAUS, _by_scipy(data["correlations"], table)),
        (FORCES, _forces(data["forces"])),
        (ATTACK, _attack(attack_ratios(data["rescaling"]))),
        (ATTACK, _by_hand(data["rescaling"], data["networks"])),
        (NETWORKS, [*_along(table), *_traces(table), *_costs(table)]),
        (RISES, _rises(data["rises"])),
    ]


def _correlations(table):
    cases = [(claim, *case) for claim, cases in OBSERVED.items() for case in cases]
    found = [
        (claim, part, correlation(table, task, *names), None, NEED_TAU.format(task))
        for claim, part, task, *names in cases
    ]
    judged = [(claim, *case) for claim, cases in RULERS.items() for case in cases]
    return found + [
        (claim, part, _of_rulers(table, *case), 0.0, NEED_TAU.format("digits"))
        for claim, part, *case in judged
    ]


def _of_rulers(table, measures, target, scope):
    """Correlations by task and measure, if there are enough of them; a task that says nothing is left out."""
    found = {
        f"{task}: {measure}": correlation(table, task, measure, target, scope)
        for task in table["task"].unique()
        for measure in measures
    }
    found = {choice: value for choice, value in found.items() if value is not None}
    return found if len(found) >= LEAST_CHOICES else None


def _by_scipy(taus, table):
    """Rank correlations of all pairs by SciPy, of the first task; and with one network left out."""
    task = table["task"].iloc[0]
    table = table[table["task"] == task]
    table = table.assign(
        error_gap=table["test_error"] - table["train_error"],
        shift_drop=table["shifted_error"] - table["test_error"],
    )
    clean, found = table[table["noise"] == 0], []
    for claim, rows, target, scope in (
        ("8.3-01", table, "error_gap", "all"), ("8.3-04", clean, "shift_drop", "clean"),
    ):  # fmt: skip
        pairs = [
            (correlation(taus, task, name, target, scope), (-1 if "radius" in name else 1) * rows[name])
            for name in (*PLAIN, *RELATIVE)
        ]
        pairs = [(tau, ranked) for tau, ranked in pairs if tau is not None]
        off = [
            max((abs(tau.value - kendalltau(x[k:], rows[target][k:])[0]) for tau, x in pairs), default=None)
            for k in (0, 1)
        ]
        needs = NEED_TAU.format(task)
        found += [(claim, "by_scipy", off[0], 0.0, needs), (claim, "one_left_out", off[1], 0.0, needs)]
    return found


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


def _costs(table):
    """What all networks have learned, and what wrong labels and a shift of the data cost on digits."""
    table = table[table["task"] == table["task"].iloc[0]]
    dirty = table[table["noise"] == table["noise"].max()]
    rows, clean = table.groupby("sample"), table[table["noise"] == 0].groupby("sample")
    noisy = dirty.groupby("sample") if table["noise"].max() > 0 else None
    costs = {"shift_costs": (rows["shifted_error"].mean() - rows["test_error"].mean(), NEED_GROUPS)}
    names = {"noise_costs": ["test_error", "train_error"], "noise_moves": ["distance", None]}
    for part, (name, other) in names.items():
        both = [
            None if group is None else group[name].mean() - (group[other].mean() if other else 0.0)
            for group in (noisy, clean)
        ]
        costs[part] = None if both[0] is None else both[0] - both[1], NEED_NOISE
    found = {part: (_of_sets(values), needs) for part, (values, needs) in costs.items()}
    learned = ("8.3-01", "learned", table["train_loss"].max(), TRAINED)
    return [learned, *(("8.3-04", part, value, 0.0, needs) for part, (value, needs) in found.items())]


def _of_sets(values):
    """Mean over data sets; None with fewer than two."""
    values = [] if values is None else values.dropna().to_numpy()
    return replica_mean(values) if len(values) > 1 else None


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
    """What the chapter quotes."""
    table, last = data["networks"], _most_attacked(attack_ratios(data["rescaling"]))
    reached = table[table["reached"]]
    networks = {"number": len(table), "sets": reached["sample"].nunique()}
    networks["training"] = table["training"].iloc[0]
    for name, values in (("loss", reached["train_loss"]), ("largest", reached["largest"])):
        networks |= {f"{name}_least": values.min(), f"{name}_most": values.max()}
    off = (reached["along_ratio"] - 1).abs() >= EXACTLY
    networks |= {"off_share": 100 * off.mean(), "off_most": reached["along_ratio"].max()}
    attack = {
        "factor": last["factor"].iloc[0],
        "least": last["largest"].min(),
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
    places.append(("digits", "shift_all", "shift_drop", "all"))
    wanted = [(task, name, kind, target, scope) for task, kind, target, scope in places for name in names]
    wanted += [("digits", name, "curvature", "largest", name) for name in ("batch", "rate", "width", "decay")]
    values = {}
    for task, name, kind, target, scope in wanted:
        found = {kind: correlation(table, task, name, target, scope)}
        values |= quoted(f"sharpness.{task}.{name}", TAUS, "", NEED_TAU.format(task), **found)
    return values


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
