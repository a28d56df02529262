"""Noise in a valley and between two: rows 8.0-02 and, with the edge of stability, 8.3-05."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.sharpness.claims.shared import chi_square, correlation, mean_ratio, of_correlation, quoted

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
NEED_SLOW = f"{SLOW} in sharpness.quadratic.rates"
NEED_FAST = f"{FAST} in sharpness.quadratic.rates"
NEED_LONG = f"'{LONG:.2f}' in sharpness.wells.passages.temperatures"
LONG_RUN = 4000  # steps of gradient descent until the edge is reached
NEED_EDGE = f"a rate from {{}} to {{}} in sharpness.edge.rates, two starts and {LONG_RUN} steps"
NEED_BATCHES = "digits in sharpness.tasks and at least two batches in sharpness.networks.batches"


def records(checks, data):
    """Records of the rows above.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``quadratic``, ``wells``, ``escape``, ``edge``, ``correlations``.

    Returns
    -------
    list of dict
    """
    row = correlation(data["correlations"], "digits", "batch", "largest", "batch")
    sweep = of_correlation(checks["8.3-05", "batch_sweep"], row, 0.0, NEED_BATCHES)
    return (
        sourced([*_laws(checks, data["quadratic"]), *_limits(checks, data["quadratic"])], **VALLEY)
        + sourced(_occupations(checks, data["wells"]), **WELLS)
        + sourced(_passages(checks, data["escape"]), **ESCAPE)
        + sourced(_edge(checks, data["edge"]), **EDGE)
        + sourced([sweep], **TAUS)
    )


def _stacked(table, noise):
    """Variances of both directions, their errors, and the exact ones."""
    rows = table[table["noise"] == noise]
    return [
        rows[[f"variance_1{suffix}", f"variance_2{suffix}"]].to_numpy().ravel()
        if name is None
        else rows[[f"{name}_1", f"{name}_2"]].to_numpy().ravel()
        for name, suffix in ((None, ""), (None, "_err"), ("expected", ""))
    ]


def _laws(checks, table):
    found = []
    for part, noise in (("law", "isotropic"), ("uneven_law", "anisotropic")):
        value, error = mean_ratio(*_stacked(table, noise))
        found.append(record(checks["8.0-02", part], measured=value, error=error, reference=1.0))
    value = chi_square(*_stacked(table, "isotropic"))
    found.append(record(checks["8.0-02", "scatter"], measured=value, error=1.0, reference=0.0))
    even, uneven = (table[table["noise"] == name] for name in ("isotropic", "anisotropic"))
    weights = even["turn_err"] ** -2
    found.append(
        record(
            checks["8.0-02", "no_turn"],
            measured=(weights * even["turn"]).sum() / weights.sum(),
            error=weights.sum() ** -0.5,
            reference=0.0,
        )
    )
    value, error = mean_ratio(uneven["turn"], uneven["turn_err"], uneven["turn_expected"])
    found.append(record(checks["8.0-02", "turn_law"], measured=value, error=error, reference=1.0))
    clearest = uneven.loc[(uneven["turn"].abs() / uneven["turn_err"]).idxmax()]
    turn = {"measured": clearest["turn"], "error": clearest["turn_err"]}
    return [*found, record(checks["8.0-02", "turn"], reference=0.0, **turn)]


def at_rate(table, noise, rate):
    """Rows of one kind of noise at one learning rate; None if the configuration has none."""
    rows = table[(table["noise"] == noise) & np.isclose(table["rate"], rate)]
    return None if rows.empty else rows


def _limits(checks, table):
    cases = (
        ("langevin", "isotropic", SLOW, ("variance_1", "langevin_1"), NEED_SLOW),
        ("one_temperature", "isotropic", SLOW, ("ratio", None), NEED_SLOW),
        ("discreteness", "isotropic", FAST, ("variance_1", "langevin_1"), NEED_FAST),
        ("two_temperatures", "anisotropic", SLOW, ("ratio", None), NEED_SLOW),
    )
    found = []
    for part, noise, rate, (name, unit), needs in cases:
        rows, check = at_rate(table, noise, rate), checks["8.0-02", part]
        if rows is None:
            found.append(unmeasured(check, needs))
            continue
        value, error = mean_ratio(rows[name], rows[f"{name}_err"], rows[unit] if unit else np.ones(len(rows)))
        found.append(record(check, measured=value, error=error, reference=1.0))
    return found


def mean_occupation(rows):
    """Time in the flat valley over that in the sharp one from the mean share of all rows, and its error.

    Ratios themselves are not averaged: small ones come with small errors, and would weigh too much.
    """
    share, error = rows["share"].mean(), np.sqrt((rows["share_err"] ** 2).sum()) / len(rows)
    return share / (1 - share), error / (1 - share) ** 2


def _occupations(checks, table):
    run = table[table["run"] == "equilibrium"]
    equal, cold = run[run["depth"] == 1.0], table[table["run"] == "cold"].iloc[0]
    value = chi_square(run["share"], run["share_err"], run["share_expected"])
    scatter = record(checks["8.3-05", "boltzmann"], measured=value, error=1.0, reference=0.0)
    ratio, error = (value / equal["width"].iloc[0] for value in mean_occupation(equal))
    volume = record(checks["8.3-05", "volume"], measured=ratio, error=error, reference=1.0)
    deep = run[run["depth"] < 1.0].sort_values("D").iloc[0]
    deep_sharp = record(
        checks["8.3-05", "deep_sharp"],
        measured=deep["ratio"] / deep["width"],
        error=deep["ratio_err"] / deep["width"],
        reference=1.0,
    )
    weak = record(
        checks["8.3-05", "weak_noise"],
        measured=cold["share"],
        error=cold["share_err"],
        reference=cold["share_expected"],
    )
    return [scatter, volume, deep_sharp, weak]


def _passages(checks, table):
    found = chi_square(table["time"], table["time_err"], table["expected"])
    every = record(checks["8.3-05", "passages"], measured=found, error=1.0, reference=0.0)
    rows = table[np.isclose(table["D"], LONG)]
    if rows.empty:
        parts = [unmeasured(checks["8.3-05", part], NEED_LONG) for part in ("passage", "kramers")]
        return [every, *parts]
    row = rows.iloc[0]
    time = {"measured": row["time"], "error": row["time_err"], "reference": row["expected"]}
    passage = record(checks["8.3-05", "passage"], **time)
    law = {"measured": row["time"] / row["kramers"], "error": row["time_err"] / row["kramers"]}
    return [every, passage, record(checks["8.3-05", "kramers"], reference=1.0, **law)]


def between(table, low, high):
    """Rows of the edge with a rate in this range, if runs are long and start from two places or more."""
    rows = table[(table["rate"] >= low - 1e-9) & (table["rate"] <= high + 1e-9)]
    return None if rows.empty or rows["start"].nunique() < 2 or rows["steps"].min() < LONG_RUN else rows


def _edge(checks, table):
    edge = between(table, *AT_EDGE)
    if edge is None:
        found = [unmeasured(checks["8.3-05", "edge"], NEED_EDGE.format(*AT_EDGE))]
    else:
        values = edge["stability"].to_numpy()
        farthest = values[np.argmax(np.abs(values - 1.01))]
        finite = float(farthest) if np.isfinite(farthest) else 1e9
        found = [record(checks["8.3-05", "edge"], measured=finite, reference=1.01)]
    below = between(table, 0.0, BELOW)
    if below is None:
        found.append(unmeasured(checks["8.3-05", "small_rate"], NEED_EDGE.format(0.01, BELOW)))
    else:
        most = record(checks["8.3-05", "small_rate"], measured=below["stability"].max(), reference=0.97)
        found.append(most)
    beyond = between(table, BEYOND, 5.0)
    if beyond is None:
        return [*found, unmeasured(checks["8.3-05", "large_rate"], NEED_EDGE.format(BEYOND, 5))]
    held = 1 - beyond["diverged"].mean()
    return [*found, record(checks["8.3-05", "large_rate"], measured=held, reference=1.0)]


def numbers(data):
    """What the chapter quotes."""
    return _valley_numbers(data["quadratic"]) | _well_numbers(data) | _edge_numbers(data["edge"])


def _valley_numbers(table):
    found = {}
    cases = (
        ("law", None, "variance", None, ""),
        ("fast", FAST, "variance_1", "langevin_1", NEED_FAST),
        ("two_temperatures", SLOW, "ratio", None, NEED_SLOW),
    )
    for key, rate, name, unit, needs in cases:
        noise = "anisotropic" if key == "two_temperatures" else "isotropic"
        rows = table if rate is None else at_rate(table, noise, rate)
        if rows is None:
            value = (None, None)
        elif rate is None:
            value = mean_ratio(*_stacked(table, noise))
        else:
            value = mean_ratio(rows[name], rows[f"{name}_err"], rows[unit] if unit else np.ones(len(rows)))
        found[f"sharpness.valley.{key}"] = quoted(*value, "", needs, **VALLEY)
    return found


def _well_numbers(data):
    wells, escape = data["wells"], data["escape"]
    run = wells[wells["run"] == "equilibrium"]
    equal, tilted = run[run["depth"] == 1.0], run[run["depth"] < 1.0].sort_values("D")
    ratio = mean_occupation(equal)
    deep, cold = tilted.iloc[0], wells[wells["run"] == "cold"].iloc[0]
    found = {
        "sharpness.wells.width": (equal["width"].iloc[0], None),
        "sharpness.wells.ratio": ratio,
        "sharpness.wells.temperatures": (len(equal), None),
        "sharpness.wells.coldest": (deep["D"], None),
        "sharpness.wells.deep_ratio": (deep["ratio"], deep["ratio_err"]),
        "sharpness.wells.deep_expected": (deep["ratio_expected"], None),
        "sharpness.wells.cold_share": (100 * cold["share"], 100 * cold["share_err"]),
        "sharpness.wells.cold_expected": (100 * cold["share_expected"], None),
    }
    values = {key: quoted(*value, "", "", **WELLS) for key, value in found.items()}
    rows = escape[np.isclose(escape["D"], LONG)]
    row = None if rows.empty else rows.iloc[0]
    for key, name in (("time", "time"), ("expected", "expected"), ("kramers", "kramers")):
        value = (None, None) if row is None else (row[name], row["time_err"] if name == "time" else None)
        values[f"sharpness.escape.{key}"] = quoted(*value, "", NEED_LONG, **ESCAPE)
    return values


def _edge_numbers(table):
    found = {}
    for key, low, high in (("edge", *AT_EDGE), ("below", 0.0, BELOW)):
        rows = between(table, low, high)
        values = np.array([np.nan]) if rows is None else rows["stability"].to_numpy()
        for side, value in (("least", values.min()), ("most", values.max())):
            finite = value if np.isfinite(value) else None
            needs = NEED_EDGE.format(low, high)
            found[f"sharpness.edge.{key}_{side}"] = quoted(finite, None, "", needs, **EDGE)
        peak = None if rows is None else rows["most"].max()
        found[f"sharpness.edge.{key}_peak"] = quoted(peak, None, "", NEED_EDGE.format(low, high), **EDGE)
    starts = table["start"].nunique()
    return found | {"sharpness.edge.starts": quoted(starts, None, "", "", **EDGE)}
