"""Tables of all networks: ``networks``, ``correlations``, ``rises``, ``rescaling`` and ``forces``."""

from pathlib import Path

import numpy as np
import pandas as pd

from scripts.common.seeds import generator
from scripts.sharpness import correlation
from scripts.sharpness.names import COLUMNS, EXACT, HYPERPARAMETERS, PERFORMANCE, RADII

MEASURES = {  # each with the sign that makes more mean sharper
    "largest": 1, "trace": 1, "worst_rise": 1, "local_entropy": 1, "radius": -1,
    "relative_largest": 1, "relative_trace": 1, "relative_radius": -1,
    "distance": 1, "norm": 1, "steps": 1, "random": 1,
}  # fmt: skip
TARGETS = ("error_gap", "loss_gap")
PLANTED = 0.5  # noise of the planted measure in units of the spread of the gap over the pairs compared
OTHERS = ("noise", "shift_drop")  # what else the book connects with sharpness


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
    columns = (
        *HYPERPARAMETERS,
        "reached",
        "steps",
        *PERFORMANCE,
        *COLUMNS,
        *EXACT,
    )
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
    for target in (*TARGETS, *OTHERS):
        v = correlation.signs(table[target].to_numpy(float))
        for scope in _scopes_of(target, scopes):
            for name, u in (signs | {"planted": known[scope]}).items():
                tau = correlation.kendall(u, v, scopes[scope], counts)
                found = dict(zip(("tau", "tau_err", "low", "high"), tau, strict=True))
                rows.append(
                    {
                        "measure": name,
                        "target": target,
                        "scope": scope,
                        **found,
                        "pairs": int(scopes[scope].sum() // 2),
                    }
                )
    return rows


def _scopes_of(target, scopes):
    return {
        "error_gap": scopes,
        "loss_gap": ("all", "clean"),
        "noise": ("noise",),
        "shift_drop": ("all", "clean"),
    }[target]


def hyperparameter_rows(table, rng):
    """The same for the hyperparameters themselves against the curvature and the gap, others being equal."""
    counts = correlation.resampled(len(table), rng)
    rows = []
    for name in ("batch", "rate", "width", "decay", "noise"):
        allowed = correlation.pairs_within(table, HYPERPARAMETERS, name)
        u = correlation.signs(table[name].to_numpy(float))
        for target in ("largest", "relative_largest", "error_gap"):
            tau = correlation.kendall(u, correlation.signs(table[target].to_numpy(float)), allowed, counts)
            found = dict(zip(("tau", "tau_err", "low", "high"), tau, strict=True))
            rows.append(
                {"measure": name, "target": target, "scope": name, **found, "pairs": int(allowed.sum() // 2)}
            )
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
    trace, rise = arrays["exact_trace"], arrays["rise"]
    order = np.argsort(np.where(np.isfinite(trace), trace, np.inf))[: np.isfinite(trace).sum()]
    third = max(1, len(order) // 3)
    rows = []
    groups = {"flat": order[:third], "sharp": order[-third:], "all": order}
    for group, members in groups.items():
        for r, size in enumerate(RADII):
            logs = np.log(np.maximum(rise[members, r], 1e-300))
            law = trace[members] * size**2 / 2
            ratio, n = rise[members, r] / law, len(members)
            rows.append({
                "group": group, "radius": size, "networks": n, "log_rise": logs.mean(),
                "log_rise_err": logs.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan,
                "log_quadratic": np.log(law).mean(), "over_quadratic": ratio.mean(),
                "over_quadratic_err": ratio.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan,
            })  # fmt: skip
    return rows


def pair_rows(arrays):
    """Mean difference of the logarithm of the rise between neighbors in the order of traces."""
    trace, rise = arrays["exact_trace"], arrays["rise"]
    order = np.argsort(np.where(np.isfinite(trace), trace, np.inf))[: np.isfinite(trace).sum() // 2 * 2]
    logs = np.log(np.maximum(rise[order], 1e-300))
    differences = logs[1::2] - logs[::2]
    n = len(differences)
    rows = []
    for size, column in zip(RADII, differences.T, strict=True):
        error = column.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan
        mean = column.mean() if n else np.nan
        rows.append(
            {"group": "pairs", "radius": size, "networks": n, "log_rise": mean, "log_rise_err": error}
        )
    return rows


def attack_rows(arrays):
    """The rescaling attack as a table."""
    names = ("network", "factor", "largest", "trace", "relative_largest", "relative_trace", "output_change")
    return pd.DataFrame({name: arrays[f"attack_{name}"] for name in names}).to_dict("records")


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.tables import write_table

    with job(snakemake):
        tables = {name: [] for name in ("networks", "correlations", "rises", "rescaling", "forces")}
        for path in snakemake.input:
            name, arrays = Path(path).stem, load_arrays(path)
            networks = network_table(arrays, name)
            rng = generator(snakemake.params.seed, "sharpness/tabulate", name)
            reached = networks[networks["reached"]]
            parts = {
                "correlations": [*correlations(reached, rng), *hyperparameter_rows(reached, rng)],
                "rises": [*rise_rows(arrays), *pair_rows(arrays)],
                "rescaling": attack_rows(arrays),
                "forces": [{key: float(arrays[key]) for key in ("force", "descent", "ascent")}],
            }
            tables["networks"].append(networks)
            for key, rows in parts.items():
                tables[key].append(pd.DataFrame([{"task": name} | row for row in rows]))
        for key, frames in tables.items():
            write_table(snakemake.output[key], pd.concat(frames))
