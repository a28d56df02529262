"""The response to a field, and Z as a generating function: rows 1.1-02 and 2.2-02."""

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number
from scripts.ising.claims.derivatives import first_derivative, second_derivative
from scripts.ising.claims.points import CRITICAL, at, need
from scripts.ising.hysteresis import TEMPERATURES, slow_limit
from scripts.ising.theory import kaufman, strip, torus_in_field
from scripts.ising.theory.onsager import critical_temperature

RESPONSE = {"data": "ising/tables/response.csv", "rule": "ising_field"}
SMALL = {"data": "ising/tables/small_field.csv", "rule": "ising_field"}
ISOTHERM = {"data": "ising/tables/isotherm.csv", "rule": "ising_field"}
LOOPS = {"data": "ising/tables/hysteresis.csv", "rule": "ising_hysteresis"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
OFF = 1.01  # the temperature of the controls: wrong by one per cent
HOT = 3.0
SMALL_SIZE = 8
FREEDOM = 63  # of an error from 64 replicas
FIELD_STEP = 1e-3  # of derivatives in the field: 3e-8 of the result
BETA_STEP = 2e-3
RATIO = 0.1  # h/T on the critical isotherm
WIDTHS = (8, 10, 12)  # enough at this field, where the correlation length is about one


def records(checks, data):
    """Records of rows 1.1-02 and 2.2-02.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``response``, ``small_field`` and ``thermodynamics``.

    Returns
    -------
    list of dict
    """
    table = data["thermodynamics"]
    measured = [*_energy_fluctuations(checks, table), _square(checks, table)]
    return (
        sourced(_responses(checks, data["response"]), **RESPONSE)
        + sourced([_magnetization(checks, data["small_field"].iloc[0])], **SMALL)
        + sourced(measured, **TABLE)
    )


def _place(table, T, h):
    """The row of one (T, h)."""
    return table[(table["T"] == T) & (table["h"] == h)].iloc[0]


def _responses(checks, table):
    """Fluctuations against the change with the field; the controls lack beta, or have another T."""
    hot, cold = _place(table, HOT, 0.0), _place(table, 2.0, 0.1)
    warmer = _place(table, round(OFF * HOT, 6), 0.0)
    compared = {
        "disordered": (hot, hot, 1.0),
        "in_field": (cold, cold, 1.0),
        "missing_beta": (hot, hot, HOT),
        "temperature_off": (hot, warmer, 1.0),
    }
    return [
        record(
            checks["1.1-02", part],
            measured=factor * row["susceptibility"],
            error=factor * row["susceptibility_err"],
            reference=other["slope"],
            reference_error=other["slope_err"],
            n_effective=row["n_effective"],
            degrees_of_freedom=row["replicas"] - 1,
        )
        for part, (row, other, factor) in compared.items()
    ]


def _energy_fluctuations(checks, table):
    """Specific heat at T = 3 against beta^2 (d^2 ln Z / d beta^2) / N, and the control."""
    size = int(table["L"].max())
    row = at(table, size, "3.00")
    parts = {"energy_fluctuation": HOT, "temperature_off": OFF * HOT}
    if row is None:
        return [unmeasured(checks["2.2-02", part], need(size, "3.00")) for part in parts]
    return [
        record(
            checks["2.2-02", part],
            measured=row["specific_heat"],
            error=row["specific_heat_err"],
            reference=_curvature(size, T),
            n_effective=row["n_effective"],
            degrees_of_freedom=FREEDOM,
        )
        for part, T in parts.items()
    ]


def _curvature(size, T):
    def log_z(beta):
        return kaufman.log_partition_function(size, 1 / beta) / size**2

    return second_derivative(log_z, 1 / T, BETA_STEP) / T**2


def _square(checks, table):
    """<m^2> of the 8 x 8 torus at T_c against the second derivative of ln Z in the field."""
    check, row = checks["2.2-02", "magnetization_fluctuation"], at(table, SMALL_SIZE, CRITICAL)
    if row is None:
        return unmeasured(check, need(SMALL_SIZE, CRITICAL))
    T, name = float(CRITICAL), "squared_magnetization"
    curvature = second_derivative(lambda h: _log_z(T, h), 0.0, FIELD_STEP)
    return record(
        check,
        measured=row[name],
        error=row[f"{name}_err"],
        reference=T**2 * curvature / SMALL_SIZE**4,
        n_effective=row["n_effective"],
        degrees_of_freedom=FREEDOM,
    )


def _magnetization(checks, row):
    """m of the 8 x 8 torus in a field against the first derivative of ln Z in the field."""
    slope = first_derivative(lambda h: _log_z(row["T"], h), row["h"], FIELD_STEP)
    return record(
        checks["2.2-02", "magnetization"],
        measured=row["magnetization"],
        error=row["magnetization_err"],
        reference=row["T"] * slope / SMALL_SIZE**2,
        n_effective=row["n_effective"],
        degrees_of_freedom=row["replicas"] - 1,
    )


def _log_z(T, h):
    return torus_in_field.log_partition_function(SMALL_SIZE, T, h)


def numbers(data):
    """What the chapter quotes of the field: response, critical isotherm, loops."""
    hot, isotherm = _place(data["response"], HOT, 0.0), data["isotherm"]
    row = isotherm[isotherm["h_over_t"] == RATIO].iloc[0]
    T = critical_temperature()
    exact, error = strip.infinite_magnetization(T, RATIO * T, WIDTHS)
    return {
        "ising.susceptibility_fluctuations": _measured(hot, "susceptibility", RESPONSE),
        "ising.susceptibility_slope": _measured(hot, "slope", RESPONSE),
        "ising.isotherm_magnetization": _measured(row, "m", ISOTHERM),
        "ising.isotherm_magnetization_exact": number(exact, error, "", **ISOTHERM),
    } | _loops(data["hysteresis"])


def _loops(table):
    """Areas of the coldest loop at the slowest rate, and above T_c in the slow limit."""
    cold = TEMPERATURES[0]
    warm = min(T for T in TEMPERATURES if critical_temperature() < T)
    slowest = table[table["T"] == cold].sort_values("rate").iloc[0]
    limit, error = slow_limit(table, warm)
    return {
        "ising.loop_temperature_cold": number(cold, None, "J/k_B", **LOOPS),
        "ising.loop_temperature_warm": number(warm, None, "J/k_B", **LOOPS),
        "ising.loop_hold_slowest": number(slowest["hold"], None, "sweeps", **LOOPS),
        "ising.loop_area_cold": _measured(slowest, "area", LOOPS, "J"),
        "ising.loop_area_warm_limit": unmeasured_number("J", "two values in ising.hysteresis.holds")
        if limit is None
        else number(limit, error, "J", **LOOPS),
    }


def _measured(row, name, source, unit=""):
    return number(row[name], row[f"{name}_err"], unit, **source)
