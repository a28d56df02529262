"""Finite-size scaling of the measured table: ``crossings.csv`` and ``exponents.csv``.

A configuration with few sizes, or without temperatures near T_c, does not allow
every fit. Those that it does not allow are left out of the tables.

Which sizes a fit keeps is decided by the errors of the data and by what corrections to
scaling can do to it, never by the value that comes out.
"""

import contextlib
import math

import pandas as pd

from scripts.common.fits import FitError
from scripts.ising.finite_size import (
    EXPONENTS,
    binder_crossings,
    correction_shift,
    critical_point,
    exponent_scan,
    inverse,
    specific_heat_law,
    values_at_tc,
)

CROSSINGS = ["L_small", "L_large", "T", "T_err", "binder", "binder_err"]
JUDGED = ["chi2", "degrees_of_freedom", "p_value", "acceptable"]
QUANTITIES = ["exponent", "value", "value_err", "correction_err", "correction", "smallest_size", *JUDGED]
SMALLEST_FOR_NU = 16  # exact U4 of L = 6 .. 10 bias 1/nu by 0.004 if L = 8 enters, by 0.001 from L = 16 on


def crossings(table):
    """Where the Binder parameters of successive sizes cross.

    Parameters
    ----------
    table : pandas.DataFrame
        ``thermodynamics.csv``.

    Returns
    -------
    pandas.DataFrame
        Columns `CROSSINGS`; empty if no two sizes cross near T_c.
    """
    try:
        sizes, found = binder_crossings(table)
    except FitError:
        return pd.DataFrame(columns=CROSSINGS)
    values = [sizes[:, 0], sizes[:, 1], found.x, found.x_err, found.y, found.y_err]
    return pd.DataFrame(dict(zip(CROSSINGS, values, strict=True)))


def exponents(table):
    """Critical point, universal Binder parameter, exponents and the logarithm of the specific heat.

    Parameters
    ----------
    table : pandas.DataFrame
        ``thermodynamics.csv``.

    Returns
    -------
    pandas.DataFrame
        Columns `QUANTITIES`; ``exponent`` is a key of `finite_size.EXPONENTS`, or one of tc, binder_star,
        nu, specific_heat_slope. ``correction_err`` is the largest shift by a correction that is not fitted,
        ``value_err`` the statistical error alone.
    """
    makers = [_critical_point, _specific_heat]
    makers += [lambda table, name=name: [exponent(table, name)] for name in EXPONENTS]
    rows = []
    for make in makers:
        with contextlib.suppress(FitError):
            rows += make(table)
    return pd.DataFrame(rows, columns=QUANTITIES)


def _critical_point(table):
    """T_c, U4* and nu from how the Binder parameters of all sizes depend on T and L near T_c."""
    cut, fit, scan = critical_point(table)
    kept = min((size for size in scan if size >= SMALLEST_FOR_NU), default=max(scan))
    nu, nu_err = inverse(*scan[kept]["inverse_nu"][:2])
    limits = [_row(name, *fit[key][:2], fit, cut) for name, key in (("tc", "tc"), ("binder_star", "f0"))]
    return [*limits, _row("nu", nu, nu_err, scan[kept], kept)]


def exponent(table, name):
    """One exponent from the power of L at T_c.

    Parameters
    ----------
    table : pandas.DataFrame
        ``thermodynamics.csv``.
    name : str
        Key of `finite_size.EXPONENTS`.

    Returns
    -------
    dict
        A row with columns `QUANTITIES`, of the smallest size for which error and systematic bound together
        are least.

    Raises
    ------
    FitError
        With fewer sizes at T_c than parameters.
    """
    law = EXPONENTS[name]
    size, y, err = values_at_tc(table, law.column)
    rows = []
    for cut, fit in exponent_scan((size, y, err), law.omega).items():
        kept, power = size >= cut, fit["exponent"]
        shift = correction_shift(size[kept], err[kept] / abs(y[kept]), law.bound) if law.bound else 0.0
        row = _row(name, law.sign * power.value + law.offset, power.err, fit, cut)
        rows.append(row | {"correction_err": shift, "correction": law.omega})
    return min(rows, key=lambda row: math.hypot(row["value_err"], row["correction_err"]))


def _specific_heat(table):
    """The slope of c against ln L at T_c."""
    fit, smallest = specific_heat_law(table), values_at_tc(table, "specific_heat")[0].min()
    return [_row("specific_heat_slope", *fit["slope"][:2], fit, smallest)]


def _row(name, value, err, fit, cut):
    found = {"exponent": name, "value": value, "value_err": err, "correction_err": 0.0, "smallest_size": cut}
    return found | fit.judgment()


if __name__ == "__main__":
    from scripts.common.step import step
    from scripts.common.tables import read_table

    with step(snakemake) as (_, write):
        table = read_table(snakemake.input[0])
        write(crossings=crossings(table), exponents=exponents(table))
