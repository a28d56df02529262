"""Couplings, minima and the energy: rows 1.2-01, 1.2-03, 1.2-04, 1.2-06."""

import numpy as np

from scripts.common.claims.findings import column, quoted, row_where
from scripts.hopfield.basins import share
from scripts.hopfield.claims.points import at
from scripts.hopfield.theory import one_step

ONE_STEP = {"data": "hopfield/tables/one_step.csv", "rule": "hopfield_stability"}
STABILITY = {"data": "hopfield/tables/stability.csv", "rule": "hopfield_stability"}
ENERGY = {"data": "hopfield/tables/energy.csv", "rule": "hopfield_stability"}
PROJECTION = {"data": "hopfield/tables/projection.csv", "rule": "hopfield_rules"}
ISOMORPHISM = {"data": "hopfield/tables/isomorphism.csv", "rule": "hopfield_spin_glass"}
GLASS = {"data": "hopfield/tables/glass_limit.csv", "rule": "hopfield_spin_glass"}
LARGE = 100_000, 13_800  # units and patterns at which the law is compared with its limit
NEED_LOADS = "more loads"
LEAST_RUNS = 1500  # synchronous runs raise the energy some 70 times in a thousand
BROKEN = {
    "synchronous": ("synchronous", "rises"),
    "hebb_diagonal": ("asynchronous_diagonal", "misplaced"),
    "negative_diagonal": ("asynchronous_negative_diagonal", "rises"),
    "asymmetric_dilution": ("asynchronous_diluted", "rises"),
    "sign_of_zero": ("sign_of_zero", "zeroed"),
}


def findings(data):
    """What the rows of this module compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of (dict, list of tuple)
    """
    return [
        (ONE_STEP, _storing(data["one_step"].iloc[0])),
        (PROJECTION, [("1.2-01", "pseudo_inverse", data["projection"]["deviation"].iloc[0], 0.0)]),
        (ENERGY, _energy(data["energy"].set_index("dynamics"))),
        (STABILITY, _minima(_largest(data["stability"]))),
        (ISOMORPHISM, _same(data["isomorphism"].iloc[0])),
        (GLASS, _glass(data)),
    ]


def _storing(row):
    large, limit = one_step.bit_error(*LARGE), one_step.large_network_error(LARGE[1] / LARGE[0])
    wrong = one_step.bit_error(int(row["N"]), int(row["P"]) + 1)
    return [
        ("1.2-01", "one_step", column(row, "bit_error"), row["exact"]),
        ("1.2-01", "large_network", large, limit),
        ("1.2-01", "pattern_as_noise", column(row, "bit_error"), wrong),
    ]


def _energy(table):
    needs = f"{LEAST_RUNS} in hopfield.stability.runs"
    found = [
        ("1.2-03", "asynchronous", table.loc["asynchronous_long", "rises"], 0.0),
        ("1.2-03", "synchronous_cycles", _cycles(table), 0.0),
    ]
    for part, (dynamics, name) in BROKEN.items():
        row = table.loc[dynamics]
        found.append(("1.2-03", part, row[name] if row["n_runs"] >= LEAST_RUNS else None, 0.0, needs))
    return found


def _cycles(table):
    row = table.loc["synchronous"]
    p = row["cycles"] / row["n_runs"]
    return p, np.sqrt(max(p * (1 - p), 0.25 / row["n_runs"]) / row["n_runs"])


def _largest(table):
    return table[table["N"] == table["N"].max()]


def _stable(row):
    """Share of stable patterns; its error is never below that of one pattern among all."""
    patterns = row["N"] * row["alpha"] * row["n_samples"]
    return row["stable"], max(np.nan_to_num(row["stable_err"]), 1 / patterns)


def _minima(table):
    size = int(table["N"].iloc[0])
    middle, light, heavy = (at(table, load) for load in (0.10, 0.03, 0.14))
    unstable = middle["unstable"], max(middle["unstable_err"], 1 / (middle["N"] * middle["alpha"]))
    independent = one_step.stable_share(size, middle["alpha"])
    return [
        ("1.2-04", "unstable_bits", unstable, middle["unstable_exact"]),
        ("1.2-04", "light_load", _stable(light), 0.99),
        ("1.2-04", "heavy_load", _stable(heavy), 1.0),
        ("1.2-04", "error_free_load", half_stable(table), 1 / (2 * np.log(size)), NEED_LOADS),
        ("1.2-04", "independent_errors", _stable(middle), independent),
    ]


def half_stable(table):
    """Load at which half of the patterns of one size are local minima, (value, error), or None."""
    rows = table.sort_values("alpha")
    loads, stable, err = rows[["alpha", "stable", "stable_err"]].to_numpy(float).T
    below = np.flatnonzero((stable[:-1] >= 0.5) & (stable[1:] < 0.5))
    if not len(below):
        return None
    i = int(below[0])
    slope = (stable[i + 1] - stable[i]) / (loads[i + 1] - loads[i])
    error = np.hypot(*np.nan_to_num(err[i : i + 2])) / 2 / abs(slope) + 1e-6
    return loads[i] + (0.5 - stable[i]) / slope, error


def _same(row):
    return [
        ("1.2-06", "identical", row["difference"], 0.0),
        ("1.2-06", "same_minima", row["minima_network"], row["minima_glass"]),
        ("1.2-06", "with_diagonal", row["difference_with_diagonal"], 0.0),
    ]


def _glass(data):
    """Energies against that of the same descent on Gaussian couplings, whose load counts as infinite."""
    table = data["glass_energy"]
    infinite, one = row_where(table, alpha=np.inf), row_where(table, alpha=table["alpha"].min())
    sk = column(infinite, "energy")
    return [
        ("1.2-06", "sk_limit", column(data["glass_limit"].iloc[0], "limit"), sk),
        ("1.2-06", "finite_load", column(one, "energy"), sk),
    ]


def numbers(data):
    """What the chapter quotes, by key."""
    table, energy = _largest(data["stability"]), data["energy"].set_index("dynamics")
    size, long, sync = int(table["N"].iloc[0]), energy.loc["asynchronous_long"], energy.loc["synchronous"]
    row, limit, glass = data["one_step"].iloc[0], data["glass_limit"].iloc[0], data["glass_energy"]
    rises = share(np.arange(int(sync["moves"])) < sync["rises"])
    sk = column(row_where(glass, alpha=np.inf), "energy")
    return (
        quoted("hopfield", ONE_STEP, one_step=column(row, "bit_error"), one_step_exact=row["exact"])
        | quoted("hopfield", STABILITY, "units", stability_size=size)
        | quoted("hopfield", STABILITY, heavy_stable=_stable(at(table, 0.14)))
        | quoted("hopfield", STABILITY, error_free_limit=1 / (2 * np.log(size)))
        | quoted("hopfield", STABILITY, "", NEED_LOADS, half_stable=half_stable(table))
        | quoted("hopfield", ENERGY, flips=long["moves"], rises=long["rises"])
        | quoted("hopfield", ENERGY, synchronous_rises=rises, cycles=_cycles(energy))
        | quoted("hopfield", ISOMORPHISM, minima=data["isomorphism"]["minima_glass"].iloc[0])
        | quoted("hopfield", GLASS, "J", glass_limit=column(limit, "limit"), sk_energy=sk)
    )
