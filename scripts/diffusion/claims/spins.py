"""Magnets made from noise: parts of rows 7.3-06 and 7.3-07."""

import numpy as np

from scripts.common.claims.findings import provided, quoted, scaled, where

PHYSICS = {"data": "diffusion/tables/ising_physics.csv", "rule": "diffusion_tabulate"}
GENERATED = {"data": "diffusion/data/generated.npz", "rule": "diffusion_learn_magnets"}
LONG, LONG_SMALL = 3000, 1000
NEED_LONG = f"diffusion.magnets.steps of {LONG} or more, and samples of 1000 or more"
NEED_SMALL = f"diffusion.magnets.small_steps of {LONG_SMALL} or more"
BARS = {"energy": 0.015, "magnetization": 0.03, "energies": 0.03}
SMALL_BAR = 0.10
CRITICAL = 2 / np.log(1 + np.sqrt(2))


def findings(data):
    """What the magnets are compared with.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``ising_physics``, ``generated`` and ``magnets``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table, made = data["ising_physics"], data["generated"]
    long = int(made["steps"]) >= LONG and made["spins"].shape[2] >= 1000
    value, error = worst(table, "susceptibility")
    tested = made["small_errors"].mean(axis=0).max() if int(made["small_steps"]) >= LONG_SMALL else None
    return [
        (PHYSICS, provided(long, NEED_LONG, _physics(table))),
        (PHYSICS, [("7.3-07", "susceptibility", (1 + value, error), 1.0)]),
        (GENERATED, [("7.3-06", "magnets", tested, SMALL_BAR, NEED_SMALL)]),
    ]


def _physics(table):
    cases = {
        "energy": worst(table, "energy"),
        "magnetization": worst(table, "abs_magnetization"),
        "energies": excess(table),
    }
    return [("7.3-07", part, (abs(value), error), BARS[part]) for part, (value, error) in cases.items()]


def worst(table, observable):
    """Relative deviation where it is largest over temperatures, with its error.

    With several training runs the error is also that of their spread.
    """
    return _off(_farthest(table, observable))


def critical(table, observable):
    """The same at the critical temperature; None where no temperature is within 1 % of it."""
    rows = where(table, observable=observable)
    rows = rows[(rows["T"].astype(float) / CRITICAL - 1).abs() < 0.01]
    return _off(rows.iloc[0]) if len(rows) else None


def _farthest(table, observable):
    """The row of the temperature at which an observable deviates most."""
    rows = where(table, observable=observable)
    return rows.loc[(rows["generated"] / rows["monte_carlo"] - 1).abs().idxmax()]


def _off(row):
    return row["generated"] / row["monte_carlo"] - 1, _error(row) / abs(row["monte_carlo"])


def excess(table):
    """Largest excess of total variation over temperatures, with its error."""
    rows = where(table, observable="total_variation")
    row = rows.loc[rows["generated"].idxmax()]
    return row["generated"], _error(row)


def _error(row):
    parts = row[["generated_err", "monte_carlo_err", "spread"]].to_numpy(float)
    return np.linalg.norm(np.nan_to_num(parts))


def numbers(data):
    """What the chapter quotes of the magnets."""
    table, made, name = data["ising_physics"], data["generated"], "diffusion.spins"
    observables = {
        "energy": "energy",
        "magnetization": "abs_magnetization",
        "susceptibility": "susceptibility",
    }
    farthest = {key: scaled(worst(table, observable), 100) for key, observable in observables.items()}
    at_critical = scaled(critical(table, "susceptibility"), 100)
    need_critical = "the critical temperature in diffusion.magnets.temperatures"
    seeds, _, samples = made["spins"].shape[:3]
    run = {
        "size": int(data["magnets"]["size"]),
        "samples": samples,
        "steps": int(made["steps"]),
        "seeds": seeds,
    }
    return (
        quoted(name, PHYSICS, "%", **farthest)
        | quoted(name, PHYSICS, "%", need_critical, susceptibility_critical=at_critical)
        | quoted(name, PHYSICS, "J", susceptibility_at=float(_farthest(table, "susceptibility")["T"]))
        | quoted(name, GENERATED, "%", NEED_SMALL, **small_test(made))
        | quoted(name, PHYSICS, **run)
    )


def small_test(made):
    """The largest errors on 4 x 4 spins, with the spread over training runs if there are several; or None."""
    if "small_errors" not in made:
        return {"small": None, "naive": None}
    errors = made["small_errors"]
    mean = errors.mean(axis=0)
    at = np.unravel_index(mean.argmax(), mean.shape)
    spread = 100 * errors[:, *at].std(ddof=1) if len(errors) > 1 else None
    return {"small": (100 * mean.max(), spread), "naive": 100 * made["small_naive"].max()}
