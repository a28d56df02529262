"""Magnets made from noise: parts of rows 7.3-06 and 7.3-07."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number

PHYSICS = {"data": "diffusion/tables/ising_physics.csv", "rule": "diffusion_tabulate"}
GENERATED = {"data": "diffusion/data/generated.npz", "rule": "diffusion_learn_magnets"}
LONG, LONG_SMALL = 3000, 1000
NEED_LONG = f"diffusion.magnets.steps of {LONG} or more, and samples of 1000 or more"
NEED_SMALL = f"diffusion.magnets.small_steps of {LONG_SMALL} or more"
BARS = {"energy": 0.015, "magnetization": 0.03, "energies": 0.03}
SMALL_BAR = 0.10
CRITICAL = 2 / np.log(1 + np.sqrt(2))


def records(checks, data):
    """Records of the magnets.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame or dict of arrays
        ``ising_physics``, ``generated`` and ``magnets``.

    Returns
    -------
    list of dict
    """
    made = data["generated"]
    check = checks["7.3-06", "magnets"]
    if int(made["small_steps"]) < LONG_SMALL:
        small = unmeasured(check, NEED_SMALL)
    else:
        small = record(check, made["small_errors"].mean(axis=0).max(), SMALL_BAR)
    return sourced(_physics(checks, data["ising_physics"], made), **PHYSICS) + sourced([small], **GENERATED)


def worst(table, observable):
    """Relative deviation where it is largest over temperatures, with its error.

    With several training runs the error is also that of their spread.
    """
    rows = table[table["observable"] == observable]
    return _off(rows.loc[_farthest(rows)])


def critical(table, observable):
    """The same at the critical temperature; None where no temperature is within 1 % of it."""
    rows = table[table["observable"] == observable]
    rows = rows[(rows["T"].astype(float) / CRITICAL - 1).abs() < 0.01]
    return _off(rows.iloc[0]) if len(rows) else None


def worst_at(table, observable):
    """The temperature at which an observable deviates most."""
    rows = table[table["observable"] == observable]
    return float(rows.loc[_farthest(rows), "T"])


def _farthest(rows):
    return (rows["generated"] / rows["monte_carlo"] - 1).abs().idxmax()


def _off(row):
    return row["generated"] / row["monte_carlo"] - 1, _error(row) / abs(row["monte_carlo"])


def excess(table):
    """Largest excess of total variation over temperatures, with its error."""
    rows = table[table["observable"] == "total_variation"]
    row = rows.loc[rows["generated"].idxmax()]
    return row["generated"], _error(row)


def _error(row):
    parts = row[["generated_err", "monte_carlo_err", "spread"]].to_numpy(float)
    return np.linalg.norm(np.nan_to_num(parts))


def _physics(checks, table, made):
    cases = {
        "energy": worst(table, "energy"),
        "magnetization": worst(table, "abs_magnetization"),
        "energies": excess(table),
    }
    enough = int(made["steps"]) >= LONG and made["spins"].shape[2] >= 1000
    found = [
        record(checks["7.3-07", part], abs(value), BARS[part], error=error)
        if enough
        else unmeasured(checks["7.3-07", part], NEED_LONG)
        for part, (value, error) in cases.items()
    ]
    value, error = worst(table, "susceptibility")
    return [*found, record(checks["7.3-07", "susceptibility"], 1 + value, 1.0, error=error)]


def numbers(data):
    """What the chapter quotes of the magnets."""
    table, made, values = data["ising_physics"], data["generated"], {}
    for key, observable in (
        ("energy", "energy"),
        ("magnetization", "abs_magnetization"),
        ("susceptibility", "susceptibility"),
    ):
        value, error = worst(table, observable)
        values[f"diffusion.spins.{key}"] = number(100 * value, 100 * error, "%", **PHYSICS)
    found = critical(table, "susceptibility")
    values["diffusion.spins.susceptibility_critical"] = (
        unmeasured_number("%", "the critical temperature in diffusion.magnets.temperatures")
        if found is None
        else number(100 * found[0], 100 * found[1], "%", **PHYSICS)
    )
    where = worst_at(table, "susceptibility")
    values["diffusion.spins.susceptibility_at"] = number(where, None, "J", **PHYSICS)
    if "small_errors" in made:
        values |= small_test(made["small_errors"], made["small_naive"])
    else:
        keys = ("diffusion.spins.small", "diffusion.spins.naive")
        values |= {key: unmeasured_number("%", NEED_SMALL) for key in keys}
    return values | {
        "diffusion.spins.size": number(int(data["magnets"]["size"]), None, "", **PHYSICS),
        "diffusion.spins.samples": number(made["spins"].shape[2], None, "", **PHYSICS),
        "diffusion.spins.steps": number(int(made["steps"]), None, "", **PHYSICS),
        "diffusion.spins.seeds": number(made["spins"].shape[0], None, "", **PHYSICS),
    }


def small_test(errors, naive):
    """The largest errors on 4 x 4 spins, with the spread over training runs if there are several."""
    mean = errors.mean(axis=0)
    at = np.unravel_index(mean.argmax(), mean.shape)
    spread = 100 * errors[:, *at].std(ddof=1) if len(errors) > 1 else None
    return {
        "diffusion.spins.small": number(100 * mean.max(), spread, "%", **GENERATED),
        "diffusion.spins.naive": number(100 * naive.max(), None, "%", **GENERATED),
    }
