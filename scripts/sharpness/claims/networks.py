"""Which rulers go with the gap, with noise and with a shift: rows 8.3-01, 8.3-02 and 8.3-04."""

from scripts.common.claims.findings import (
    LEAST_CHOICES,
    quoted,
)
from scripts.common.statistics import replica_mean
from scripts.sharpness.claims.shared import NETWORKS, correlation
from scripts.sharpness.theory import ranks

TAUS = {"data": "sharpness/tables/correlations.csv", "rule": "sharpness_tabulate"}
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
        (TAUS, _by_counting(data["correlations"], table)),
        (NETWORKS, _costs(table)),
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


def _by_counting(taus, table):
    """Rank correlations of the first task by counting pairs; and with one network left out."""
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
            max((abs(tau.value - ranks.kendall(x[k:], rows[target][k:])) for tau, x in pairs), default=None)
            for k in (0, 1)
        ]
        needs = NEED_TAU.format(task)
        found += [(claim, "by_counting", off[0], 0.0, needs), (claim, "one_left_out", off[1], 0.0, needs)]
    return found


def _costs(table):
    """What all networks have learned, and what wrong labels and a shift of the data cost on digits."""
    learned = ("8.3-01", "learned", (table["train_loss"] / table["target"]).max(), 1.0)
    table = table[table["task"] == table["task"].iloc[0]]
    gap, added = table["test_error"] - table["train_error"], table["shifted_error"] - table["test_error"]
    table = table.assign(gap=gap, added=added)
    top, names = table["noise"].max(), ["gap", "distance"]
    clean, dirty = (table[table["noise"] == share].groupby("sample")[names].mean() for share in (0.0, top))
    cost = dirty - clean
    noisy = [None if top == 0 else _of_sets(cost[name]) for name in names]
    return [
        learned,
        ("8.3-04", "noise_costs", noisy[0], 0.0, NEED_NOISE),
        ("8.3-04", "noise_moves", noisy[1], 0.0, NEED_NOISE),
        ("8.3-04", "shift_costs", _of_sets(table.groupby("sample")["added"].mean()), 0.0, NEED_GROUPS),
    ]


def _of_sets(values):
    """Mean over data sets; None with fewer than two."""
    values = values.dropna().to_numpy()
    return replica_mean(values) if len(values) > 1 else None


def numbers(data):
    """What the chapter quotes of correlations."""
    return _tau_numbers(data["correlations"])


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
