"""Noise in a valley and between two: rows 8.0-02, with the edge of stability, and 8.3-05."""

import numpy as np

from scripts.common.claims.findings import Found, average, column, known, quoted, row_where, scaled, where
from scripts.common.statistics import replica_mean
from scripts.sharpness.claims.shared import chi_square, correlation, mean_ratio

VALLEY = {"data": "sharpness/tables/quadratic.csv", "rule": "sharpness_noise"}
WELLS = {"data": "sharpness/tables/wells.csv", "rule": "sharpness_noise"}
ESCAPE = {"data": "sharpness/tables/escape.csv", "rule": "sharpness_noise"}
EDGE = {"data": "sharpness/tables/edge.csv", "rule": "sharpness_edge"}
TAUS = {"data": "sharpness/tables/correlations.csv", "rule": "sharpness_tabulate"}
SLOW, FAST = 0.02, 1.5  # learning rates of the limit and of its failure
LONG = 0.05  # temperature of the longest passages
# Learning rates of the edge: slower ones do not all reach it in `LONG_RUN` steps; at 0.6 most starts lie
# beyond it, and one in forty runs away at once.
AT_EDGE, BELOW = (0.4, 0.5), 0.12
SLOW_RATES = 0.0, BELOW
NEAR_EDGE = 0.1  # how far from the edge still counts as being there
NEED_SLOW = f"{SLOW} in sharpness.quadratic.rates"
NEED_FAST = f"{FAST} in sharpness.quadratic.rates"
NEED_LONG = f"'{LONG:.2f}' in sharpness.wells.passages.temperatures"
BATCH = 16
NEED_BATCH = f"{BATCH} in sharpness.quadratic.batches"
NEED_HOT = "'0.08' in sharpness.wells.passages.temperatures"
LONG_RUN = 4000  # steps of gradient descent until the edge is reached
NEED_EDGE = f"a rate from {{}} to {{}} in sharpness.edge.rates, two starts and {LONG_RUN} steps"
NEED_BATCHES = "digits in sharpness.tasks, and two batches and two samples in sharpness.networks"


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
    """Variances of both directions, their errors, and the exact ones; and the number of chains."""
    names = ["variance_{}", "variance_{}_err", "expected_{}"]
    return *(rows[[name.format(1), name.format(2)]].to_numpy().ravel() for name in names), rows[
        "chains"
    ].sum()


def _laws(table):
    even, uneven = (where(table, noise=name) for name in ("isotropic", "anisotropic"))
    weights = even["turn_err"] ** -2
    still = (weights * even["turn"]).sum() / weights.sum(), weights.sum() ** -0.5
    clearest = uneven.loc[(uneven["turn"].abs() / uneven["turn_err"]).idxmax()]
    turn = _mean(uneven, "turn", "turn_expected")
    *stacked, n = _stacked(even)
    return [
        ("8.0-02", "law", mean_ratio(*_stacked(even)), 1.0),
        ("8.0-02", "uneven_law", mean_ratio(*_stacked(uneven)), 1.0),
        ("8.0-02", "ratio_law", _mean(table, "ratio", "ratio_expected"), 1.0),
        ("8.0-02", "scatter", Found(chi_square(*stacked), 1.0, n_effective=n), 0.0),
        ("8.0-02", "no_turn", Found(*still, n_effective=even["chains"].sum()), 0.0),
        ("8.0-02", "turn_law", turn, 1.0),
        ("8.0-02", "turn", column(clearest, "turn", n_effective="chains"), 0.0),
        ("8.0-02", "batch_off", _wrong_batch(even), 1.0, NEED_BATCH),
    ]


def _mean(rows, name, unit):
    """Mean of a column in units of another, over independent rows."""
    return mean_ratio(rows[name], rows[f"{name}_err"], rows[unit], rows["chains"].sum())


def _wrong_batch(even):
    """The law for batches of sixteen, told that they are one larger; None without such batches."""
    rows = where(even, batch=BATCH)
    if rows.empty:
        return None
    values, errors, expected, n = _stacked(rows)
    return mean_ratio(values, errors, expected * BATCH / (BATCH + 1), n)


def at_rate(table, noise, rate, name, unit=None):
    """Mean of a column, in units of another, over the rows of one kind of noise at one rate; None without."""
    rows = where(table, noise=noise, rate=rate)
    if rows.empty:
        return None
    return _mean(rows, name, unit) if unit else _mean(rows.assign(one=1.0), name, "one")


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
    return occupation(average(rows, "share")._replace(n_effective=rows["walkers"].sum()))


def occupation(share):
    """Time in the flat valley over that in the sharp one, from the share of the first."""
    return share._replace(value=share.value / (1 - share.value), error=share.error / (1 - share.value) ** 2)


def _wells(table):
    """Rows of equally deep wells and, the coldest first, of tilted ones; and the row of the weakest noise."""
    run = where(table, run="equilibrium")
    tilted = run[run["depth"] < 1.0].sort_values("D")
    return where(run, depth=1.0), tilted, row_where(table, run="cold")


def _occupations(table):
    run, (equal, tilted, cold) = where(table, run="equilibrium"), _wells(table)
    value, n = chi_square(run["share"], run["share_err"], run["share_expected"]), run["walkers"].sum()
    coldest = occupation(column(tilted.iloc[0], "share", n_effective="walkers"))
    return [
        ("8.3-05", "boltzmann", Found(value, 1.0, n_effective=n), 0.0),
        ("8.3-05", "volume", scaled(mean_occupation(equal), 1 / equal["width"].iloc[0]), 1.0),
        ("8.3-05", "deep_sharp", scaled(coldest, 1 / equal["width"].iloc[0]), 1.0),
        ("8.3-05", "weak_noise", column(cold, "share", n_effective="walkers"), cold["share_expected"]),
    ]


def _passages(table):
    right, hotter = where(table, run="right"), row_where(table, run="hotter")
    every = chi_square(right["time"], right["time_err"], right["expected"])
    row = row_where(right, D=LONG)
    found = Found(every, 1.0, n_effective=right["walkers"].sum())
    times = [
        None if each is None else column(each, "time", per=unit, n_effective="walkers")
        for each, unit in ((hotter, "expected"), (row, "kramers"))
    ]
    return [
        ("8.3-05", "passages", found, 0.0),
        ("8.3-05", "hotter", times[0], 1.0, NEED_HOT),
        ("8.3-05", "kramers", times[1], 1.0, NEED_LONG),
    ]


def between(table, low, high):
    """Rows of the edge with a rate in this range, if runs are long and start from two places or more."""
    rows = table[(table["rate"] >= low - 1e-9) & (table["rate"] <= high + 1e-9)]
    return None if rows.empty or rows["start"].nunique() < 2 or rows["steps"].min() < LONG_RUN else rows


def mean_stability(rows, name="stability"):
    """Mean over starts, each over its rates; None where a run diverged, or all starts agree."""
    if rows is None or not np.isfinite(rows[name]).all():
        return None
    means = rows.groupby("start")[name].mean().to_numpy()
    return replica_mean(means) if np.ptp(means) > 0 else None


def _edge(table):
    slower, faster, below = (
        between(table, *rates) for rates in (AT_EDGE[:1] * 2, AT_EDGE[1:] * 2, SLOW_RATES)
    )
    need, slow = NEED_EDGE.format(*AT_EDGE), NEED_EDGE.format(0.01, BELOW)
    return [
        ("8.0-02", "edge_reached", mean_stability(slower), 1 - NEAR_EDGE, need),
        ("8.0-02", "edge_held", mean_stability(faster), 1 + NEAR_EDGE, need),
        ("8.0-02", "small_rate", mean_stability(below, "most"), 1 - NEAR_EDGE, slow),
    ]


def numbers(data):
    """What the chapter quotes."""
    return _valley_numbers(data["quadratic"]) | _well_numbers(data) | _edge_numbers(data["edge"])


def _valley_numbers(table):
    fast = at_rate(table, "isotropic", FAST, "variance_1", "langevin_1")
    uneven = at_rate(table, "anisotropic", SLOW, "ratio")
    slow = row_where(table, noise="isotropic", rate=SLOW)
    excess = None if slow is None else slow["expected_1"] / slow["langevin_1"] - 1
    uneven_steps = None if slow is None else slow["ratio_expected"] - 1
    law = mean_ratio(*_stacked(where(table, noise="isotropic")))
    return (
        quoted("sharpness.valley", VALLEY, law=law)
        | quoted("sharpness.valley", VALLEY, "", NEED_FAST, fast=fast)
        | quoted("sharpness.valley", VALLEY, "", NEED_SLOW, two_temperatures=uneven)
        | quoted("sharpness.valley", VALLEY, "", NEED_SLOW, excess=excess, uneven_steps=uneven_steps)
    )


def _well_numbers(data):
    equal, tilted, cold = _wells(data["wells"])
    deep, row = tilted.iloc[0], row_where(data["escape"], run="right", D=LONG)
    wells = {
        "width": equal["width"].iloc[0],
        "ratio": mean_occupation(equal),
        "temperatures": len(equal),
        "deep_ratio": occupation(column(deep, "share")),
        "deep_expected": deep["share_expected"] / (1 - deep["share_expected"]),
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
