"""Is a phase transition discontinuous? Row 8.2-01: the q = 10 Potts model beside the Ising model."""

import math

import numpy as np

from scripts.common.claims.findings import column, quoted
from scripts.common.fits import FitError, log_law
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


def findings(data):
    """What row 8.2-01 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``phases``, ``valleys`` and ``thermodynamics``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    heat = column(_largest(data["phases"]), "latent_heat", replicas="runs")
    valley = column(_smallest(data["valleys"]), "depth", replicas="blocks")
    magnetization, width = magnetization_slope(data["thermodynamics"]), width_slope(data["thermodynamics"])
    heats = [
        ("8.2-01", "latent_heat", heat, potts.latent_heat(STATES), RUNS),
        ("8.2-01", "fewer_states", heat, potts.latent_heat(FEWER), RUNS),
    ]
    slopes = [
        ("8.2-01", "ising_magnetization", magnetization, 0.0, SIZES),
        ("8.2-01", "ising_energy", width, 0.0, SIZES),
    ]
    return [(PHASES, heats), (VALLEYS, [("8.2-01", "two_peaks", valley, 0.0, VISITS)]), (TABLE, slopes)]


def _largest(phases):
    """The largest lattice, where the phases mix least."""
    return None if phases.empty else phases.loc[phases["L"].idxmax()]


def _smallest(valleys):
    """The smallest lattice: its valley is the shallowest, and the best known."""
    return None if valleys.empty else valleys.loc[valleys["L"].idxmin()]


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


def numbers(data):
    """What the chapter quotes."""
    row, table = _largest(data["phases"]), data["thermodynamics"]
    slopes = {"magnetization_slope": magnetization_slope(table), "energy_width_slope": width_slope(table)}
    heat, name = column(row, "latent_heat"), "ising.potts"
    return (
        quoted("ising", TABLE, "", SIZES, **slopes)
        | quoted(name, PHASES, "J", latent_heat_exact=potts.latent_heat(STATES))
        | quoted(name, PHASES, "J/k_B", transition_temperature=potts.transition_temperature(STATES))
        | quoted(name, PHASES, "", RUNS, latent_heat=heat, length=column(row, "length"))
        | quoted(name, VALLEYS, "", VISITS, valley=column(_smallest(data["valleys"]), "depth"))
    )
