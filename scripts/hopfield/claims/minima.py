"""Couplings, minima and the energy: rows 1.2-01, 1.2-03, 1.2-04, 1.2-06."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number
from scripts.hopfield.basins import share
from scripts.hopfield.claims.points import at, compared, quoted
from scripts.hopfield.theory import one_step

ONE_STEP = {"data": "hopfield/tables/one_step.csv", "rule": "hopfield_stability"}
STABILITY = {"data": "hopfield/tables/stability.csv", "rule": "hopfield_stability"}
ENERGY = {"data": "hopfield/tables/energy.csv", "rule": "hopfield_stability"}
PROJECTION = {"data": "hopfield/tables/projection.csv", "rule": "hopfield_rules"}
ISOMORPHISM = {"data": "hopfield/tables/isomorphism.csv", "rule": "hopfield_spin_glass"}
GLASS = {"data": "hopfield/tables/glass_limit.csv", "rule": "hopfield_spin_glass"}
LARGE = 100_000, 13_800  # units and patterns at which the law is compared with its limit
LEAST_RUNS = 1500  # synchronous runs raise the energy some 70 times in a thousand
BROKEN = {
    "synchronous": ("synchronous", "rises"),
    "hebb_diagonal": ("asynchronous_diagonal", "misplaced"),
    "negative_diagonal": ("asynchronous_negative_diagonal", "rises"),
    "asymmetric_dilution": ("asynchronous_diluted", "rises"),
    "sign_of_zero": ("sign_of_zero", "zeroed"),
}


def records(checks, data):
    """Records of the rows of this module.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of dict
    """
    return [*_storing(checks, data), *_energy(checks, data), *_minima(checks, data), *_same(checks, data)]


def _storing(checks, data):
    row = data["one_step"].iloc[0]
    found, size, count = (row["bit_error"], row["bit_error_err"]), int(row["N"]), int(row["P"])
    deviation = float(data["projection"]["deviation"].iloc[0])
    wrong = one_step.bit_error(size, count + 1)
    rows = [
        compared(checks["1.2-01", "one_step"], found, row["exact"]),
        record(
            checks["1.2-01", "large_network"],
            measured=one_step.bit_error(*LARGE),
            reference=one_step.large_network_error(LARGE[1] / LARGE[0]),
        ),
        compared(checks["1.2-01", "pattern_as_noise"], found, wrong),
    ]
    own = record(checks["1.2-01", "pseudo_inverse"], measured=deviation, reference=0.0)
    return [*sourced(rows, **ONE_STEP), *sourced([own], **PROJECTION)]


def _energy(checks, data):
    table = data["energy"].set_index("dynamics")
    rows = [
        record(
            checks["1.2-03", "asynchronous"], measured=table.loc["asynchronous_long", "rises"], reference=0.0
        )
    ]
    for part, (dynamics, column) in BROKEN.items():
        check, row = checks["1.2-03", part], table.loc[dynamics]
        if row["n_runs"] < LEAST_RUNS:
            rows.append(unmeasured(check, f"{LEAST_RUNS} in hopfield.stability.runs"))
        else:
            rows.append(record(check, measured=row[column], reference=0.0))
    cycles = _cycles(table)
    rows.append(compared(checks["1.2-03", "synchronous_cycles"], cycles, 0.0))
    return sourced(rows, **ENERGY)


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


def _minima(checks, data):
    table = _largest(data["stability"])
    size = int(table["N"].iloc[0])
    middle, light, heavy = (at(table, load) for load in (0.10, 0.03, 0.14))
    unstable = middle["unstable"], max(middle["unstable_err"], 1 / (middle["N"] * middle["alpha"]))
    rows = [
        compared(checks["1.2-04", "unstable_bits"], unstable, middle["unstable_exact"]),
        compared(checks["1.2-04", "light_load"], _stable(light), 0.99),
        compared(checks["1.2-04", "heavy_load"], _stable(heavy), 1.0),
        compared(
            checks["1.2-04", "error_free_load"],
            half_stable(table),
            1 / (2 * np.log(size)),
            needs="more loads",
        ),
        compared(
            checks["1.2-04", "independent_errors"],
            _stable(middle),
            one_step.stable_share(size, middle["alpha"]),
        ),
    ]
    return sourced(rows, **STABILITY)


def half_stable(table):
    """Load at which half of the patterns of one size are local minima, (value, error), or None."""
    rows = table.sort_values("alpha")
    loads, stable, err = rows[["alpha", "stable", "stable_err"]].to_numpy(float).T
    below = np.flatnonzero((stable[:-1] >= 0.5) & (stable[1:] < 0.5))
    if not len(below):
        return None
    i = int(below[0])
    slope = (stable[i + 1] - stable[i]) / (loads[i + 1] - loads[i])
    return loads[i] + (0.5 - stable[i]) / slope, np.hypot(*np.nan_to_num(err[i : i + 2])) / 2 / abs(
        slope
    ) + 1e-6


def _same(checks, data):
    row, limit = data["isomorphism"].iloc[0], data["glass_limit"].iloc[0]
    sk, one = sherrington_kirkpatrick(data["glass_energy"]), _load_one(data["glass_energy"])
    rows = [
        record(checks["1.2-06", "identical"], measured=row["difference"], reference=0.0),
        record(
            checks["1.2-06", "same_minima"],
            measured=row["minima_network"],
            reference=float(row["minima_glass"]),
        ),
        record(checks["1.2-06", "with_diagonal"], measured=row["difference_with_diagonal"], reference=0.0),
    ]
    energies = [
        compared(checks["1.2-06", "sk_limit"], (limit["limit"], limit["limit_err"]), *sk),
        compared(checks["1.2-06", "finite_load"], one, *sk),
    ]
    return [*sourced(rows, **ISOMORPHISM), *sourced(energies, **GLASS)]


def sherrington_kirkpatrick(table):
    """Energy of the same descent on Gaussian couplings, (value, error)."""
    row = table[np.isinf(table["alpha"])].iloc[0]
    return row["energy"], row["energy_err"]


def _load_one(table):
    row = table[table["alpha"] == table["alpha"].min()].iloc[0]
    return row["energy"], row["energy_err"]


def numbers(data):
    """What the chapter quotes, by key."""
    row, limit = data["one_step"].iloc[0], data["glass_limit"].iloc[0]
    table, energy = _largest(data["stability"]), data["energy"].set_index("dynamics")
    size, sync = int(table["N"].iloc[0]), energy.loc["synchronous"]
    heavy = at(table, 0.14)
    iso = data["isomorphism"].iloc[0]
    rises = share(np.arange(int(sync["moves"])) < sync["rises"])
    values = {
        "one_step": number(row["bit_error"], row["bit_error_err"], "", **ONE_STEP),
        "one_step_exact": number(row["exact"], None, "", **ONE_STEP),
        "stability_size": number(size, None, "units", **STABILITY),
        "heavy_stable": number(*_stable(heavy), "", **STABILITY),
        "half_stable": quoted(half_stable(table), STABILITY, "more loads"),
        "error_free_limit": number(1 / (2 * np.log(size)), None, "", **STABILITY),
        "flips": number(float(energy.loc["asynchronous_long", "moves"]), None, "", **ENERGY),
        "rises": number(float(energy.loc["asynchronous_long", "rises"]), None, "", **ENERGY),
        "synchronous_rises": number(*rises, "", **ENERGY),
        "cycles": number(*_cycles(energy), "", **ENERGY),
        "minima": number(float(iso["minima_glass"]), None, "", **ISOMORPHISM),
        "glass_limit": number(limit["limit"], limit["limit_err"], "J", **GLASS),
        "sk_energy": number(*sherrington_kirkpatrick(data["glass_energy"]), "J", **GLASS),
    }
    return {f"hopfield.{key}": value for key, value in values.items()}
