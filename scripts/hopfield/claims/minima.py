"""Couplings, minima and the energy: rows 1.2-01, 1.2-03, 1.2-04, 1.2-06."""

import numpy as np
from scipy import special

from scripts.common.claims.findings import Found, column, quoted, row_where
from scripts.hopfield.basins import share
from scripts.hopfield.claims.points import at, ratio_of_sums
from scripts.hopfield.theory import one_step

ONE_STEP = {"data": "hopfield/tables/one_step.csv", "rule": "hopfield_stability"}
STABILITY = {"data": "hopfield/tables/stability.csv", "rule": "hopfield_stability"}
DIAGONAL = {"data": "hopfield/tables/diagonal.csv", "rule": "hopfield_stability"}
LIMITS = {"data": "hopfield/tables/limits.csv", "rule": "hopfield_lines"}
ENERGY = {"data": "hopfield/tables/energy.csv", "rule": "hopfield_stability"}
TWINS = {"data": "hopfield/tables/twins.csv", "rule": "hopfield_basins"}
RULES = {"data": "hopfield/tables/rules.csv", "rule": "hopfield_rules"}
PROJECTION = {"data": "hopfield/tables/projection.csv", "rule": "hopfield_rules"}
ISOMORPHISM = {"data": "hopfield/tables/isomorphism.csv", "rule": "hopfield_spin_glass"}
GLASS = {"data": "hopfield/tables/glass_limit.csv", "rule": "hopfield_spin_glass"}
LARGE = 100_000, 13_800  # units and patterns at which the law is compared with its limit
NEED_LOADS = "more loads"
LEAST_RUNS = 1500  # synchronous runs raise the energy some 70 times in a thousand
SEEN = 20.0  # unstable bits to be expected in all sets together, so that their scatter is a measure
BELOW, ABOVE = 0.6, 1.4  # loads on both sides of the one without errors, in its units
NEARLY_ALL, MOST = 0.9, 0.8
BEYOND_HEBB = 0.4  # load, three times the capacity of Hebb's rule
ENERGIES = {
    "positive_diagonal": ("asynchronous_diagonal", "rises"),
    "synchronous": ("synchronous", "rises"),
    "negative_diagonal": ("asynchronous_negative_diagonal", "rises"),
    "one_way": ("asynchronous_diluted", "rises"),
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
    energy, twins = data["energy"].set_index("dynamics"), data["twins"]
    apart = (twins["units_apart"] + twins["energy_apart"]).sum()
    return [
        (ONE_STEP, _storing(data["one_step"])),
        (RULES, [("1.2-01", "other_couplings", _other(data["rules"]), MOST)]),
        (PROJECTION, [("1.2-01", "pseudo_inverse", data["projection"]["deviation"].iloc[0], 0.0)]),
        (ENERGY, _energy(energy)),
        (TWINS, [("1.2-03", "twins", apart, 0.0)]),
        (STABILITY, _minima(data["stability"])),
        (DIAGONAL, [("1.2-04", "diagonal_left_in", *_with_diagonal(data["diagonal"]))]),
        (LIMITS, [("1.2-04", "limits", _off_limits(data["limits"]), 0.0)]),
        (ISOMORPHISM, _same(data["isomorphism"].iloc[0])),
        (GLASS, _glass(data)),
    ]


def _storing(table):
    right, wrong = (column(row, "bit_error", replicas="n_samples") for _, row in table.iterrows())
    limit = special.erfc(np.sqrt(LARGE[0] / (2 * LARGE[1]))) / 2
    return [
        ("1.2-01", "one_step", right, table["exact"].iloc[0]),
        ("1.2-01", "large_network", one_step.bit_error(*LARGE), limit),
        ("1.2-01", "one_pattern_more", wrong, table["exact"].iloc[0]),
    ]


def _other(table):
    """Share recalled under the pseudo-inverse rule, far beyond what Hebb's rule holds."""
    row = at(table[table["rule"] == "pseudo_inverse"], BEYOND_HEBB)
    return column(row, "fraction_retrieved", n_effective="n_samples")


def _energy(table):
    needs = f"{LEAST_RUNS} in hopfield.stability.runs"
    found = [
        ("1.2-03", "asynchronous", table.loc["asynchronous_long", "rises"], 0.0),
        ("1.2-03", "synchronous_cycles", _cycles(table), 0.0),
        ("1.2-04", "stopped_too_early", table.loc["asynchronous_diagonal", "misplaced"], 0.0),
    ]
    for part, (dynamics, name) in ENERGIES.items():
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
    error = max(np.nan_to_num(row["stable_err"]), 1 / patterns)
    return Found(row["stable"], error, row["n_samples"] - 1, row["n_samples"])


def _minima(every):
    table = _largest(every)
    size = int(table["N"].iloc[0])
    bits = every["N"] * every["alpha"] * every["n_samples"]  # patterns: what the means are means of
    seen = every[every["unstable_exact"] * bits >= SEEN]
    below, above = (
        table.iloc[(table["alpha"] - part * one_step.error_free_load(size)).abs().argmin()]
        for part in (BELOW, ABOVE)
    )
    middle = at(table, 0.10)
    return [
        ("1.2-04", "unstable_bits", ratio_of_sums(seen, "unstable", "unstable_exact", bits[seen.index]), 1.0),
        ("1.2-04", "light_load", _stable(below), NEARLY_ALL),
        ("1.2-04", "heavy_load", _stable(above), 1.0),
        ("1.2-04", "error_free_load", half_stable(table), one_step.error_free_load(size), NEED_LOADS),
        ("1.2-04", "independent_errors", _stable(middle), one_step.stable_share(size, middle["alpha"])),
    ]


def _with_diagonal(table):
    """Unstable bits with the diagonal left in on the largest network, and those without it."""
    row = _largest(table).iloc[0]
    exact = one_step.unstable_bits(int(row["N"]), round(row["alpha"] * row["N"]))
    return column(row, "unstable", replicas="n_samples"), exact


def _off_limits(table):
    """How far N ln(1 - p) lies from -ln 2 at the loads without errors, and 2 L ln N from one."""
    p = special.erfc(1 / np.sqrt(2 * table["half_stable"])) / 2
    half = table["N"] * np.log1p(-p) / np.log(2) + 1
    return max(half.abs().max(), (2 * table["limit"] * np.log(table["N"]) - 1).abs().max())


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
        ("1.2-06", "same_minima", row["fixed_points"], row["minima"]),
        ("1.2-06", "couplings_off", row["difference_off"], 0.0),
    ]


def _glass(data):
    """Energies against that of the same descent on Gaussian couplings, whose load counts as infinite."""
    table = data["glass_energy"]
    infinite, one = row_where(table, alpha=np.inf), row_where(table, alpha=table["alpha"].min())
    limit, sk = column(data["glass_limit"].iloc[0], "limit"), column(infinite, "energy")
    return [
        ("1.2-06", "sk_limit", limit._replace(n_effective=infinite["n_samples"]), sk),
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
        | quoted("hopfield", STABILITY, error_free_load=one_step.error_free_load(size))
        | quoted("hopfield", STABILITY, "", NEED_LOADS, half_stable=half_stable(table))
        | quoted("hopfield", ENERGY, flips=long["moves"], rises=long["rises"])
        | quoted("hopfield", ENERGY, synchronous_rises=rises, cycles=_cycles(energy))
        | quoted("hopfield", ISOMORPHISM, minima=data["isomorphism"]["minima"].iloc[0])
        | quoted("hopfield", GLASS, "J", glass_limit=column(limit, "limit"), sk_energy=sk)
    )
