"""ln Z and its consequences: rows 2.2-01, 2.2-03, 2.2-04, 2.2-06, 4.0-01 and 4.3-05."""

import functools
import math

import numpy as np

from scripts.common.claims.findings import column, less, quoted
from scripts.common.seeds import generator
from scripts.ising.claims.derivatives import first_derivative
from scripts.ising.claims.points import CRITICAL, at, measured, need, together
from scripts.ising.panels import TEMPERATURES as EDGES
from scripts.ising.panels import inverse_temperatures, log_partition_function
from scripts.ising.theory import density_of_states, enumeration, kac_ward, kaufman, mean_field, onsager

FREE_ENERGY = {"data": "ising/tables/free_energy.csv", "rule": "ising_integrate"}
NODES = {"data": "ising/tables/integrand.csv", "rule": "ising_integrate"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
SETTLED = {"data": "ising/claims.json", "rule": "ising_settle"}  # computed on the way to that file
SMALL, SMALL_T = 4, 2.5  # a torus whose 65 536 states are summed one by one
COUNTED, COUNTED_T = 16, 2.0  # a torus with an exact density of states
LARGE = 1024  # a torus far beyond any enumeration
OFF = 1.01  # of the controls: wrong by one per cent
BESIDE = {"energy": "2.24", "free_energy": 2.23, "entropy": 2.07}  # where the controls are measured
BETA_STEP = {SMALL: 1e-3, "large": 1e-4}
EVEN = range(4, 32, 2)  # lattices with an exact density of states
UNIVERSAL = 0.64  # ln Z - N ln z at T_c, the same for all large square tori
TEMPERATURES = np.linspace(0.6, 10.0, 189)  # of the figure's curves


def findings(data):
    """What rows 2.2-01, 2.2-03, 2.2-04, 2.2-06, 4.0-01 and 4.3-05 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``free_energy``, ``integrand`` and ``thermodynamics``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    computed = [*_enumerated(), *_astronomical(), *_entropies(), *_explosion(), *_bound()]
    return [
        (SETTLED, computed),
        (FREE_ENERGY, _integrated(data["free_energy"])),
        (NODES, _nodes(data["integrand"])),
        (TABLE, _slope(data["thermodynamics"])),
    ]


@functools.cache
def _levels():
    """Energies of all states of the 4 x 4 torus."""
    return enumeration.energies(enumeration.torus_couplings(SMALL))


def _enumerated():
    """<E> = -d ln Z / d beta and F = U - TS: all states of the 4 x 4 torus against exact solutions."""
    levels, n_spins = _levels(), SMALL**2
    p = enumeration.probabilities(levels, SMALL_T)
    energy, entropy = p @ levels, -p @ np.log(p)

    def log_z_of(beta):
        return enumeration.log_partition_function(levels, 1 / beta)

    slope = first_derivative(log_z_of, 1 / SMALL_T, BETA_STEP[SMALL])
    log_z = enumeration.log_partition_function(levels, SMALL_T) / n_spins
    return [
        ("2.2-01", "enumeration", -slope / n_spins, density_of_states.energy(SMALL, SMALL_T)),
        (
            "2.2-04",
            "enumeration",
            (energy - SMALL_T * entropy) / n_spins,
            kaufman.free_energy(SMALL, SMALL_T),
        ),
        ("4.0-01", "same_sum", kaufman.log_partition_function(SMALL, SMALL_T) / n_spins, log_z),
    ]


def _slope(table):
    """The simulated energy at T_c, and beside it, against the slope of Kaufman's ln Z at T_c."""
    size = int(table["L"].max())

    def log_z(beta):
        return kaufman.log_partition_function(size, 1 / beta) / size**2

    exact = -first_derivative(log_z, 1 / float(CRITICAL), BETA_STEP["large"])
    return [
        ("2.2-01", part, measured(at(table, size, T), "energy"), exact, need(size, T))
        for part, T in (("monte_carlo", CRITICAL), ("temperature_off", BESIDE["energy"]))
    ]


def _astronomical():
    """Z itself overflows; its logarithm does not, and agrees on two roads."""
    exact = kaufman.log_partition_function(COUNTED, COUNTED_T) / COUNTED**2
    return [
        ("2.2-03", "overflow", overflow_size(), _expected_overflow()),
        ("2.2-03", "density_of_states", _counted_log_z(COUNTED_T) / COUNTED**2, exact),
        ("2.2-03", "coupling_off", _counted_log_z(COUNTED_T / OFF) / COUNTED**2, exact),
    ]


def _counted_log_z(T):
    """ln Z of the 16 x 16 torus from its density of states, level by level."""
    energies, counts = density_of_states.density_of_states(COUNTED)
    return np.logaddexp.reduce(
        [math.log(g) - E / T for E, g in zip(energies.tolist(), counts, strict=True) if g]
    )


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
    """Free energy at T_c and entropy at T = 3 by integration against Kaufman; controls from other edges."""
    size, critical = int(table["L"].iloc[0]), float(onsager.critical_temperature())

    def at_temperature(T, name):
        return column(_at(table, T), name, replicas="streams")

    free_energy, entropy = float(kaufman.free_energy(size, critical)), float(kaufman.entropy(size, 2.0))
    rise = less(at_temperature(3.0, "energy"), at_temperature(2.0, "energy"))
    return [
        ("2.2-04", "integration", at_temperature(critical, "free_energy"), free_energy),
        ("2.2-04", "temperature_off", at_temperature(BESIDE["free_energy"], "free_energy"), free_energy),
        ("2.2-06", "entropy_measured", at_temperature(3.0, "entropy"), float(kaufman.entropy(size, 3.0))),
        ("2.2-06", "temperature_off", at_temperature(BESIDE["entropy"], "entropy"), entropy),
        ("2.2-06", "energy_rises", rise, 0.0),
    ]


def _nodes(table):
    """All energies that are integrated, and the rule itself on Kaufman's energies."""
    size, streams = int(table["L"].iloc[0]), int(table["streams"].iloc[0])
    exact = kaufman.energy(size, table["T"].to_numpy())
    return [
        ("2.2-04", "energies", together(table["energy"], table["energy_err"], exact, streams), 0.0),
        ("2.2-04", "quadrature", np.abs(quadrature_error(size)).max(), 0.0),
    ]


def quadrature_error(size):
    """ln Z / N by the rule from Kaufman's energies, less Kaufman's, at the edges: float64[16]."""
    exact = kaufman.log_partition_function(size, np.array(EDGES)) / size**2
    return log_partition_function(kaufman.energy(size, 1 / inverse_temperatures())) - exact


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
    """A planar grid of 4 x 4 spins with random couplings: one determinant, and the sum over all states."""
    rng = generator(0, "ising/claims/couplings")
    across, down = rng.standard_normal((SMALL, SMALL - 1)), rng.standard_normal((SMALL - 1, SMALL))
    sites, couplings = np.arange(SMALL**2).reshape(SMALL, SMALL), np.zeros((SMALL**2, SMALL**2))
    couplings[sites[:, :-1], sites[:, 1:]], couplings[sites[:-1], sites[1:]] = across, down
    levels = enumeration.energies(couplings + couplings.T)
    exact, wrong = enumeration.log_partition_function(levels, SMALL_T), across.copy()
    wrong[0, 0] *= OFF
    return [
        ("4.0-01", "planar", kac_ward.log_partition_function(across, down, SMALL_T)[0], exact),
        ("4.0-01", "coupling_off", kac_ward.log_partition_function(wrong, down, SMALL_T)[0], exact),
    ]


def kaufman_terms(size):
    """Factors in Kaufman's four products of ``size`` modes each."""
    return 4 * size


def _bound():
    """The smallest distance of mean-field and exact free energy; with 99 % of 2 m^2 it turns negative."""
    T = TEMPERATURES
    field = mean_field.free_energy(T)
    unmended = field - (OFF - 1) * 2 * mean_field.magnetization(T) ** 2
    gaps = {
        "bound": field - onsager.free_energy(T),
        "finite_lattice": field - kaufman.free_energy(COUNTED, T),
        "double_counting": unmended - onsager.free_energy(T),
    }
    return [("4.3-05", part, float(gap.min()), 0.0) for part, gap in gaps.items()]


def numbers(data):
    """What the chapter quotes of free energy and entropy."""
    table, size = data["free_energy"], int(data["free_energy"]["L"].iloc[0])
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
        exact = float(getattr(kaufman, name)(size, row["T"]))
        values |= quoted("ising", FREE_ENERGY, unit, **{key: column(row, name), f"{key}_exact": exact})
    return (
        values
        | quoted("ising", FREE_ENERGY, quadrature_error=np.abs(quadrature_error(size)).max())
        | quoted("ising", SETTLED, overflow_size=overflow_size(), kaufman_terms=kaufman_terms(LARGE))
        | quoted("ising", SETTLED, "J", mean_field_excess=gap.max())
        | quoted("ising", SETTLED, "J/k_B", mean_field_excess_temperature=TEMPERATURES[gap.argmax()])
    )
