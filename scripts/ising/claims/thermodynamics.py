"""Energy, specific heat and magnetization against exact theory: rows 1.1-01 and 5.1-10."""

from functools import partial

from scripts.common.claims.collection import collection
from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number
from scripts.ising.claims.points import CRITICAL, at, need
from scripts.ising.theory import kaufman, onsager, transfer_matrix

TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
NAIVE = {"data": "ising/tables/naive.csv", "rule": "ising_naive"}
EXPONENTS = {"data": "ising/tables/exponents.csv", "rule": "ising_scaling"}
OFF = 1.01  # the temperature of the controls: wrong by one per cent
SMALL = 8  # the size whose transfer matrix is exact
SUSCEPTIBILITY = "susceptibility_full"
FREEDOM = 63  # of an error from 64 replicas


def records(checks, data):
    """Records of rows 1.1-01 and 5.1-10.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``thermodynamics``, ``exponents`` and ``naive``.

    Returns
    -------
    list of dict
    """
    table = data["thermodynamics"]
    points = [_compared(checks["1.1-01", part], table, *rest) for part, *rest in _comparisons(table)]
    collected = [
        _residuals(checks["1.1-01", "residuals"], table),
        _worst(checks["5.1-10", "worst_energy"], table),
    ]
    return (
        sourced(points + collected, **TABLE)
        + sourced(
            [_critical_temperature(checks["1.1-01", "critical_temperature"], data["exponents"])], **EXPONENTS
        )
        + sourced(_naive(checks, data["naive"].iloc[0]), **NAIVE)
    )


def _comparisons(table):
    """(part, size, temperature, observable, reference as a function of T)."""
    largest = int(table["L"].max())
    energy, specific_heat = partial(kaufman.energy, largest), partial(kaufman.specific_heat, largest)
    return [
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


def _small_torus(name, T):
    """An exact observable of the 8 x 8 torus."""
    return transfer_matrix.observables(SMALL, T)[name]


def _compared(check, table, size, temperature, name, reference):
    """One observable of one point against its reference."""
    row = at(table, size, temperature)
    if row is None:
        return unmeasured(check, need(size, temperature))
    if reference is onsager.spontaneous_magnetization and size < SMALL:
        return unmeasured(check, f"a size of {SMALL} or more in ising.sizes")  # see its systematic
    return record(
        check,
        measured=row[name],
        error=row[f"{name}_err"],
        reference=float(reference(float(temperature))),
        n_effective=row["n_effective"],
        degrees_of_freedom=FREEDOM,
    )


def _residuals(check, table):
    """Chi-square of all energies: are the error bars neither too small nor too large?"""
    found = collection(list(deviations(table)))
    if found["z"] is None:
        return unmeasured(check, "at least 20 pairs of ising.sizes and ising.temperatures")
    return record(check, measured=found["z"], reference=0.0)


def _worst(check, table):
    return record(
        check, measured=max(deviations(table[table["L"] == table["L"].max()]), key=abs), reference=0.0
    )


def deviations(table):
    """(measured - Kaufman) / error of the energies, one for each row: float64[n]."""
    exact = [kaufman.energy(int(L), T) for L, T in zip(table["L"], table["T"].astype(float), strict=True)]
    return ((table["energy"] - exact) / table["energy_err"]).to_numpy()


def _critical_temperature(check, exponents):
    found = exponents[exponents["exponent"] == "tc"]
    if found.empty:
        return unmeasured(check, "three of ising.sizes and several ising.temperatures near T_c")
    row = found.iloc[0]
    return record(check, row["value"], error=row["value_err"], reference=onsager.critical_temperature())


def _naive(checks, row):
    """The algorithm as the book prints it, and the control that it must not pass."""
    parts = {"as_printed": row["T"], "temperature_off": OFF * row["T"]}
    return [
        record(
            checks["5.1-10", part],
            measured=row["energy"],
            error=row["energy_err"],
            reference=float(kaufman.energy(int(row["L"]), T)),
            n_effective=row["n_effective"],
            degrees_of_freedom=FREEDOM,
        )
        for part, T in parts.items()
    ]


def numbers(data):
    """What the chapter quotes of these measurements, by key."""
    table, exponents = data["thermodynamics"], data["exponents"].set_index("exponent")
    largest, cold = int(table["L"].max()), 2.0
    row = at(table, largest, "2.00")
    values = {
        "ising.tc": number(onsager.critical_temperature(), None, "J/k_B", TABLE["data"], "ising_exact"),
        "ising.largest_size": number(largest, None, "", **TABLE),
        "ising.mean_field_ratio": number(4.0 / onsager.critical_temperature(), None, "", **TABLE),
        "ising.energy_cold_exact": number(float(kaufman.energy(largest, cold)), None, "J", **TABLE),
        "ising.magnetization_cold_exact": number(
            float(onsager.spontaneous_magnetization(cold)), None, "", **TABLE
        ),
    }
    for key, name, unit in (("energy", "energy", "J"), ("magnetization", "abs_magnetization", "")):
        values[f"ising.{key}_cold"] = (
            unmeasured_number(unit, need(largest, "2.00"))
            if row is None
            else number(row[name], row[f"{name}_err"], unit, **TABLE)
        )
    for key, name, unit in (("tc_measured", "tc", "J/k_B"), ("binder_critical", "binder_star", "")):
        values[f"ising.{key}"] = (
            number(*exponents.loc[name, ["value", "value_err"]], unit, **EXPONENTS)
            if name in exponents.index
            else unmeasured_number(unit, "three of ising.sizes and several ising.temperatures near T_c")
        )
    return values
