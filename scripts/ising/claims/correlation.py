"""Correlations at and beside the critical point: rows 6.1-01 and 6.1-11, here with the Potts model."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.fits import FitError, power_law
from scripts.common.numbers import number, unmeasured_number
from scripts.ising.claims.points import CRITICAL
from scripts.ising.theory import critical_torus, onsager, potts

LENGTHS = {"data": "ising/tables/correlation_lengths.csv", "rule": "ising_lengths"}
EXPONENTS = {"data": "ising/tables/correlation_exponents.csv", "rule": "ising_lengths"}
PHASES = {"data": "ising/tables/phases.csv", "rule": "ising_transition_order"}
OFF, DISORDERED = "2.30", "2.50"
FREEDOM = 63  # of an error from 64 replicas
STATES = 10
SIZES = "at least two of ising.correlation.sizes"
COLUMN = {"second_moment": "second-moment length", "exponential": "exponential length"}


def records(checks, data):
    """Records of rows 6.1-01 and 6.1-11.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``correlation_lengths``, ``correlation_exponents`` and ``phases``.

    Returns
    -------
    list of dict
    """
    table = data["correlation_exponents"]
    fitted = [
        (("6.1-01", "eta"), "eta", CRITICAL, 0.25),
        (("6.1-01", "diagonal"), "diagonal_limit", CRITICAL, 2 / np.pi),
        (("6.1-01", "off_critical"), "eta", OFF, 0.25),
        (("6.1-11", "ising"), "length_slope", CRITICAL, 1.0),
        (("6.1-11", "off_critical"), "length_slope", OFF, 1.0),
    ]
    universal = critical_torus.scaling_constants()["correlation_length"]
    exact = float(onsager.correlation_length(float(DISORDERED)))
    lengths = data["correlation_lengths"]
    measured = [
        _length(checks["6.1-01", "length_over_size"], at(lengths, CRITICAL), "second_moment", universal),
        _length(checks["6.1-01", "length_disordered"], at(lengths, DISORDERED), "exponential", exact),
    ]
    return (
        sourced([_fitted(checks[key], table, *rest) for key, *rest in fitted], **EXPONENTS)
        + sourced(measured, **LENGTHS)
        + sourced([_potts(checks["6.1-11", "potts"], data["phases"])], **PHASES)
    )


def fit_of(table, quantity, temperature):
    """(value, error) of a fit, or None."""
    rows = table[(table["quantity"] == quantity) & (table["T"].astype(float) == float(temperature))]
    return None if rows.empty else (rows["value"].iloc[0], rows["value_err"].iloc[0])


def at(table, temperature):
    """The row of the largest size at a temperature, or None."""
    rows = table[table["T"].astype(float) == float(temperature)]
    return None if rows.empty else rows.loc[rows["L"].idxmax()]


def _fitted(check, table, quantity, temperature, reference):
    found = fit_of(table, quantity, temperature)
    if found is None:
        return unmeasured(check, SIZES)
    return record(check, measured=found[0], error=found[1], reference=reference)


def _length(check, row, column, reference):
    """A correlation length; the second-moment one in units of L."""
    if row is None or not np.isfinite(row[column]):
        return unmeasured(
            check, f"'{DISORDERED}' in ising.correlation.temperatures and a size above 30: {COLUMN[column]}"
        )
    unit = row["L"] if column == "second_moment" else 1.0
    return record(
        check,
        measured=row[column] / unit,
        error=row[f"{column}_err"] / unit,
        reference=reference,
        degrees_of_freedom=FREEDOM,
    )


def potts_slope(phases):
    """(slope, error) of ln xi against ln L in the disordered phase of the Potts model, or None."""
    rows = phases.dropna(subset=["length", "length_err"])
    rows = rows[(rows["length"] > 0) & (rows["length_err"] > 0)]
    if rows["L"].nunique() < 2:
        return None
    try:
        slope = power_law(*rows[["L", "length", "length_err"]].to_numpy(float).T)["exponent"]
    except FitError:
        return None
    return slope.value, slope.err


def _potts(check, phases):
    found = potts_slope(phases)
    if found is None:
        return unmeasured(check, "at least two of ising.potts.sizes whose runs see both phases")
    return record(check, measured=found[0], error=found[1], reference=1.0)


def numbers(data):
    """What the chapter quotes."""
    table, lengths = data["correlation_exponents"], data["correlation_lengths"]
    fits = {
        "eta": ("eta", CRITICAL),
        "eta_off": ("eta", OFF),
        "length_slope": ("length_slope", CRITICAL),
        "length_slope_off": ("length_slope", OFF),
        "diagonal": ("diagonal_limit", CRITICAL),
        "neighbor": ("neighbor_limit", CRITICAL),
    }
    values = {f"ising.correlation.{key}": _number(fit_of(table, *place)) for key, place in fits.items()}
    row, unit = at(lengths, CRITICAL), "sites"
    values["ising.correlation.length_over_size"] = number(
        row["second_moment"] / row["L"], row["second_moment_err"] / row["L"], "", **LENGTHS
    )
    exact = float(onsager.correlation_length(float(DISORDERED)))
    values["ising.correlation.temperature_disordered"] = number(float(DISORDERED), None, "J/k_B", **LENGTHS)
    values["ising.correlation.length_disordered_exact"] = number(exact, None, unit, **LENGTHS)
    row = at(lengths, DISORDERED)
    values["ising.correlation.length_disordered"] = (
        unmeasured_number(unit, f"'{DISORDERED}' in ising.correlation.temperatures and a size above 30")
        if row is None or not np.isfinite(row["exponential"])
        else number(row["exponential"], row["exponential_err"], unit, **LENGTHS)
    )
    slope = potts_slope(data["phases"])
    values["ising.correlation.length_slope_potts"] = _number(slope, PHASES)
    length = potts.disordered_correlation_length(STATES)
    values["ising.correlation.length_potts_exact"] = number(length, None, unit, **PHASES)
    return values


def _number(found, source=EXPONENTS):
    return unmeasured_number("", SIZES) if found is None else number(*found, "", **source)
