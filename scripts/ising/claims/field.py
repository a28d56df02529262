"""The response to a field, and Z as a generating function: rows 1.1-02 and 2.2-02."""

import numpy as np

from scripts.common.claims.findings import Found, column, quoted, row_where, where
from scripts.ising.claims.derivatives import first_derivative, second_derivative
from scripts.ising.claims.points import CRITICAL, at, measured, need, together
from scripts.ising.hysteresis import REPLICAS, TEMPERATURES, slow_limit
from scripts.ising.theory import kaufman, strip, torus_in_field
from scripts.ising.theory.onsager import critical_temperature

RESPONSE = {"data": "ising/tables/response.csv", "rule": "ising_field"}
SMALL = {"data": "ising/tables/small_field.csv", "rule": "ising_field"}
ISOTHERM = {"data": "ising/tables/isotherm.csv", "rule": "ising_field"}
MAP = {"data": "ising/tables/field_map.csv", "rule": "ising_field"}
LOOPS = {"data": "ising/tables/hysteresis.csv", "rule": "ising_hysteresis"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
HOT = 3.0
SMALL_SIZE = 8
FIELD_STEP = 1e-3  # of derivatives in the field: 3e-8 of the result
BETA_STEP = 2e-3
RATIO = 0.1  # h/T on the critical isotherm
WIDTHS = (8, 10, 12)  # enough at this field, where the correlation length is about one
STRONG = 0.05  # h/T from which these widths are enough on the critical isotherm
WARMER = 3.03  # temperature of the control, one per cent above that of the response


def findings(data):
    """What rows 1.1-02 and 2.2-02 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``response``, ``field_map``, ``isotherm``, ``small_field`` and ``thermodynamics``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    return [
        (RESPONSE, _responses(data["response"])),
        (MAP, [_followed(data["field_map"])]),
        (ISOTHERM, [_on_isotherm(data["isotherm"])]),
        (SMALL, _magnetization(data["small_field"])),
        (TABLE, _fluctuations(data["thermodynamics"])),
    ]


def _responses(table):
    """Fluctuations against the change with the field; the control comes from a warmer run."""
    hot, cold = row_where(table, T=HOT, h=0.0), row_where(table, T=2.0, h=0.1)
    warmer = row_where(table, T=WARMER, h=0.0)

    def both(row, reference):
        return column(row, "susceptibility", replicas="replicas"), column(reference, "slope")[:2]

    return [
        ("1.1-02", "disordered", *both(hot, hot)),
        ("1.1-02", "in_field", *both(cold, cold)),
        ("1.1-02", "temperature_off", *both(warmer, hot)),
    ]


def _followed(table):
    """Magnetization in a field less the exact one, at the highest temperature: mean over all fields.

    Each lattice is single and has no error; their scatter gives one.
    """
    rows = where(table, T=float(table["T"].max()))
    exact = {
        h: strip.infinite_magnetization(rows["T"].iloc[0], h, WIDTHS)[0] for h in rows["h"].abs().unique()
    }
    left = np.sign(rows["h"]) * rows["magnetization"] - rows["h"].abs().map(exact)
    found = Found(left.mean(), left.std(ddof=1) / np.sqrt(len(left)), n_effective=len(left))
    return "1.1-02", "follows", found, 0.0


def _on_isotherm(table):
    """Magnetization at T_c in strong fields against a transfer matrix, all together."""
    rows = table[table["h_over_t"] >= STRONG - 1e-9]
    T = critical_temperature()
    exact = [strip.infinite_magnetization(T, ratio * T, WIDTHS)[0] for ratio in rows["h_over_t"]]
    return "1.1-02", "isotherm", together(rows["m"], rows["m_err"], exact, int(rows["replicas"].iloc[0])), 0.0


def _magnetization(table):
    """m of the 8 x 8 torus against the derivative of ln Z in the field, in it and in a stronger one."""
    T, h = table[["T", "h"]].iloc[0]
    exact = T * first_derivative(lambda field: _log_z(T, field), h, FIELD_STEP) / SMALL_SIZE**2
    found = [column(row, "magnetization", replicas="replicas") for _, row in table.iterrows()]
    return [
        ("2.2-02", part, each, exact)
        for part, each in zip(("magnetization", "field_off"), found, strict=True)
    ]


def bend(T, h, step):
    """What a difference of the magnetization over 2 step exceeds its slope by, on an infinite cylinder.

    It falls like the square of the step, so that half the step tells it.
    """

    def slope(distance):
        above, below = (strip.magnetization(WIDTHS[1], T, h + sign * distance) for sign in (1, -1))
        return (above - below) / (2 * distance)

    return (slope(step) - slope(step / 2)) * 4 / 3


def _fluctuations(table):
    """Second derivatives of ln Z: in beta at T = 3, and in the field for 8 x 8 spins."""
    size, T = int(table["L"].max()), float(CRITICAL)
    heat, needs = measured(at(table, size, "3.00"), "specific_heat"), need(size, "3.00")
    square = measured(at(table, SMALL_SIZE, CRITICAL), "squared_magnetization")
    curvature = second_derivative(lambda h: _log_z(T, h), 0.0, FIELD_STEP)
    exact = T**2 * curvature / SMALL_SIZE**4
    return [
        ("2.2-02", "energy_fluctuation", heat, _specific_heat(size, HOT), needs),
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
    bends = {"bend_disordered": bend(HOT, 0.0, hot["step"]), "bend_in_field": bend(2.0, 0.1, 0.01)}
    return (
        quoted("ising", RESPONSE, "1/J", **bends)
        | quoted("ising", RESPONSE, susceptibility_fluctuations=fluctuations, susceptibility_slope=slope)
        | quoted("ising", ISOTHERM, **isotherm)
        | _loops(data["hysteresis"])
    )


def _loops(table):
    """Areas of the coldest loop and of one above T_c, and how slowly the cold ones close."""
    cold, near = TEMPERATURES[:2]
    warm = min(T for T in TEMPERATURES if critical_temperature() < T)
    slowest, area = row_where(table.sort_values("rate"), T=cold), warm_limit(table)
    powers = {"loop_power_cold": _power(table, cold), "loop_power_near": _power(table, near)}
    two = "two values in ising.hysteresis.holds"
    return (
        quoted("ising", LOOPS, "J/k_B", loop_temperature_cold=cold, loop_temperature_warm=warm)
        | quoted("ising", LOOPS, "J/k_B", loop_temperature_near=near)
        | quoted("ising", LOOPS, "sweeps", loop_hold_slowest=slowest["hold"])
        | quoted("ising", LOOPS, "J", loop_area_cold=column(slowest, "area"))
        | quoted("ising", LOOPS, "J", two, loop_area_warm_limit=area)
        | quoted("ising", LOOPS, "", two, **powers)
    )


def warm_limit(table):
    """Area of the loop at the first temperature above T_c in the slow limit; None without two rates."""
    warm = min(T for T in TEMPERATURES if critical_temperature() < T)
    value, error = slow_limit(table, warm)
    return None if value is None else Found(value, error, REPLICAS - 1)


def _power(table, T):
    """Power of the rate by which the area falls between the two slowest fields; None without two."""
    rows = where(table, T=T).sort_values("rate").iloc[:2]
    if len(rows) < 2:
        return None
    slow, fast = (row for _, row in rows.iterrows())
    step = np.log(fast["rate"] / slow["rate"])
    error = np.hypot(*(row["area_err"] / row["area"] for row in (slow, fast))) / step
    return np.log(fast["area"] / slow["area"]) / step, error
