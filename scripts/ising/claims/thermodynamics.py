"""Energy, specific heat and magnetization against exact theory: rows 1.1-01 and 5.1-10."""

from functools import partial

from scripts.common.claims.collection import collection
from scripts.common.claims.findings import column, quoted, row_where, where
from scripts.ising.claims.points import CRITICAL, OFF, at, measured, need
from scripts.ising.theory import kaufman, onsager, transfer_matrix

TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
EXACT = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_exact"}
NAIVE = {"data": "ising/tables/naive.csv", "rule": "ising_naive"}
EXPONENTS = {"data": "ising/tables/exponents.csv", "rule": "ising_scaling"}
SMALL = 8  # the size whose transfer matrix is exact
SUSCEPTIBILITY = "susceptibility_full"
NEED_PAIRS = "at least 20 pairs of ising.sizes and ising.temperatures"
NEED_TC = "three of ising.sizes and several ising.temperatures near T_c"


def findings(data):
    """What rows 1.1-01 and 5.1-10 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``thermodynamics``, ``exponents`` and ``naive``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table, exponents = data["thermodynamics"], data["exponents"]
    largest = where(table, L=table["L"].max())
    together = collection(list(deviations(table)))["z"]  # error bars neither too small nor too large?
    found = [
        ("1.1-01", "residuals", together, 0.0, NEED_PAIRS),
        ("5.1-10", "worst_energy", max(deviations(largest), key=abs), 0.0),
    ]
    tc = column(row_where(exponents, exponent="tc"), "value")
    return [
        (TABLE, [*_points(table), *found]),
        (EXPONENTS, [("1.1-01", "critical_temperature", tc, onsager.critical_temperature(), NEED_TC)]),
        (NAIVE, _naive(data["naive"].iloc[0])),
    ]


def _points(table):
    """Observables of single points: part, size, temperature, name, and the reference as a function of T."""
    largest = int(table["L"].max())
    energy, specific_heat = partial(kaufman.energy, largest), partial(kaufman.specific_heat, largest)
    cases = [
        ("energy_ordered", largest, "2.00", "energy", energy),
        ("energy_critical", largest, CRITICAL, "energy", energy),
        ("energy_disordered", largest, "3.00", "energy", energy),
        ("specific_heat_ordered", largest, "2.00", "specific_heat", specific_heat),
        ("specific_heat_critical", largest, CRITICAL, "specific_heat", specific_heat),
        (
            "spontaneous_magnetization",
            largest,
            "1.50",
            "abs_magnetization",
            onsager.spontaneous_magnetization,
        ),
        ("binder_small", SMALL, CRITICAL, "binder", partial(_small_torus, "binder")),
        ("susceptibility_small", SMALL, CRITICAL, SUSCEPTIBILITY, partial(_small_torus, SUSCEPTIBILITY)),
        ("temperature_off", largest, "2.00", "energy", lambda T: energy(OFF * T)),
        ("infinite_lattice", SMALL, "3.00", "energy", onsager.energy),
    ]
    return [_point(table, *case) for case in cases]


def _point(table, part, size, temperature, name, reference):
    row, needs = at(table, size, temperature), need(size, temperature)
    if row is not None and reference is onsager.spontaneous_magnetization and size < SMALL:
        row, needs = None, f"a size of {SMALL} or more in ising.sizes"  # see its systematic
    return "1.1-01", part, measured(row, name), float(reference(float(temperature))), needs


def _small_torus(name, T):
    """An exact observable of the 8 x 8 torus."""
    return transfer_matrix.observables(SMALL, T)[name]


def deviations(table):
    """(measured - Kaufman) / error of the energies, one for each row: float64[n]."""
    exact = [kaufman.energy(int(L), T) for L, T in zip(table["L"], table["T"].astype(float), strict=True)]
    return ((table["energy"] - exact) / table["energy_err"]).to_numpy()


def _naive(row):
    """The algorithm as the book prints it, and the control that it must not pass."""
    return [
        ("5.1-10", part, measured(row, "energy"), float(kaufman.energy(int(row["L"]), T)))
        for part, T in (("as_printed", row["T"]), ("temperature_off", OFF * row["T"]))
    ]


def numbers(data):
    """What the chapter quotes of these measurements, by key."""
    table, exponents = data["thermodynamics"], data["exponents"]
    largest, cold, tc = int(table["L"].max()), 2.0, onsager.critical_temperature()
    row, needs = at(table, largest, "2.00"), need(largest, "2.00")
    magnetization = float(onsager.spontaneous_magnetization(cold))
    fits = {name: column(row_where(exponents, exponent=name), "value") for name in ("tc", "binder_star")}
    return (
        quoted("ising", EXACT, "J/k_B", tc=tc)
        | quoted("ising", TABLE, largest_size=largest, mean_field_ratio=4.0 / tc)
        | quoted("ising", TABLE, "J", needs, energy_cold=column(row, "energy"))
        | quoted("ising", TABLE, "J", energy_cold_exact=float(kaufman.energy(largest, cold)))
        | quoted("ising", TABLE, "", needs, magnetization_cold=column(row, "abs_magnetization"))
        | quoted("ising", TABLE, magnetization_cold_exact=magnetization)
        | quoted("ising", EXPONENTS, "J/k_B", NEED_TC, tc_measured=fits["tc"])
        | quoted("ising", EXPONENTS, "", NEED_TC, binder_critical=fits["binder_star"])
    )
