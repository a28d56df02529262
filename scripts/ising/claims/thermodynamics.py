"""Energy, specific heat and magnetization against exact theory: rows 1.1-01 and 5.1-10."""

import numpy as np
from scipy import special

from scripts.common.claims.findings import Found, column, quoted, row_where, where
from scripts.common.statistics.counts import deviate
from scripts.ising.claims.points import CRITICAL, NEAR, REPLICAS, at, measured, need, together
from scripts.ising.claims.scaling import universal_binder
from scripts.ising.theory import kaufman, onsager, transfer_matrix

TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
EXACT = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_exact"}
CROSSINGS = {"data": "ising/tables/crossings.csv", "rule": "ising_scaling"}
NAIVE = {"data": "ising/tables/naive.csv", "rule": "ising_naive"}
EXPONENTS = {"data": "ising/tables/exponents.csv", "rule": "ising_scaling"}
SMALL = 8  # the size whose transfer matrix is exact
ROUND = 16  # from this edge on domain walls round the torus are too rare to matter at T = 1.5: 1e-11
SYMMETRIC = 2.4  # above this temperature the sign of m changes often in every run
NEED_PAIRS = "several ising.sizes and ising.temperatures"
NEED_SMALL = f"{SMALL} in ising.sizes"
SHIFTS = {"T": 11 / 4, "binder": 7 / 4}  # powers of 1/L by which a crossing approaches its limit
NEED_TC = "three of ising.sizes and several ising.temperatures near T_c"


def findings(data):
    """What rows 1.1-01 and 5.1-10 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``thermodynamics``, ``exact``, ``exponents``, ``crossings`` and ``naive``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table, exact = data["thermodynamics"], data["exact"]
    worst = Found(worst_energy(table, exact)["deviate"], 1.0, n_effective=len(table))
    return [
        (TABLE, [*_points(table, exact), *_curves(table, exact), *_small(table)]),
        (TABLE, [("5.1-10", "worst_energy", worst, 0.0)]),
        (EXPONENTS, _scaled(data["exponents"])),
        (CROSSINGS, _crossings(data["crossings"])),
        (NAIVE, _naive(data["naive"])),
    ]


def _points(table, exact):
    """Observables of single points: part, size, temperature of the run and of the reference, name."""
    largest = int(table["L"].max())
    cases = [
        ("energy_ordered", largest, "2.00", "2.00", "energy", largest),
        ("energy_disordered", largest, "3.00", "3.00", "energy", largest),
        ("temperature_off", largest, NEAR, CRITICAL, "energy", largest),
        ("infinite_lattice", SMALL, "3.00", "3.00", "energy", np.inf),
        ("spontaneous_magnetization", largest, "1.50", "1.50", "abs_magnetization", np.inf),
    ]
    return [_point(table, exact, case) for case in cases]


def _point(table, exact, case):
    part, size, temperature, reference, name, of = case
    row, needs = at(table, size, temperature), need(size, temperature)
    if name == "abs_magnetization" and size < ROUND:
        row, needs = None, f"a size of {ROUND} or more in ising.sizes"
    theory = row_where(exact, L=float(of), T=float(reference))
    value = None if theory is None else theory[name.removeprefix("abs_")]
    return "1.1-01", part, measured(row, name) if theory is not None else None, value, needs


def _curves(table, exact):
    """All energies and specific heats together; and m, which has no sign above the transition."""
    hot = table[table["T"].astype(float) > SYMMETRIC]
    zero = together(hot["magnetization"], hot["magnetization_err"], 0.0 * hot["magnetization"])
    return [
        ("1.1-01", "residuals", _all(table, exact, "energy"), 0.0),
        ("1.1-01", "heats", _all(table, exact, "specific_heat"), 0.0),
        ("1.1-01", "start", _all(table, exact, "early_energy"), 0.0),
        ("1.1-01", "symmetry", zero, 0.0, f"ising.temperatures above {SYMMETRIC}"),
    ]


def _all(table, exact, name):
    return together(table[name], table[f"{name}_err"], _reference(table, exact, name.removeprefix("early_")))


def _reference(table, exact, name):
    """Kaufman's values at the measured points, from the table of exact curves: float64[n]."""
    rows = [row_where(exact, L=float(L), T=float(T)) for L, T in zip(table["L"], table["T"], strict=True)]
    return np.array([row[name] for row in rows])


def worst_energy(table, exact):
    """The energy that lies farthest from Kaufman's, of all sizes and temperatures.

    Returns
    -------
    dict
        Its ``L``, ``T`` and ``deviation`` in standard errors, the ``chance`` that the worst of so many is
        as bad, by Student's t with 63 degrees of freedom, and that as a normal ``deviate``.
    """
    t = (table["energy"] - _reference(table, exact, "energy")) / table["energy_err"]
    row = table.loc[t.abs().idxmax()]
    alone = 2 * special.stdtr(REPLICAS - 1, -t.abs().max())
    chance = -np.expm1(len(t) * np.log1p(-alone))
    found = {"L": int(row["L"]), "T": float(row["T"]), "deviation": t.abs().max(), "chance": chance}
    return found | {"deviate": -special.ndtri(chance)}


def _small(table):
    """Curves of the 8 x 8 torus against its transfer matrix, each temperature a run of its own."""
    rows = where(table, L=SMALL)
    exact = [_small_torus(float(T)) for T in rows["T"]]
    parts = {
        "small_magnetization": "abs_magnetization",
        "small_susceptibility": "susceptibility",
        "small_binder": "binder",
        "small_binder_slope": "binder_slope",
        "small_slope": "dln_abs_magnetization",
        "small_square_slope": "dln_squared_magnetization",
    }
    return [
        (
            "1.1-01",
            part,
            together(rows[name], rows[f"{name}_err"], [each[name] for each in exact]),
            0.0,
            NEED_SMALL,
        )
        for part, name in parts.items()
    ]


def _small_torus(T):
    """Exact observables of the 8 x 8 torus, with the logarithmic slopes in K from its moments."""
    mean = transfer_matrix.moments(SMALL, T)
    slopes = {f"dln_{name}": mean["E"] - mean[f"E{M}"] / mean[M]
              for name, M in (("abs_magnetization", "absM"), ("squared_magnetization", "M2"))}  # fmt: skip
    return transfer_matrix.observables(SMALL, T) | slopes


def _scaled(exponents):
    """T_c from the scaling of the Binder parameter, and whether one curve describes all sizes."""
    row = row_where(exponents, exponent="tc")
    tc, fit = column(row, "value"), None
    if row is not None:
        fit = Found(
            deviate(row["chi2"], row["degrees_of_freedom"]), 1.0, n_effective=row["degrees_of_freedom"]
        )
        tc = tc._replace(n_effective=REPLICAS)
    return [
        ("1.1-01", "critical_temperature", tc, onsager.critical_temperature(), NEED_TC),
        ("1.1-01", "one_curve", fit, 0.0, NEED_TC),
    ]


def _crossings(table):
    """Where the Binder parameters of the two largest sizes cross, and how high."""
    last = None if len(table) < 2 else table.sort_values("L_large").iloc[-1]
    exact = {"T": onsager.critical_temperature(), "binder": universal_binder()}
    found = {name: column(last, name) for name in SHIFTS}
    return [
        ("1.1-01", part, each and each._replace(n_effective=REPLICAS), exact[name], NEED_TC)
        for part, (name, each) in zip(("crossing_place", "crossing_height"), found.items(), strict=True)
    ]


def shift(table, name):
    """How far the last crossing should still be from its limit, by the first one; None without two."""
    if len(table) < 2:
        return None
    first, last = (table.sort_values("L_large").iloc[k] for k in (0, -1))
    limit = {"T": onsager.critical_temperature(), "binder": universal_binder()[0]}[name]
    return (first[name] - limit) * (first["L_large"] / last["L_large"]) ** SHIFTS[name]


def _naive(table):
    """The algorithm as the book prints it, at T_c and, as a control, a little above it."""
    found = [column(row, "energy", replicas="chains") for _, row in table.iterrows()]
    size, T = int(table["L"].iloc[0]), table["T"].iloc[0]
    parts = ("as_printed", "temperature_off")
    return [
        ("5.1-10", part, each, float(kaufman.energy(size, T)))
        for part, each in zip(parts, found, strict=True)
    ]


def numbers(data):
    """What the chapter quotes of these measurements, by key."""
    table, exponents = data["thermodynamics"], data["exponents"]
    largest, cold, tc = int(table["L"].max()), 2.0, onsager.critical_temperature()
    row, needs = at(table, largest, "2.00"), need(largest, "2.00")
    magnetization = float(onsager.spontaneous_magnetization(cold))
    worst = worst_energy(table, data["exact"])
    fits = {name: column(row_where(exponents, exponent=name), "value") for name in ("tc", "binder_star")}
    return (
        quoted("ising", EXACT, "J/k_B", tc=tc)
        | quoted("ising", CROSSINGS, "J/k_B", NEED_TC, crossing_shift=shift(data["crossings"], "T"))
        | quoted("ising", CROSSINGS, "", NEED_TC, crossing_lift=shift(data["crossings"], "binder"))
        | quoted("ising", TABLE, worst_deviation=worst["deviation"], worst_chance=worst["chance"])
        | quoted("ising", TABLE, worst_size=worst["L"], energies_compared=len(table))
        | quoted("ising", TABLE, "J/k_B", worst_temperature=worst["T"])
        | quoted("ising", TABLE, largest_size=largest, mean_field_ratio=4.0 / tc)
        | quoted("ising", TABLE, "J", needs, energy_cold=column(row, "energy"))
        | quoted("ising", TABLE, "J", energy_cold_exact=float(kaufman.energy(largest, cold)))
        | quoted("ising", TABLE, "", needs, magnetization_cold=column(row, "abs_magnetization"))
        | quoted("ising", TABLE, magnetization_cold_exact=magnetization)
        | quoted("ising", EXPONENTS, "J/k_B", NEED_TC, tc_measured=fits["tc"])
        | quoted("ising", EXPONENTS, "", NEED_TC, binder_critical=fits["binder_star"])
    )
