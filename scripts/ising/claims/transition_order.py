"""Is a phase transition discontinuous? Row 8.2-01: the q = 10 Potts model beside the Ising model."""

import math

import numpy as np
from scipy.integrate import simpson

from scripts.common.claims.findings import Found, column, quoted, row_where, where
from scripts.common.fits import FitError, log_law
from scripts.ising.claims.field import warm_limit
from scripts.ising.claims.points import CRITICAL, REPLICAS
from scripts.ising.finite_size import correction_shift, values_at_tc
from scripts.ising.hysteresis import FIELDS, TEMPERATURES
from scripts.ising.hysteresis import REPLICAS as LOOP_REPLICAS
from scripts.ising.theory import potts

PHASES = {"data": "ising/tables/phases.csv", "rule": "ising_transition_order"}
VALLEYS = {"data": "ising/tables/valleys.csv", "rule": "ising_transition_order"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
LOOPS = {"data": "ising/tables/loops.csv", "rule": "ising_hysteresis"}
AREAS = {"data": "ising/tables/hysteresis.csv", "rule": "ising_hysteresis"}
STATES = 10
CORRECTION_BOUND = 0.1  # of <|m|>, as in finite_size
SIZES = f"at least two of ising.sizes, and '{CRITICAL}' in ising.temperatures"
RATES = "two values in ising.hysteresis.holds"
RUNS = "one of ising.potts.sizes whose runs see both phases"
VISITS = "an energy histogram that holds two peaks and what is between: more of ising.histograms.sweeps"


def findings(data):
    """What row 8.2-01 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``phases``, ``valleys``, ``thermodynamics``, ``loops`` and ``hysteresis``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    row, valley = _largest(data["phases"]), column(_smallest(data["valleys"]), "depth", replicas="blocks")
    exact = {
        "latent_heat": potts.latent_heat(STATES),
        "ordered": potts.ordered_energy(STATES),
        "disordered": potts.disordered_energy(STATES),
    }
    heats = [
        ("8.2-01", part, column(row, part, replicas="runs"), value, RUNS) for part, value in exact.items()
    ]
    table = data["thermodynamics"]
    slopes = [
        ("8.2-01", "ising_magnetization", magnetization_slope(table), None, SIZES),
        ("8.2-01", "ising_energy", width_slope(table), 0.0, SIZES),
    ]
    limit = ("8.2-01", "field_warm", warm_limit(data["hysteresis"]), 0.0, RATES)
    return [
        (PHASES, heats),
        (VALLEYS, [("8.2-01", "two_peaks", valley, 0.0, VISITS)]),
        (TABLE, slopes),
        (LOOPS, [("8.2-01", "field_cold", _loop(data["loops"], data["hysteresis"]), 0.0)]),
        (AREAS, [limit]),
    ]


def _loop(loops, areas):
    """Area of the coldest loop at the slowest rate, by Simpson's rule; the error is that of the replicas."""
    T, hold = TEMPERATURES[0], loops["hold"].max()
    rows = where(loops, T=T, hold=hold).sort_values("h")
    error = row_where(areas, T=T, hold=hold)["area_err"]
    return Found(simpson(rows["down"] - rows["up"], dx=FIELDS[0] - FIELDS[1]), error, LOOP_REPLICAS - 1)


def _largest(phases):
    """The largest lattice, where the phases mix least."""
    return None if phases.empty else phases.loc[phases["L"].idxmax()]


def _smallest(valleys):
    """The smallest lattice: its valley is the shallowest, and the best known."""
    return None if valleys.empty else valleys.loc[valleys["L"].idxmin()]


def magnetization_slope(table):
    """Slope of ln <|m|> at T_c against ln L, a `Found`, or None.

    The error contains the largest shift by the correction L^(-7/4), which is not fitted.
    """
    size, value, err = values_at_tc(table, "abs_magnetization")
    found = _logarithmic_slope(size, value, err)
    shift = correction_shift(size, err / value, CORRECTION_BOUND) if found else 0.0
    return found and found._replace(error=math.hypot(found.error, shift))


def width_slope(table):
    """Slope of the logarithm of the width of the energy per spin, T sqrt(c) / L, a `Found`, or None.

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
    error = fit["slope"].err * math.sqrt(max(misfit, 1.0))  # no line: a larger error
    return Found(fit["slope"].value, error, n_effective=REPLICAS)


def numbers(data):
    """What the chapter quotes."""
    row, table = _largest(data["phases"]), data["thermodynamics"]
    slopes = {"magnetization_slope": magnetization_slope(table), "energy_width_slope": width_slope(table)}
    heat, name = column(row, "latent_heat"), "ising.potts"
    length = potts.disordered_correlation_length(STATES)
    finite = None if row is None else potts.latent_heat(STATES) * math.exp(-row["L"] / length)
    return (
        quoted("ising", TABLE, "", SIZES, **slopes)
        | quoted(name, PHASES, "J", RUNS, finite_size=finite)
        | quoted(name, PHASES, "J", latent_heat_exact=potts.latent_heat(STATES))
        | quoted(name, PHASES, "J/k_B", transition_temperature=potts.transition_temperature(STATES))
        | quoted(name, PHASES, "", RUNS, latent_heat=heat, length=column(row, "length"))
        | quoted(name, VALLEYS, "", VISITS, valley=column(_smallest(data["valleys"]), "depth"))
    )
