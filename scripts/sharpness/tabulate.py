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
    "distance": 1, "norm": 1, "steps": 1, "random": 1,
}  # fmt: skip
SCOPES = {"error_gap": (), "loss_gap": ("all", "clean"), "noise": ("noise",), "shift_drop": ("all", "clean")}
"""Over which pairs the measures are compared with a gap, and with what else the book connects with them."""
ATTACK = ("network", "factor", "largest", "trace", "relative_largest", "relative_trace", "output_change")
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
    columns = *HYPERPARAMETERS, "reached", "steps", *PERFORMANCE, *COLUMNS, *EXACT
    frame = pd.DataFrame({column: arrays[column] for column in columns})
    frame.insert(0, "task", name)
    frame["error_gap"] = frame["test_error"] - frame["train_error"]
    frame["loss_gap"] = frame["test_loss"] - frame["train_loss"]
    frame["shift_drop"] = frame["shifted_error"] - frame["test_error"]
    return frame


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
        others being equal), ``tau`` with ``tau_err``, ``low``, ``high``, and ``pairs``. Among the measures
        are two controls: ``random`` knows nothing, `planted` much.
    """
    table, noise = table.assign(random=rng.normal(size=len(table))), rng.normal(size=len(table))
    scopes = {"all": ~np.eye(len(table), dtype=bool)}
    clean = (table["noise"] == 0).to_numpy()
    scopes["clean"] = scopes["all"] & clean[:, None] & clean
    within = {name: correlation.pairs_within(table, HYPERPARAMETERS, name) for name in HYPERPARAMETERS}
    scopes |= {name: pairs for name, pairs in within.items() if name != "sample"}
    counts = correlation.resampled(len(table), rng)
    signs = {name: side * correlation.signs(table[name].to_numpy(float)) for name, side in MEASURES.items()}
    gap = table["error_gap"].to_numpy(float)
    known = {scope: correlation.signs(planted(gap, pairs, noise)) for scope, pairs in scopes.items()}
    rows = []
    for target, judged in SCOPES.items():
        v = correlation.signs(table[target].to_numpy(float))
        for scope in judged or scopes:
            for name, u in (signs | {"planted": known[scope]}).items():
                tau = correlation.kendall(u, v, scopes[scope], counts)
                rows.append(_correlation(name, target, scope, tau, scopes[scope]))
    return rows


def _correlation(measure, target, scope, tau, allowed):
    """One row of ``correlations.csv``."""
    row = {"measure": measure, "target": target, "scope": scope} | pairs(tau=tau)
    return row | {"low": tau[2], "high": tau[3], "pairs": int(allowed.sum() // 2)}


def hyperparameter_rows(table, rng):
    """The same for the hyperparameters themselves against the curvature and the gap, others being equal."""
    counts = correlation.resampled(len(table), rng)
    rows = []
    for name in ("batch", "rate", "width", "decay", "noise"):
        allowed = correlation.pairs_within(table, HYPERPARAMETERS, name)
        u = correlation.signs(table[name].to_numpy(float))
        for target in ("largest", "relative_largest", "error_gap"):
            tau = correlation.kendall(u, correlation.signs(table[target].to_numpy(float)), allowed, counts)
            rows.append(_correlation(name, target, name, tau, allowed))
    return rows


def rise_rows(arrays):
    """Loss against the radius of random moves, for the third of the networks with the largest trace and the
    least.

    Returns
    -------
    list of dict
        ``group``, ``radius``, mean of the logarithm of the rise over the ``networks`` with its error, the
        rise that half the trace times the square of the radius would give, and ``over_quadratic``: mean
        ratio of both.
    """
    trace, rise, order = _by_trace(arrays)
    third = max(1, len(order) // 3)
    rows = []
    groups = {"flat": order[:third], "sharp": order[-third:], "all": order}
    for group, members in groups.items():
        for r, size in enumerate(RADII):
            law = trace[members] * size**2 / 2
            rows.append(
                {"group": group, "radius": size, "networks": len(members)}
                | pairs(log_rise=_mean(np.log(np.maximum(rise[members, r], 1e-300))))
                | {"log_quadratic": np.log(law).mean()}
                | pairs(over_quadratic=_mean(rise[members, r] / law))
            )
    return rows


def _by_trace(arrays):
    """Traces, rises, and the numbers of the networks with a trace, in its order."""
    trace = arrays["exact_trace"]
    order = np.argsort(np.where(np.isfinite(trace), trace, np.inf))[: np.isfinite(trace).sum()]
    return trace, arrays["rise"], order


def _mean(values):
    """Mean and error, not numbers where there are too few values."""
    n = len(values)
    return values.mean() if n else np.nan, values.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan


def pair_rows(arrays):
    """Mean difference of the logarithm of the rise between neighbors in the order of traces."""
    _, rise, order = _by_trace(arrays)
    logs = np.log(np.maximum(rise[order[: len(order) // 2 * 2]], 1e-300))
    columns = zip(RADII, (logs[1::2] - logs[::2]).T, strict=True)
    return [
        {"group": "pairs", "radius": size, "networks": len(column)} | pairs(log_rise=_mean(column))
        for size, column in columns
    ]


def task_tables(name, arrays, seed):
    """All tables of one task, by name."""
    networks, rng = network_table(arrays, name), generator(seed, "sharpness/tabulate", name)
    reached = networks[networks["reached"]]
    forces = {column: float(arrays[column]) for column in ("force", "descent", "ascent")}
    found = {
        "correlations": pd.DataFrame(correlations(reached, rng) + hyperparameter_rows(reached, rng)),
        "rises": pd.DataFrame(rise_rows(arrays) + pair_rows(arrays)),
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
