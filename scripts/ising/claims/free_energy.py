"""ln Z and its consequences: rows 2.2-01, 2.2-03, 2.2-04, 2.2-06, 4.0-01 and 4.3-05."""

import functools
import math

import numpy as np

from scripts.common.claims.findings import column, less, quoted
from scripts.common.seeds import generator
from scripts.ising.claims.derivatives import first_derivative
from scripts.ising.claims.points import CRITICAL, OFF, at, measured, need
from scripts.ising.theory import density_of_states, enumeration, kaufman, mean_field, onsager

FREE_ENERGY = {"data": "ising/tables/free_energy.csv", "rule": "ising_integrate"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
SETTLED = {"data": "ising/claims.json", "rule": "ising_settle"}  # computed on the way to that file
SMALL, SMALL_T = 4, 2.5  # a torus whose 65 536 states are summed one by one
COUNTED, COUNTED_T = 16, 2.0  # a torus with an exact density of states
LARGE = 1024  # a torus far beyond any enumeration
SAME_LEVEL = 1e-11  # above rounding, below the spacing of the levels of 16 spins
BETA_STEP = {SMALL: 1e-3, "large": 1e-4}
EVEN = range(4, 32, 2)  # lattices with an exact density of states
UNIVERSAL = 0.64  # ln Z - N ln z at T_c, the same for all large square tori
TEMPERATURES = np.linspace(0.6, 10.0, 189)  # of the figure's curves


def findings(data):
    """What rows 2.2-01, 2.2-03, 2.2-04, 2.2-06, 4.0-01 and 4.3-05 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``free_energy`` and ``thermodynamics``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    computed = [*_enumerated(), *_astronomical(), *_entropies(), *_explosion(), *_bound()]
    return [
        (SETTLED, computed),
        (FREE_ENERGY, _integrated(data["free_energy"])),
        (TABLE, _slope(data["thermodynamics"])),
    ]


@functools.cache
def _levels():
    """Energies of all states of the 4 x 4 torus."""
    return enumeration.energies(enumeration.torus_couplings(SMALL))


def _enumerated():
    """<E> = -d ln Z / d beta and F = U - TS, both sides from all states of the 4 x 4 torus."""
    levels, n_spins = _levels(), SMALL**2
    p = enumeration.probabilities(levels, SMALL_T)
    energy, entropy = p @ levels, -p @ np.log(p)
    log_z = enumeration.log_partition_function(levels, SMALL_T)
    kaufman_log_z = kaufman.log_partition_function(SMALL, SMALL_T)

    def log_z_of(beta):
        return enumeration.log_partition_function(levels, 1 / beta)

    slope = first_derivative(log_z_of, 1 / SMALL_T, BETA_STEP[SMALL])
    free_energies = -SMALL_T * log_z / n_spins, (energy - SMALL_T * entropy) / n_spins
    return [
        ("2.2-01", "enumeration", -slope / n_spins, energy / n_spins),
        ("2.2-04", "enumeration", *free_energies),
        ("4.0-01", "same_sum", kaufman_log_z / n_spins, log_z / n_spins),
    ]


def _slope(table):
    """The simulated energy at T_c against the slope of Kaufman's ln Z, and the control."""
    size = int(table["L"].max())
    energy = measured(at(table, size, CRITICAL), "energy")

    def log_z(beta):
        return kaufman.log_partition_function(size, 1 / beta) / size**2

    def exact(factor):
        return -first_derivative(log_z, 1 / (factor * float(CRITICAL)), BETA_STEP["large"])

    return [
        ("2.2-01", part, energy, exact(factor), need(size, CRITICAL))
        for part, factor in (("monte_carlo", 1.0), ("temperature_off", OFF))
    ]


def _astronomical():
    """Z itself overflows; its logarithm does not, and agrees on two roads."""
    exact = kaufman.log_partition_function(COUNTED, COUNTED_T) / COUNTED**2
    return [
        ("2.2-03", "overflow", overflow_size(), _expected_overflow()),
        ("2.2-03", "density_of_states", _counted_log_z(0) / COUNTED**2, exact),
        ("2.2-03", "lost_level", _counted_log_z(1) / COUNTED**2, exact),
    ]


def _counted_log_z(lost):
    """ln Z of the 16 x 16 torus from its density of states, without the lowest ``lost`` levels."""
    energies, counts = density_of_states.density_of_states(COUNTED)
    terms = [
        math.log(g) - E / COUNTED_T for E, g in zip(energies[lost:].tolist(), counts[lost:], strict=True) if g
    ]
    return np.logaddexp.reduce(terms)


@functools.cache
def overflow_size():
    """The smallest even L whose Z at T_c, summed in floating point, is infinite: by bisection."""
    low, high = 0, len(EVEN) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _overflows(EVEN[middle]) else (middle + 1, high)
    return EVEN[low]


def _overflows(size):
    energies, counts = density_of_states.density_of_states(size)
    kept = [j for j, count in enumerate(counts) if count]
    with np.errstate(over="ignore"):
        weights = np.exp(-energies[kept] / onsager.critical_temperature())
        return bool(np.isinf((np.array([float(counts[j]) for j in kept]) * weights).sum()))


def _expected_overflow():
    limit = math.log(np.finfo(float).max)
    log_z = float(onsager.log_partition_function(onsager.critical_temperature()))
    return next(L for L in range(2, 1000, 2) if L**2 * log_z + UNIVERSAL > limit)


def _integrated(table):
    """Free energy at T_c and entropy at T = 3 by integration against Kaufman, and the controls."""
    size, critical = int(table["L"].iloc[0]), float(onsager.critical_temperature())

    def at_temperature(T, name):
        return column(_at(table, T), name, replicas="streams")

    free_energy, entropy = at_temperature(critical, "free_energy"), at_temperature(3.0, "entropy")
    rise = less(at_temperature(3.0, "energy"), at_temperature(2.0, "energy"))
    return [
        ("2.2-04", "integration", free_energy, float(kaufman.free_energy(size, critical))),
        ("2.2-04", "temperature_off", free_energy, float(kaufman.free_energy(size, OFF * critical))),
        ("2.2-06", "entropy_measured", entropy, float(kaufman.entropy(size, 3.0))),
        ("2.2-06", "temperature_off", entropy, float(kaufman.entropy(size, OFF * 3.0))),
        ("2.2-06", "energy_rises", rise, 0.0),
    ]


def _at(table, T):
    """The row of the integration at one temperature."""
    return table.iloc[int(np.argmin(np.abs(table["T"] - T)))]


def _entropies():
    """ln 2 for the whole lattice at T = 0.5, ln 2 for each spin at T = 1000."""
    cold = 8**2 * density_of_states.entropy(8, 0.5)
    return [
        ("2.2-06", "entropy_cold", cold, math.log(2)),
        ("2.2-06", "entropy_hot", kaufman.entropy(COUNTED, 1000.0), math.log(2)),
    ]


def _explosion():
    """Bits of work per spin: one for general couplings, almost none for Kaufman's formula.

    Only states that differ by a global flip share their energy when the couplings are random; equal terms
    cannot be collected, as they can on the 4 x 4 torus, whose 2^16 states have 15 energies.
    """
    n_spins = SMALL**2
    half = np.triu(generator(0, "ising/claims/couplings").standard_normal((n_spins, n_spins)), 1)
    terms = enumeration.energies(half + half.T)
    return [
        ("4.0-01", "general_couplings", math.log2(2 * levels_of(terms)) / n_spins, 1.0),
        ("4.0-01", "planar_zero_field", math.log2(kaufman_terms(LARGE)) / LARGE**2, 1.0),
    ]


def levels_of(energies):
    """How many different energies there are; those closer than `SAME_LEVEL` count as one."""
    return 1 + int(np.count_nonzero(np.diff(np.sort(energies)) > SAME_LEVEL))


def kaufman_terms(size):
    """Factors in Kaufman's four products of ``size`` modes each."""
    return 4 * size


def _bound():
    """The smallest distance of mean-field and exact free energy; without 2 m^2 it turns negative."""
    T = TEMPERATURES
    field = mean_field.free_energy(T)
    unmended = field - 2 * mean_field.magnetization(T) ** 2
    gaps = {
        "bound": field - onsager.free_energy(T),
        "finite_lattice": field - kaufman.free_energy(COUNTED, T),
        "double_counting": unmended - onsager.free_energy(T),
    }
    return [("4.3-05", part, float(gap.min()), 0.0) for part, gap in gaps.items()]


def numbers(data):
    """What the chapter quotes of free energy and entropy."""
    table = data["free_energy"]
    critical, hot, cold = (_at(table, T) for T in (onsager.critical_temperature(), 3.0, 1.0))
    gap = mean_field.free_energy(TEMPERATURES) - onsager.free_energy(TEMPERATURES)
    places = {
        "free_energy_critical": (critical, "free_energy", "J"),
        "entropy_critical": (critical, "entropy", ""),
        "entropy_hot": (hot, "entropy", ""),
        "entropy_cold": (cold, "entropy", ""),
    }
    values = {}
    for key, (row, name, unit) in places.items():
        pair = {key: column(row, name), f"{key}_exact": row[f"{name}_exact"]}
        values |= quoted("ising", FREE_ENERGY, unit, **pair)
    return (
        values
        | quoted("ising", FREE_ENERGY, quadrature_error=table["quadrature_error"].abs().max())
        | quoted("ising", SETTLED, overflow_size=overflow_size(), kaufman_terms=kaufman_terms(LARGE))
        | quoted("ising", SETTLED, "J", mean_field_excess=gap.max())
        | quoted("ising", SETTLED, "J/k_B", mean_field_excess_temperature=TEMPERATURES[gap.argmax()])
    )
