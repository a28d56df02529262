"""ln Z and its consequences: rows 2.2-01, 2.2-03, 2.2-04, 2.2-06, 4.0-01 and 4.3-05."""

import functools
import math

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number
from scripts.common.seeds import generator
from scripts.ising.claims.derivatives import first_derivative
from scripts.ising.claims.points import CRITICAL, at, need
from scripts.ising.theory import density_of_states, enumeration, kaufman, mean_field, onsager

FREE_ENERGY = {"data": "ising/tables/free_energy.csv", "rule": "ising_integrate"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
SETTLED = {"data": "ising/claims.json", "rule": "ising_settle"}  # computed on the way to that file
OFF = 1.01  # the temperature of the controls: wrong by one per cent
FREEDOM = 63  # of an error from 64 replicas
SMALL, SMALL_T = 4, 2.5  # a torus whose 65 536 states are summed one by one
COUNTED, COUNTED_T = 16, 2.0  # a torus with an exact density of states
LARGE = 1024  # a torus far beyond any enumeration
SAME_LEVEL = 1e-11  # above rounding, below the spacing of the levels of 16 spins
BETA_STEP = {SMALL: 1e-3, "large": 1e-4}
EVEN = range(4, 32, 2)  # lattices with an exact density of states
UNIVERSAL = 0.64  # ln Z - N ln z at T_c, the same for all large square tori
TEMPERATURES = np.linspace(0.6, 10.0, 189)  # of the figure's curves


def records(checks, data):
    """Records of rows 2.2-01, 2.2-03, 2.2-04, 2.2-06, 4.0-01 and 4.3-05.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``free_energy`` and ``thermodynamics``.

    Returns
    -------
    list of dict
    """
    table = data["free_energy"]
    makers = (_enumerated, _astronomical, _entropies, _explosion, _bound)
    computed = [each for make in makers for each in make(checks)]
    integrated = [*_integrated(checks, table), _energy_rises(checks, table)]
    return (
        sourced(computed, **SETTLED)
        + sourced(integrated, **FREE_ENERGY)
        + sourced(_slope(checks, data["thermodynamics"]), **TABLE)
    )


@functools.cache
def _levels():
    """Energies of all states of the 4 x 4 torus."""
    return enumeration.energies(enumeration.torus_couplings(SMALL))


def _enumerated(checks):
    """<E> = -d ln Z / d beta and F = U - TS, both sides from all states of the 4 x 4 torus."""
    levels, n_spins = _levels(), SMALL**2
    p = enumeration.probabilities(levels, SMALL_T)
    energy, entropy = p @ levels, -p @ np.log(p)
    log_z = enumeration.log_partition_function(levels, SMALL_T)

    def log_z_of(beta):
        return enumeration.log_partition_function(levels, 1 / beta)

    slope = first_derivative(log_z_of, 1 / SMALL_T, BETA_STEP[SMALL])
    return [
        record(checks["2.2-01", "enumeration"], -slope / n_spins, energy / n_spins),
        record(
            checks["2.2-04", "enumeration"],
            -SMALL_T * log_z / n_spins,
            (energy - SMALL_T * entropy) / n_spins,
        ),
        record(
            checks["4.0-01", "same_sum"], kaufman.log_partition_function(SMALL, SMALL_T) / n_spins,
            enumeration.log_partition_function(levels, SMALL_T) / n_spins,
        ),
    ]  # fmt: skip


def _slope(checks, table):
    """The simulated energy at T_c against the slope of Kaufman's ln Z, and the control."""
    size = int(table["L"].max())
    row = at(table, size, CRITICAL)
    parts = {"monte_carlo": 1.0, "temperature_off": OFF}
    if row is None:
        return [unmeasured(checks["2.2-01", part], need(size, CRITICAL)) for part in parts]

    def log_z(beta):
        return kaufman.log_partition_function(size, 1 / beta) / size**2

    return [
        record(
            checks["2.2-01", part],
            measured=row["energy"],
            error=row["energy_err"],
            reference=-first_derivative(log_z, 1 / (factor * float(CRITICAL)), BETA_STEP["large"]),
            n_effective=row["n_effective"],
            degrees_of_freedom=FREEDOM,
        )
        for part, factor in parts.items()
    ]


def _astronomical(checks):
    """Z itself overflows; its logarithm does not, and agrees on two roads."""
    exact = kaufman.log_partition_function(COUNTED, COUNTED_T)
    return [
        record(checks["2.2-03", "overflow"], overflow_size(), _expected_overflow()),
        *(
            record(checks["2.2-03", part], _counted_log_z(lost) / COUNTED**2, exact / COUNTED**2)
            for part, lost in (("density_of_states", 0), ("lost_level", 1))
        ),
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


def _integrated(checks, table):
    """Free energy at T_c and entropy at T = 3 by integration against Kaufman, and the controls."""
    size, critical = int(table["L"].iloc[0]), float(onsager.critical_temperature())
    free_energy, entropy = (
        functools.partial(kaufman.free_energy, size),
        functools.partial(kaufman.entropy, size),
    )
    compared = [
        ("2.2-04", "integration", critical, "free_energy", free_energy(critical)),
        ("2.2-04", "temperature_off", critical, "free_energy", free_energy(OFF * critical)),
        ("2.2-06", "entropy_measured", 3.0, "entropy", entropy(3.0)),
        ("2.2-06", "temperature_off", 3.0, "entropy", entropy(OFF * 3.0)),
    ]
    return [
        record(
            checks[claim, part],
            measured=_at(table, T)[name],
            error=_at(table, T)[f"{name}_err"],
            reference=float(reference),
            degrees_of_freedom=_at(table, T)["streams"] - 1,
        )
        for claim, part, T, name, reference in compared
    ]


def _at(table, T):
    """The row of the integration at one temperature."""
    return table.iloc[int(np.argmin(np.abs(table["T"] - T)))]


def _energy_rises(checks, table):
    cold, hot = _at(table, 2.0), _at(table, 3.0)
    return record(
        checks["2.2-06", "energy_rises"],
        measured=hot["energy"] - cold["energy"],
        error=math.hypot(hot["energy_err"], cold["energy_err"]),
        reference=0.0,
        degrees_of_freedom=hot["streams"] - 1,
    )


def _entropies(checks):
    """ln 2 for the whole lattice at T = 0.5, ln 2 for each spin at T = 1000."""
    cold = 8**2 * density_of_states.entropy(8, 0.5)
    return [
        record(checks["2.2-06", "entropy_cold"], cold, math.log(2)),
        record(checks["2.2-06", "entropy_hot"], kaufman.entropy(COUNTED, 1000.0), math.log(2)),
    ]


def _explosion(checks):
    """Bits of work per spin: one for general couplings, almost none for Kaufman's formula.

    Only states that differ by a global flip share their energy when the couplings are random; equal terms
    cannot be collected, as they can on the 4 x 4 torus, whose 2^16 states have 15 energies.
    """
    n_spins = SMALL**2
    half = np.triu(generator(0, "ising/claims/couplings").standard_normal((n_spins, n_spins)), 1)
    terms = enumeration.energies(half + half.T)
    return [
        record(checks["4.0-01", "general_couplings"], math.log2(2 * levels_of(terms)) / n_spins, 1.0),
        record(checks["4.0-01", "planar_zero_field"], math.log2(kaufman_terms(LARGE)) / LARGE**2, 1.0),
    ]


def levels_of(energies):
    """How many different energies there are; those closer than `SAME_LEVEL` count as one."""
    return 1 + int(np.count_nonzero(np.diff(np.sort(energies)) > SAME_LEVEL))


def kaufman_terms(size):
    """Factors in Kaufman's four products of ``size`` modes each."""
    return 4 * size


def _bound(checks):
    """The smallest distance of mean-field and exact free energy; without 2 m^2 it turns negative."""
    T = TEMPERATURES
    field = mean_field.free_energy(T)
    unmended = field - 2 * mean_field.magnetization(T) ** 2
    gaps = {
        "bound": field - onsager.free_energy(T),
        "finite_lattice": field - kaufman.free_energy(COUNTED, T),
        "double_counting": unmended - onsager.free_energy(T),
    }
    return [record(checks["4.3-05", part], float(gap.min()), 0.0) for part, gap in gaps.items()]


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
        values[f"ising.{key}"] = number(row[name], row[f"{name}_err"], unit, **FREE_ENERGY)
        values[f"ising.{key}_exact"] = number(row[f"{name}_exact"], None, unit, **FREE_ENERGY)
    return values | {
        "ising.quadrature_error": number(table["quadrature_error"].abs().max(), None, "", **FREE_ENERGY),
        "ising.overflow_size": number(overflow_size(), None, "", **SETTLED),
        "ising.kaufman_terms": number(kaufman_terms(LARGE), None, "", **SETTLED),
        "ising.mean_field_excess": number(gap.max(), None, "J", **SETTLED),
        "ising.mean_field_excess_temperature": number(TEMPERATURES[gap.argmax()], None, "J/k_B", **SETTLED),
    }
