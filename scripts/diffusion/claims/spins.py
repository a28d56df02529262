"""Magnets made from noise: parts of rows 7.3-06 and 7.3-07."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number

PHYSICS = {"data": "diffusion/tables/ising_physics.csv", "rule": "diffusion_tabulate"}
SMALL = {"data": "diffusion/data/generated_lattice.npz", "rule": "diffusion_learn_magnets"}
LONG, LONG_SMALL = 3000, 1000
NEED_LONG = f"diffusion.magnets.steps of {LONG} or more, and samples of 1000 or more"
NEED_SMALL = f"diffusion.magnets.small_steps of {LONG_SMALL} or more"
BARS = {"free": (0.015, 0.03), "lattice": (0.01, 0.02)}
EXCESS = 0.03
SMALL_BAR = 0.10


def records(checks, data):
    """Records of the magnets.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame or dict of arrays
        ``ising_physics``, ``generated_free``, ``generated_lattice`` and ``magnets``.

    Returns
    -------
    list of dict
    """
    found = []
    for network in BARS:
        found += _network(checks, data["ising_physics"], network, data[f"generated_{network}"])
    small = data["generated_lattice"]
    check = checks["7.3-06", "magnets"]
    if int(small["small_steps"]) < LONG_SMALL:
        tested = unmeasured(check, NEED_SMALL)
    else:
        tested = record(check, small["small_errors"].max(), SMALL_BAR)
    return sourced(found, **PHYSICS) + sourced([tested], **SMALL)


def worst(table, network, observable):
    """Relative deviation where it is largest over temperatures: (value, error, T)."""
    rows = table[(table["network"] == network) & (table["observable"] == observable)]
    off = rows["generated"] / rows["monte_carlo"] - 1
    k = off.abs().idxmax()
    row = rows.loc[k]
    error = np.hypot(row["generated_err"], row["monte_carlo_err"]) / abs(row["monte_carlo"])
    return off[k], error, row["T"]


def excess(table, network):
    """Largest excess of total variation over temperatures, with its error."""
    rows = table[(table["network"] == network) & (table["observable"] == "total_variation")]
    row = rows.loc[rows["generated"].idxmax()]
    return row["generated"], np.hypot(row["generated_err"], row["monte_carlo_err"])


def _network(checks, table, network, made):
    energy, magnetization = BARS[network]
    chi = worst(table, network, "susceptibility")
    cases = {
        "energy": (*worst(table, network, "energy")[:2], energy),
        "magnetization": (*worst(table, network, "abs_magnetization")[:2], magnetization),
        "energies": (*excess(table, network), EXCESS),
    }
    enough = int(made["steps"]) >= LONG and made["spins"].shape[2] >= 1000
    found = [
        record(checks["7.3-07", f"{network}_{part}"], abs(value), bar, error=error)
        if enough
        else unmeasured(checks["7.3-07", f"{network}_{part}"], NEED_LONG)
        for part, (value, error, bar) in cases.items()
    ]
    return [*found, record(checks["7.3-07", f"{network}_susceptibility"], 1 + chi[0], 1.0, error=chi[1])]


def numbers(data):
    """What the chapter quotes of the magnets."""
    table, values = data["ising_physics"], {}
    for network in BARS:
        for key, observable in (
            ("energy", "energy"),
            ("magnetization", "abs_magnetization"),
            ("susceptibility", "susceptibility"),
        ):
            value, error, _ = worst(table, network, observable)
            values[f"diffusion.spins.{network}_{key}"] = number(100 * value, 100 * error, "%", **PHYSICS)
        values[f"diffusion.spins.{network}_excess"] = number(*excess(table, network), "", **PHYSICS)
        small = data[f"generated_{network}"]
        source = SMALL | {"data": f"diffusion/data/generated_{network}.npz"}
        values[f"diffusion.spins.{network}_small"] = number(
            100 * small["small_errors"].max(), None, "%", **source
        )
        values[f"diffusion.spins.{network}_naive"] = number(
            100 * small["small_naive"].max(), None, "%", **source
        )
    made = data["generated_free"]
    return values | {
        "diffusion.spins.size": number(int(data["magnets"]["size"]), None, "", **PHYSICS),
        "diffusion.spins.samples": number(made["spins"].shape[2], None, "", **PHYSICS),
        "diffusion.spins.steps": number(int(made["steps"]), None, "", **PHYSICS),
        "diffusion.spins.seeds": number(made["spins"].shape[0], None, "", **PHYSICS),
    }
