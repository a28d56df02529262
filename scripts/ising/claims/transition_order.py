"""Is a phase transition discontinuous? Row 8.2-01: the q = 10 Potts model beside the Ising model."""

import math

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.fits import FitError, log_law
from scripts.common.numbers import number, unmeasured_number
from scripts.ising.claims.points import CRITICAL
from scripts.ising.finite_size import correction_shift, values_at_tc
from scripts.ising.theory import potts

PHASES = {"data": "ising/tables/phases.csv", "rule": "ising_transition_order"}
VALLEYS = {"data": "ising/tables/valleys.csv", "rule": "ising_transition_order"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
STATES, FEWER = 10, 8
CORRECTION_BOUND = 0.1  # of <|m|>, as in finite_size
SIZES = f"at least two of ising.sizes, and '{CRITICAL}' in ising.temperatures"
RUNS = "one of ising.potts.sizes whose runs see both phases"
VISITS = "an energy histogram that holds two peaks and what is between: more of ising.histograms.sweeps"


def records(checks, data):
    """Records of row 8.2-01.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``phases``, ``valleys`` and ``thermodynamics``.

    Returns
    -------
    list of dict
    """
    row = "8.2-01"
    heats = [
        _latent_heat(checks[row, part], data["phases"], states)
        for part, states in (("latent_heat", STATES), ("fewer_states", FEWER))
    ]
    slopes = [
        _slope(checks[row, "ising_magnetization"], magnetization_slope(data["thermodynamics"])),
        _slope(checks[row, "ising_energy"], width_slope(data["thermodynamics"])),
    ]
    return (
        sourced(heats, **PHASES)
        + sourced([_valley(checks[row, "two_peaks"], data["valleys"])], **VALLEYS)
        + sourced(slopes, **TABLE)
    )


def _latent_heat(check, phases, states):
    """The jump on the largest lattice, where the phases mix least."""
    if phases.empty:
        return unmeasured(check, RUNS)
    row = phases.loc[phases["L"].idxmax()]
    return record(
        check,
        measured=row["latent_heat"],
        error=row["latent_heat_err"],
        reference=potts.latent_heat(states),
        degrees_of_freedom=row["runs"] - 1,
    )


def _valley(check, valleys):
    """The smallest lattice: its valley is the shallowest, and the best known."""
    if valleys.empty:
        return unmeasured(check, VISITS)
    row = valleys.loc[valleys["L"].idxmin()]
    return record(
        check,
        measured=row["depth"],
        error=row["depth_err"],
        reference=0.0,
        degrees_of_freedom=row["blocks"] - 1,
    )


def magnetization_slope(table):
    """(slope, error) of ln <|m|> at T_c against ln L, or None.

    The error contains the largest shift by the correction L^(-7/4), which is not fitted.
    """
    size, value, err = values_at_tc(table, "abs_magnetization")
    found = _logarithmic_slope(size, value, err)
    return found and (found[0], math.hypot(found[1], correction_shift(size, err / value, CORRECTION_BOUND)))


def width_slope(table):
    """(slope, error) of the logarithm of the width of the energy per spin, T sqrt(c) / L, or None.

    No pure power: c grows as ln L. The slope is that of the sizes at hand.
    """
    size, value, err = values_at_tc(table, "specific_heat")
    width = np.sqrt(value) / size
    return _logarithmic_slope(size, width, width * err / (2 * value))


def _logarithmic_slope(size, value, err):
    if len(size) < 2:
        return None
    try:
        fit = log_law(size, np.log(value), err / value)
    except FitError:
        return None
    misfit = fit.chi2 / fit.degrees_of_freedom if fit.degrees_of_freedom else 1.0
    return fit["slope"].value, fit["slope"].err * math.sqrt(max(misfit, 1.0))  # no line: a larger error


def _slope(check, found):
    if found is None:
        return unmeasured(check, SIZES)
    return record(check, measured=found[0], error=found[1], reference=0.0)


def numbers(data):
    """What the chapter quotes."""
    values = {
        "ising.potts.latent_heat_exact": number(potts.latent_heat(STATES), None, "J", **PHASES),
        "ising.potts.transition_temperature": number(
            potts.transition_temperature(STATES), None, "J/k_B", **PHASES
        ),
        "ising.magnetization_slope": _number(magnetization_slope(data["thermodynamics"])),
        "ising.energy_width_slope": _number(width_slope(data["thermodynamics"])),
    }
    phases, valleys = data["phases"], data["valleys"]
    keys = ("latent_heat", "length")
    if phases.empty:
        values |= {f"ising.potts.{key}": unmeasured_number("", RUNS) for key in keys}
    else:
        row = phases.loc[phases["L"].idxmax()]
        values |= {f"ising.potts.{key}": number(row[key], row[f"{key}_err"], "", **PHASES) for key in keys}
    if valleys.empty:
        return values | {"ising.potts.valley": unmeasured_number("", VISITS)}
    row = valleys.loc[valleys["L"].idxmin()]
    return values | {"ising.potts.valley": number(row["depth"], row["depth_err"], "", **VALLEYS)}


def _number(found):
    return unmeasured_number("", SIZES) if found is None else number(*found, "", **TABLE)
