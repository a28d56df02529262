"""The response to a field, and Z as a generating function: rows 1.1-02 and 2.2-02."""

from scripts.common.claims.findings import column, quoted, row_where, scaled
from scripts.ising.claims.derivatives import first_derivative, second_derivative
from scripts.ising.claims.points import CRITICAL, OFF, at, measured, need
from scripts.ising.hysteresis import TEMPERATURES, slow_limit
from scripts.ising.theory import kaufman, strip, torus_in_field
from scripts.ising.theory.onsager import critical_temperature

RESPONSE = {"data": "ising/tables/response.csv", "rule": "ising_field"}
SMALL = {"data": "ising/tables/small_field.csv", "rule": "ising_field"}
ISOTHERM = {"data": "ising/tables/isotherm.csv", "rule": "ising_field"}
LOOPS = {"data": "ising/tables/hysteresis.csv", "rule": "ising_hysteresis"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
HOT = 3.0
SMALL_SIZE = 8
FIELD_STEP = 1e-3  # of derivatives in the field: 3e-8 of the result
BETA_STEP = 2e-3
RATIO = 0.1  # h/T on the critical isotherm
WIDTHS = (8, 10, 12)  # enough at this field, where the correlation length is about one


def findings(data):
    """What rows 1.1-02 and 2.2-02 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``response``, ``small_field`` and ``thermodynamics``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    return [
        (RESPONSE, _responses(data["response"])),
        (SMALL, [_magnetization(data["small_field"].iloc[0])]),
        (TABLE, _fluctuations(data["thermodynamics"])),
    ]


def _responses(table):
    """Fluctuations against the change with the field; the controls lack beta, or have another T."""
    hot, cold = row_where(table, T=HOT, h=0.0), row_where(table, T=2.0, h=0.1)
    warmer = row_where(table, T=round(OFF * HOT, 6), h=0.0)
    inside, outside = (
        column(row, "susceptibility", replicas="replicas", n_effective="n_effective") for row in (hot, cold)
    )
    return [
        ("1.1-02", "disordered", inside, column(hot, "slope")),
        ("1.1-02", "in_field", outside, column(cold, "slope")),
        ("1.1-02", "missing_beta", scaled(inside, HOT), column(hot, "slope")),
        ("1.1-02", "temperature_off", inside, column(warmer, "slope")),
    ]


def _magnetization(row):
    """m of the 8 x 8 torus in a field against the first derivative of ln Z in the field."""
    slope = first_derivative(lambda h: _log_z(row["T"], h), row["h"], FIELD_STEP)
    found = column(row, "magnetization", replicas="replicas", n_effective="n_effective")
    return "2.2-02", "magnetization", found, row["T"] * slope / SMALL_SIZE**2


def _fluctuations(table):
    """Second derivatives of ln Z: in beta at T = 3, with the control, and in the field for 8 x 8 spins."""
    size, T = int(table["L"].max()), float(CRITICAL)
    heat, needs = measured(at(table, size, "3.00"), "specific_heat"), need(size, "3.00")
    square = measured(at(table, SMALL_SIZE, CRITICAL), "squared_magnetization")
    curvature = second_derivative(lambda h: _log_z(T, h), 0.0, FIELD_STEP)
    exact = T**2 * curvature / SMALL_SIZE**4
    return [
        ("2.2-02", "energy_fluctuation", heat, _specific_heat(size, HOT), needs),
        ("2.2-02", "temperature_off", heat, _specific_heat(size, OFF * HOT), needs),
        ("2.2-02", "magnetization_fluctuation", square, exact, need(SMALL_SIZE, CRITICAL)),
    ]


def _specific_heat(size, T):
    """beta^2 (d^2 ln Z / d beta^2) / N."""

    def log_z(beta):
        return kaufman.log_partition_function(size, 1 / beta) / size**2

    return second_derivative(log_z, 1 / T, BETA_STEP) / T**2


def _log_z(T, h):
    return torus_in_field.log_partition_function(SMALL_SIZE, T, h)


def numbers(data):
    """What the chapter quotes of the field: response, critical isotherm, loops."""
    hot, row = row_where(data["response"], T=HOT, h=0.0), row_where(data["isotherm"], h_over_t=RATIO)
    fluctuations, slope, T = column(hot, "susceptibility"), column(hot, "slope"), critical_temperature()
    isotherm = {
        "isotherm_magnetization": column(row, "m"),
        "isotherm_magnetization_exact": strip.infinite_magnetization(T, RATIO * T, WIDTHS),
    }
    return (
        quoted("ising", RESPONSE, susceptibility_fluctuations=fluctuations, susceptibility_slope=slope)
        | quoted("ising", ISOTHERM, **isotherm)
        | _loops(data["hysteresis"])
    )


def _loops(table):
    """Areas of the coldest loop at the slowest rate, and above T_c in the slow limit."""
    cold = TEMPERATURES[0]
    warm = min(T for T in TEMPERATURES if critical_temperature() < T)
    slowest = row_where(table.sort_values("rate"), T=cold)
    limit, error = slow_limit(table, warm)
    area = None if limit is None else (limit, error)
    return (
        quoted("ising", LOOPS, "J/k_B", loop_temperature_cold=cold, loop_temperature_warm=warm)
        | quoted("ising", LOOPS, "sweeps", loop_hold_slowest=slowest["hold"])
        | quoted("ising", LOOPS, "J", loop_area_cold=column(slowest, "area"))
        | quoted("ising", LOOPS, "J", "two values in ising.hysteresis.holds", loop_area_warm_limit=area)
    )
