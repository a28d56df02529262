"""Noise in a valley and between two: rows 8.0-02 and, with the edge of stability, 8.3-05."""

import numpy as np

from scripts.common.claims.findings import average, column, known, quoted, row_where, scaled, where
from scripts.sharpness.claims.shared import chi_square, correlation, mean_ratio

VALLEY = {"data": "sharpness/tables/quadratic.csv", "rule": "sharpness_noise"}
WELLS = {"data": "sharpness/tables/wells.csv", "rule": "sharpness_noise"}
ESCAPE = {"data": "sharpness/tables/escape.csv", "rule": "sharpness_noise"}
EDGE = {"data": "sharpness/tables/edge.csv", "rule": "sharpness_edge"}
TAUS = {"data": "sharpness/tables/correlations.csv", "rule": "sharpness_tabulate"}
SLOW, FAST = 0.02, 1.5  # learning rates of the limit and of its failure
COLDEST, LONG = 0.06, 0.05
# Learning rates of the edge: slower ones do not all reach it in `LONG_RUN` steps; at 0.6 most starts lie
# beyond it, and one in forty runs away at once.
AT_EDGE, BELOW, BEYOND = (0.4, 0.5), 0.12, 1.2
SLOW_RATES, FAST_RATES = (0.0, BELOW), (BEYOND, 5.0)
NEED_SLOW = f"{SLOW} in sharpness.quadratic.rates"
NEED_FAST = f"{FAST} in sharpness.quadratic.rates"
NEED_LONG = f"'{LONG:.2f}' in sharpness.wells.passages.temperatures"
LONG_RUN = 4000  # steps of gradient descent until the edge is reached
NEED_EDGE = f"a rate from {{}} to {{}} in sharpness.edge.rates, two starts and {LONG_RUN} steps"
NEED_BATCHES = "digits in sharpness.tasks and at least two batches in sharpness.networks.batches"


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``quadratic``, ``wells``, ``escape``, ``edge``, ``correlations``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    sweep = correlation(data["correlations"], "digits", "batch", "largest", "batch")
    return [
        (VALLEY, [*_laws(data["quadratic"]), *_limits(data["quadratic"])]),
        (WELLS, _occupations(data["wells"])),
        (ESCAPE, _passages(data["escape"])),
        (EDGE, _edge(data["edge"])),
        (TAUS, [("8.3-05", "batch_sweep", sweep, 0.0, NEED_BATCHES)]),
    ]


def _stacked(rows):
    """Variances of both directions, their errors, and the exact ones."""
    names = ["variance_{}", "variance_{}_err", "expected_{}"]
    return [rows[[name.format(1), name.format(2)]].to_numpy().ravel() for name in names]


def _laws(table):
    even, uneven = (where(table, noise=name) for name in ("isotropic", "anisotropic"))
    weights = even["turn_err"] ** -2
    no_turn = (weights * even["turn"]).sum() / weights.sum(), weights.sum() ** -0.5
    clearest = uneven.loc[(uneven["turn"].abs() / uneven["turn_err"]).idxmax()]
    turn = mean_ratio(uneven["turn"], uneven["turn_err"], uneven["turn_expected"])
    return [
        ("8.0-02", "law", mean_ratio(*_stacked(even)), 1.0),
        ("8.0-02", "uneven_law", mean_ratio(*_stacked(uneven)), 1.0),
        ("8.0-02", "scatter", (chi_square(*_stacked(even)), 1.0), 0.0),
        ("8.0-02", "no_turn", no_turn, 0.0),
        ("8.0-02", "turn_law", turn, 1.0),
        ("8.0-02", "turn", column(clearest, "turn"), 0.0),
    ]


def at_rate(table, noise, rate, name, unit=None):
    """Mean of a column, in units of another, over the rows of one kind of noise at one rate; None without."""
    rows = where(table, noise=noise, rate=rate)
    if rows.empty:
        return None
    return mean_ratio(rows[name], rows[f"{name}_err"], rows[unit] if unit else np.ones(len(rows)))


def _limits(table):
    slow, fast = (at_rate(table, "isotropic", rate, "variance_1", "langevin_1") for rate in (SLOW, FAST))
    even, uneven = (at_rate(table, noise, SLOW, "ratio") for noise in ("isotropic", "anisotropic"))
    return [
        ("8.0-02", "langevin", slow, 1.0, NEED_SLOW),
        ("8.0-02", "one_temperature", even, 1.0, NEED_SLOW),
        ("8.0-02", "discreteness", fast, 1.0, NEED_FAST),
        ("8.0-02", "two_temperatures", uneven, 1.0, NEED_SLOW),
    ]


def mean_occupation(rows):
    """Time in the flat valley over that in the sharp one from the mean share of all rows, and its error.

    Ratios themselves are not averaged: small ones come with small errors, and would weigh too much.
    """
    share, error = average(rows, "share")[:2]
    return share / (1 - share), error / (1 - share) ** 2


def _wells(table):
    """Rows of equally deep wells and, the coldest first, of tilted ones; and the row of the weakest noise."""
    run = where(table, run="equilibrium")
    tilted = run[run["depth"] < 1.0].sort_values("D")
    return where(run, depth=1.0), tilted, row_where(table, run="cold")


def _occupations(table):
    run, (equal, tilted, cold) = where(table, run="equilibrium"), _wells(table)
    value = chi_square(run["share"], run["share_err"], run["share_expected"])
    ratio, error = (value / equal["width"].iloc[0] for value in mean_occupation(equal))
    return [
        ("8.3-05", "boltzmann", (value, 1.0), 0.0),
        ("8.3-05", "volume", (ratio, error), 1.0),
        ("8.3-05", "deep_sharp", column(tilted.iloc[0], "ratio", per="width"), 1.0),
        ("8.3-05", "weak_noise", column(cold, "share"), cold["share_expected"]),
    ]


def _passages(table):
    every = chi_square(table["time"], table["time_err"], table["expected"])
    row = row_where(table, D=LONG)
    expected = None if row is None else row["expected"]
    return [
        ("8.3-05", "passages", (every, 1.0), 0.0),
        ("8.3-05", "passage", column(row, "time"), expected, NEED_LONG),
        ("8.3-05", "kramers", column(row, "time", per="kramers"), 1.0, NEED_LONG),
    ]


def between(table, low, high):
    """Rows of the edge with a rate in this range, if runs are long and start from two places or more."""
    rows = table[(table["rate"] >= low - 1e-9) & (table["rate"] <= high + 1e-9)]
    return None if rows.empty or rows["start"].nunique() < 2 or rows["steps"].min() < LONG_RUN else rows


def _edge(table):
    edge, below, beyond = (between(table, *rates) for rates in (AT_EDGE, SLOW_RATES, FAST_RATES))
    farthest = None
    if edge is not None:
        values = edge["stability"].to_numpy()
        farthest = values[np.argmax(np.abs(values - 1.01))]
        farthest = float(farthest) if np.isfinite(farthest) else 1e9
    most = None if below is None else below["stability"].max()
    held = None if beyond is None else 1 - beyond["diverged"].mean()
    return [
        ("8.3-05", "edge", farthest, 1.01, NEED_EDGE.format(*AT_EDGE)),
        ("8.3-05", "small_rate", most, 0.97, NEED_EDGE.format(0.01, BELOW)),
        ("8.3-05", "large_rate", held, 1.0, NEED_EDGE.format(BEYOND, 5)),
    ]


def numbers(data):
    """What the chapter quotes."""
    return _valley_numbers(data["quadratic"]) | _well_numbers(data) | _edge_numbers(data["edge"])


def _valley_numbers(table):
    fast = at_rate(table, "isotropic", FAST, "variance_1", "langevin_1")
    uneven = at_rate(table, "anisotropic", SLOW, "ratio")
    law = mean_ratio(*_stacked(where(table, noise="isotropic")))
    return (
        quoted("sharpness.valley", VALLEY, law=law)
        | quoted("sharpness.valley", VALLEY, "", NEED_FAST, fast=fast)
        | quoted("sharpness.valley", VALLEY, "", NEED_SLOW, two_temperatures=uneven)
    )


def _well_numbers(data):
    equal, tilted, cold = _wells(data["wells"])
    deep, row = tilted.iloc[0], row_where(data["escape"], D=LONG)
    wells = {
        "width": equal["width"].iloc[0],
        "ratio": mean_occupation(equal),
        "temperatures": len(equal),
        "coldest": deep["D"],
        "deep_ratio": column(deep, "ratio"),
        "deep_expected": deep["ratio_expected"],
        "cold_share": scaled(column(cold, "share"), 100),
        "cold_expected": 100 * cold["share_expected"],
    }
    passage = {name: None if row is None else row[name] for name in ("expected", "kramers")}
    passage["time"] = column(row, "time")
    found = quoted("sharpness.wells", WELLS, **wells)
    return found | quoted("sharpness.escape", ESCAPE, "", NEED_LONG, **passage)


def _edge_numbers(table):
    values = quoted("sharpness.edge", EDGE, starts=table["start"].nunique())
    for key, low, high in (("edge", *AT_EDGE), ("below", *SLOW_RATES)):
        rows = between(table, low, high)
        found = dict.fromkeys((f"{key}_least", f"{key}_most", f"{key}_peak"))
        if rows is not None:
            stability = rows["stability"].to_numpy()
            ends = {"least": stability.min(), "most": stability.max(), "peak": rows["most"].max()}
            found = {f"{key}_{end}": known(value) for end, value in ends.items()}
        values |= quoted("sharpness.edge", EDGE, "", NEED_EDGE.format(low, high), **found)
    return values
