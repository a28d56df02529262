"""Magnets made from noise: parts of rows 7.3-06 and 7.3-07."""

import numpy as np

from scripts.common.claims.findings import Found, provided, quoted, scaled, where
from scripts.common.statistics import replica_mean
from scripts.common.statistics.counts import deviate
from scripts.diffusion.theory import ising

PHYSICS = {"data": "diffusion/tables/ising_physics.csv", "rule": "diffusion_tabulate"}
GENERATED = {"data": "diffusion/data/generated.npz", "rule": "diffusion_learn_magnets"}
LONG, LONG_SMALL = 3000, 1000
NEED_LONG = f"diffusion.magnets.steps of {LONG} or more, and samples of 1000 or more"
NEED_SMALL = f"diffusion.magnets.small_steps of {LONG_SMALL} or more"
NEED_CRITICAL = "the critical temperature in diffusion.magnets.temperatures"
BARS = {"energies": 0.03, "plaquette": 0.02}
SMALL_BAR = 0.10
BLOCKS = 50  # of each long chain
CRITICAL = 2 / np.log(1 + np.sqrt(2))
NAMES = {"energy": "energy", "magnetization": "abs_magnetization", "susceptibility": "susceptibility"}


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
    made = data["generated"]
    table, filtered = (where(data["ising_physics"], by=by) for by in ("network", "filter"))
    long = int(made["steps"]) >= LONG and made["spins"].shape[2] >= 1000
    told = [("7.3-07", part, _multiple(worst(table, name)), 1.0) for part, name in NAMES.items()]
    told += [
        ("7.3-07", "filter_energy", _multiple(worst(filtered, "energy")), 1.0),
        (
            "7.3-07",
            "filter_magnetization",
            _multiple(critical(filtered, "abs_magnetization")),
            1.0,
            NEED_CRITICAL,
        ),
    ]
    off = {"energies": _largest(table, "total_variation"), "plaquette": _largest(table, "plaquette")}
    return [
        (
            PHYSICS,
            provided(long, NEED_LONG, [("7.3-07", part, found, BARS[part]) for part, found in off.items()]),
        ),
        (PHYSICS, [*told, ("7.3-07", "real_magnets", _real(table, int(data["magnets"]["size"])), 0.0)]),
        (GENERATED, [("7.3-06", "magnets", _tested(made), SMALL_BAR, NEED_SMALL)]),
    ]


def _real(table, size):
    """Chi-square of the energies of the long chains against the exact ones, as a normal deviate."""
    rows = where(table, observable="energy")
    exact = [ising.energy(size, float(temperature)) for temperature in rows["T"]]
    off = (rows["monte_carlo"] - exact) / rows["monte_carlo_err"]
    return Found(deviate(np.sum(off**2), len(rows)), 1.0, n_effective=BLOCKS * len(rows))


def _tested(made):
    """Largest error on 4 x 4 spins of each network, averaged over networks; None where too short."""
    if int(made["small_steps"]) < LONG_SMALL:
        return None
    return replica_mean(made["small_errors"].max(axis=(1, 2)))


def _largest(table, observable):
    """Largest absolute deviation over temperatures, with its error."""
    rows = where(table, observable=observable)
    off = (rows["generated"] - rows["monte_carlo"]).abs()
    row = rows.loc[off.idxmax()]
    return Found(off.max(), _error(row), n_effective=float(row["samples"]))


def _multiple(off):
    """An observable as a multiple of the true one, of its relative deviation with error; or None."""
    return None if off is None else (1 + off[0], off[1])


def worst(table, observable):
    """Relative deviation where it is largest over temperatures, with its error."""
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


def _error(row):
    return float(np.hypot(row["generated_err"], row["monte_carlo_err"]))


def numbers(data):
    """What the chapter quotes of the magnets."""
    made, name = data["generated"], "diffusion.spins"
    table, filtered = (where(data["ising_physics"], by=by) for by in ("network", "filter"))
    farthest = {key: scaled(worst(table, observable), 100) for key, observable in NAMES.items()}
    farthest |= {"filter_energy": scaled(worst(filtered, "energy"), 100)}
    at_critical = {
        "susceptibility_critical": scaled(critical(table, "susceptibility"), 100),
        "filter_magnetization": scaled(critical(filtered, "abs_magnetization"), 100),
    }
    seeds, _, samples = made["spins"].shape[:3]
    run = {
        "size": int(data["magnets"]["size"]),
        "samples": samples,
        "steps": int(made["steps"]),
        "seeds": seeds,
    }
    return (
        quoted(name, PHYSICS, "%", **farthest)
        | quoted(name, PHYSICS, "%", NEED_CRITICAL, **at_critical)
        | quoted(name, PHYSICS, "J", susceptibility_at=float(_farthest(table, "susceptibility")["T"]))
        | quoted(name, GENERATED, "%", NEED_SMALL, **small_test(made))
        | quoted(name, PHYSICS, **run)
    )


def small_test(made):
    """The largest errors on 4 x 4 spins, in per cent; None each if there was no test."""
    if "small_errors" not in made:
        return {"small": None, "naive": None}
    value, error, _ = replica_mean(100 * made["small_errors"].max(axis=(1, 2)))
    return {"small": (value, error), "naive": 100 * made["small_naive"].max()}
