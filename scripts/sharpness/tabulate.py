"""Tables of all networks: ``networks``, ``correlations``, ``rises``, ``rescaling`` and ``forces``."""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.tables import read_named
from scripts.sharpness import correlation
from scripts.sharpness.names import COLUMNS, EXACT, HYPERPARAMETERS, PERFORMANCE, RADII

MEASURES = {  # each with the sign that makes more mean sharper
    "largest": 1, "trace": 1, "worst_rise": 1, "local_entropy": 1, "radius": -1,
    "relative_largest": 1, "relative_trace": 1, "relative_radius": -1,
    "distance": 1, "steps": 1, "random": 1,
}  # fmt: skip
SCOPES = {"error_gap": (), "noise": ("noise",), "shift_drop": ("all", "clean")}
"""Over which pairs the measures are compared with a gap, and with what else the book connects with them."""
ATTACK = (
    "network", "factor", "largest", "trace", "relative_largest", "relative_trace", "output_change",
    "hand_largest", "hand_trace", "hand_relative_largest", "hand_relative_trace",
)  # fmt: skip
PLANTED = 0.5  # noise of the planted measure in units of the spread of the gap over the pairs compared


def network_table(arrays, name):
    """One row for each network of a task.

    Parameters
    ----------
    arrays : dict of str to ndarray
        ``<task>.npz``.
    name : str

    Returns
    -------
    pandas.DataFrame
    """
    columns = *HYPERPARAMETERS, "training", "target", "reached", "steps", *PERFORMANCE, *COLUMNS, *EXACT
    frame = pd.DataFrame({column: arrays[column] for column in columns})
    frame.insert(0, "task", name)
    return frame


def with_targets(table):
    """The table with what the measures are compared with: ``error_gap`` and ``shift_drop``."""
    gap, drop = table["test_error"] - table["train_error"], table["shifted_error"] - table["test_error"]
    return table.assign(error_gap=gap, shift_drop=drop)


def planted(gap, pairs, noise):
    """A measure that knows much: the gap and noise of half its spread over the pairs that are compared.

    The spread is that of two networks of a pair about their mean, over all pairs the standard deviation:
    a noise of one size for all would drown the gap where the networks compared are much alike.
    """
    differences = (gap[:, None] - gap[None, :])[pairs]
    spread = np.sqrt(np.mean(differences**2) / 2) if len(differences) else 0.0
    return gap + PLANTED * spread * noise


def correlations(table, rng):
    """Rank correlation of every measure with the gaps, over all pairs of networks and within hyperparameters.

    Returns
    -------
    list of dict
        ``measure``, ``target``, ``scope`` (all; clean, with true labels only; within a hyperparameter, the
        others being equal), ``tau`` with ``tau_err``, ``pairs`` and data ``sets``. For comparison there are
        two more measures: ``random`` knows nothing, `planted` much.
    """
    table, noise = with_targets(table).assign(random=rng.normal(size=len(table))), rng.normal(size=len(table))
    scopes = {"all": ~np.eye(len(table), dtype=bool)}
    clean = (table["noise"] == 0).to_numpy()
    scopes["clean"] = scopes["all"] & clean[:, None] & clean
    within = {name: correlation.pairs_within(table, HYPERPARAMETERS, name) for name in HYPERPARAMETERS}
    scopes |= {name: pairs for name, pairs in within.items() if name != "sample"}
    sets = table["sample"].to_numpy()
    signs = {name: side * correlation.signs(table[name].to_numpy(float)) for name, side in MEASURES.items()}
    gap = table["error_gap"].to_numpy(float)
    known = {scope: correlation.signs(planted(gap, pairs, noise)) for scope, pairs in scopes.items()}
    rows = []
    for target, judged in SCOPES.items():
        v = correlation.signs(table[target].to_numpy(float))
        for scope in judged or scopes:
            for name, u in (signs | {"planted": known[scope]}).items():
                rows.append(_correlation((name, target, scope), (u, v), scopes[scope], sets))
    return rows


def _correlation(names, signs, allowed, sets):
    """One row of ``correlations.csv``."""
    row = dict(zip(("measure", "target", "scope"), names, strict=True))
    row |= pairs(tau=correlation.kendall(*signs, allowed, sets))
    return row | {"pairs": int(allowed.sum() // 2), "sets": len(np.unique(sets[allowed.any(axis=1)]))}


def hyperparameter_rows(table):
    """The same for the hyperparameters themselves against the curvature and the gap, others being equal."""
    table, rows = with_targets(table), []
    sets = table["sample"].to_numpy()
    for name in ("batch", "rate", "width", "decay", "noise"):
        allowed = correlation.pairs_within(table, HYPERPARAMETERS, name)
        u = correlation.signs(table[name].to_numpy(float))
        for target in ("largest", "relative_largest", "error_gap"):
            v = correlation.signs(table[target].to_numpy(float))
            rows.append(_correlation((name, target, name), (u, v), allowed, sets))
    return rows


def rise_rows(arrays):
    """Loss against the radius of random moves: of the third of the networks with the largest trace, of that
    with the least, of all, and by how much the two thirds differ.

    Returns
    -------
    list of dict
        ``group`` (flat, sharp, all, or difference), ``radius``, ``networks``, data ``sets``, mean of the
        logarithm of the rise with its error, and ``over_quadratic``: median ratio of the rise to half the
        trace times the square of the radius. Errors from the scatter between data sets, each with its own
        thirds.
    """
    trace, sets = arrays["exact_trace"], arrays["sample"]
    logs = np.log(np.maximum(arrays["rise"], 1e-300))
    ratios = arrays["rise"] / (trace[:, None] * RADII**2 / 2)
    groups = [thirds(trace, np.flatnonzero((sets == k) & np.isfinite(trace))) for k in np.unique(sets)]
    rows = []
    for group in ("flat", "sharp", "all", "difference"):
        parts = [each["sharp" if group == "difference" else group] for each in groups]
        means = np.array([logs[members].mean(axis=0) for members in parts])
        if group == "difference":
            means -= [logs[each["flat"]].mean(axis=0) for each in groups]
        middles = np.array([np.median(ratios[members], axis=0) for members in parts])
        common = {"group": group, "networks": sum(map(len, parts)), "sets": len(parts)}
        rows += [
            common | {"radius": size} | pairs(log_rise=_mean(mean), over_quadratic=_mean(middle))
            for size, mean, middle in zip(RADII, means.T, middles.T, strict=True)
        ]
    return rows


def thirds(trace, members):
    """Networks of one data set by their trace: the flattest third, the sharpest, and all."""
    order = members[np.argsort(trace[members])]
    third = max(1, len(order) // 3)
    return {"flat": order[:third], "sharp": order[-third:], "all": order}


def _mean(values):
    """Mean and error, not numbers where there are too few values."""
    n = len(values)
    return values.mean() if n else np.nan, values.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan


def task_tables(name, arrays, seed):
    """All tables of one task, by name."""
    networks, rng = network_table(arrays, name), generator(seed, "sharpness/tabulate", name)
    reached = networks[networks["reached"]]
    forces = {column: float(arrays[column]) for column in ("force", "descent", "rate_off")}
    found = {
        "correlations": pd.DataFrame(correlations(reached, rng) + hyperparameter_rows(reached)),
        "rises": pd.DataFrame(rise_rows(arrays)),
        "rescaling": pd.DataFrame({column: arrays[f"attack_{column}"] for column in ATTACK}),
        "forces": pd.DataFrame([forces]),
    }
    for table in found.values():
        table.insert(0, "task", name)
    return {"networks": networks} | found


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        tasks = read_named(snakemake.input)
        tables = [task_tables(name, arrays, params.seed) for name, arrays in tasks.items()]
        write(**{name: pd.concat([each[name] for each in tables]) for name in tables[0]})
