"""Mean field and Bethe beside exact solutions: ``mean_field.csv`` and ``approximations.csv``.

J = k_B = 1, E = -sum_<ij> s_i s_j on the square lattice (z = 4 neighbors) and the chain (z = 2),
E = -M^2 / (2N) on the complete graph (every spin coupled to every other). All values are per spin.
"""

import numpy as np
import pandas as pd

from scripts.common.points import stacked
from scripts.ising.theory import (
    bethe,
    curie_weiss,
    enumeration,
    kaufman,
    mean_field,
    one_dimension,
    onsager,
    published,
)

CURVE = ("lattice", "approximation", "coordination", "size", "T", "magnetization", "evaluations")
QUANTITY = ("quantity", "method", "coordination", "size", "T", "value", "value_err", "source")
COMPLETE_SIZES = (10, 100, 1000)  # of the curves
EXCESS_SIZES = (100, 1000, 10000)  # of ln Z
SQUARE_EDGE = 16  # the lattice with neighbors only that is set against the complete graph
RING = 16  # all its 65536 states are added up
OFF = 1.01  # of the controls: one coupling, or all, stronger by one per cent
COLDER = 0.95  # of the control of infinite range: a temperature lower by 5 %
CHAIN_SOURCE = "E. Ising, Z. Phys. 31, 253 (1925), doi:10.1007/BF02980577"
RESIDUAL = 1e-13  # where the iteration of the mean-field equation stops
SEED_MAGNETIZATION = 1e-6  # small enough for the linear law: the cubic term shifts T_c by 3e-13


def curves(temperatures):
    """Magnetization against temperature.

    Parameters
    ----------
    temperatures : sequence of str
        The measured temperatures, where the mean-field iteration is counted; finer grids are added.

    Returns
    -------
    pandas.DataFrame
        Columns `CURVE`. ``lattice``: square, chain or complete; ``approximation``: mean_field, bethe or
        exact; ``size``: number of spins, ``inf`` for the infinite lattice; on a finite complete graph
        ``magnetization`` is <|m|>; ``evaluations``: how often tanh was computed to solve the mean-field
        equation, at the measured temperatures.
    """
    measured = np.array([float(text) for text in temperatures])
    return pd.concat([_square(measured), _chain(), _complete()], ignore_index=True)


def _square(measured):
    """The infinite square lattice, dense below each of the three critical temperatures."""
    near, shared = 1 - np.logspace(-3.6, -0.3, 34), [measured, np.linspace(0.5, 5.0, 181)]

    def grid(theory):
        return np.unique(np.concatenate([*shared, near * theory.critical_temperature()]))

    mean = _approximated("square", "mean_field", mean_field, 4, grid(mean_field))
    solved = np.isin(mean["T"], measured)
    mean.loc[solved, "evaluations"] = [iterated_mean_field(T)[1] for T in mean["T"][solved]]
    T = grid(onsager)
    exact = _curve("square", "exact", 4, np.inf, T, onsager.spontaneous_magnetization(T))
    return pd.concat([mean, _approximated("square", "bethe", bethe, 4, grid(bethe)), exact])


def _chain():
    """The infinite chain, which Bethe solves and mean field orders."""
    T = np.linspace(0.05, 3.0, 60)
    theories = (("mean_field", mean_field), ("bethe", bethe))
    tables = [_approximated("chain", name, theory, 2, T) for name, theory in theories]
    exact = one_dimension.magnetization(T)
    return pd.concat([*tables, _curve("chain", "exact", 2, np.inf, T, exact)])


def _complete():
    """The complete graph: exact for N spins, mean field for infinitely many."""
    T = np.linspace(0.3, 2.0, 86)
    tables = [_approximated("complete", "mean_field", mean_field, 1, T)]
    for N in COMPLETE_SIZES:
        found = stacked([curie_weiss.moments(N, t) for t in T])
        tables.append(_curve("complete", "exact", 1, float(N), T, found["abs_m"]))
    return pd.concat(tables)


def _approximated(lattice, name, theory, z, T):
    """The infinite lattice by a theory that knows of its z neighbors only."""
    return _curve(lattice, name, z, np.inf, T, theory.magnetization(T, z))


def _curve(lattice, approximation, coordination, size, T, m):
    values = (lattice, approximation, coordination, size, T, m, np.nan)
    return pd.DataFrame(dict(zip(CURVE, values, strict=True)))


def iterated_mean_field(T, z=4):
    """Solve m = tanh(z m / T) by Newton's method from m = 1, and count.

    Parameters
    ----------
    T : float
    z : int
        Number of neighbors.

    Returns
    -------
    m : float
        With |m - tanh(z m / T)| <= 1e-13.
    evaluations : int
        How often tanh was computed.
    """
    m, t, evaluations = 1.0, np.tanh(z / T), 1
    while m - t > RESIDUAL:  # from above, and never past the root: m - tanh is convex
        m -= (m - t) / (1 - z * (1 - t * t) / T)
        t, evaluations = np.tanh(z * m / T), evaluations + 1
    return float(m), evaluations


def onset(grows, low, high):
    """Highest temperature at which a small magnetization grows, by bisection.

    Parameters
    ----------
    grows : callable
        T -> bool: whether one pass of the self-consistency map makes a small magnetization larger.
    low, high : float
        Temperatures; it must not grow at ``high``.

    Returns
    -------
    float
        Good to 1e-9; 0 if it does not grow at ``low`` either.
    """
    if not grows(low):
        return 0.0
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (middle, high) if grows(middle) else (low, middle)
    return (low + high) / 2


def mean_field_onset(z, coupling=1.0):
    """Where m -> tanh(z J m / T) lets a small m grow."""
    m = SEED_MAGNETIZATION
    return onset(lambda T: np.tanh(z * coupling * m / T) > m, 0.2, 2.0 * z)


def bethe_onset(z, coupling=1.0):
    """Where x -> (z - 1) artanh(tanh(J/T) tanh x) lets a small field x grow."""
    x = SEED_MAGNETIZATION
    return onset(lambda T: (z - 1) * np.arctanh(np.tanh(coupling / T) * np.tanh(x)) > x, 0.2, 2.0 * z)


def quantities():
    """Single numbers: critical temperatures, excess of ln Z, the chain.

    Returns
    -------
    pandas.DataFrame
        Columns `QUANTITY`; see the functions that make the rows.
    """
    rows = [*_critical_temperatures(), *_excess(), *_chain_values(), *_failures()]
    return pd.DataFrame(rows, columns=QUANTITY)


def _critical_temperatures():
    """T_c by bisection for z = 2d neighbors, d = 1 to 4, and the true ones with their sources."""
    for z in (2, 4, 6, 8):
        yield _quantity("critical_temperature", "mean_field", z, value=mean_field_onset(z))
        yield _quantity("critical_temperature", "bethe", z, value=bethe_onset(z))
    yield _quantity("critical_temperature", "bethe_coupling_off", 4, value=bethe_onset(4, OFF))
    yield _quantity("critical_temperature", "mean_field_coupling_off", 4, value=mean_field_onset(4, OFF))
    yield _quantity("critical_temperature", "exact", 2, value=0.0, source=CHAIN_SOURCE)
    for each in published.critical_temperatures():
        name = "published" if each.error else "exact"
        found = {"value": each.value, "value_err": each.error, "source": each.source}
        yield _quantity("critical_temperature", name, 2 * each.dimension, **found)


def _excess():
    """ln Z less that of mean field: ln(2)/2 on a complete graph at T = 2, grows as N elsewhere."""
    limit = curie_weiss.infinite_log_partition_function(2.0)
    for N in EXCESS_SIZES:
        value = N * (curie_weiss.log_partition_function(N, 2.0) - limit)
        yield _quantity("log_partition_excess", "complete", 1, N, 2.0, value=value)
    T = COLDER * 2.0
    value = N * (curie_weiss.log_partition_function(N, T) - curie_weiss.infinite_log_partition_function(T))
    yield _quantity("log_partition_excess", "complete_colder", 1, N, T, value=value)
    N = SQUARE_EDGE**2
    value = kaufman.log_partition_function(SQUARE_EDGE, 8.0) + N * mean_field.free_energy(8.0) / 8.0
    yield _quantity("log_partition_excess", "square", 4, N, 8.0, value=value)


def _chain_values():
    """The chain has no order: a tiny field leaves a tiny magnetization; the ring checks the formula."""
    yield _quantity("magnetization", "exact", 2, T=0.5, value=one_dimension.magnetization(0.5, 1e-9))
    yield _quantity("magnetization", "mean_field", 2, T=1.0, value=iterated_mean_field(1.0, 2)[0])
    correlations = one_dimension.correlation(1.0, np.arange(RING), RING)
    yield _quantity("squared_magnetization", "transfer_matrix", 2, RING, 1.0, value=correlations.mean())
    for method, factor in (("all_states", 1.0), ("bond_off", OFF)):
        yield _quantity(
            "squared_magnetization", method, 2, RING, 1.0, value=enumerated_ring(RING, 1.0, factor)
        )


def enumerated_ring(n, T, factor=1.0):
    """<m^2> of a ring of n spins from the sum over its 2^n states; one bond is ``factor`` times as strong."""
    couplings = np.roll(np.eye(n), 1, axis=1)
    couplings[0, 1] *= factor
    levels = enumeration.energies(couplings + couplings.T)
    return float(enumeration.probabilities(levels, T) @ enumeration.configurations(n).mean(axis=1) ** 2)


def _failures():
    """How far a coupling 1 % too strong breaks the mean-field equation, and where mean field is worst."""
    for method, factor in (("iterated", 1.0), ("coupling_off", OFF)):
        m = iterated_mean_field(2.0 / factor)[0]
        yield _quantity("residual", method, 4, T=2.0, value=abs(m - np.tanh(4 * m / 2.0)))
    T = np.arange(1000, 10000) / 2000
    gap = mean_field.magnetization(T) - onsager.spontaneous_magnetization(T)
    worst = int(gap.argmax())
    yield _quantity("worst_temperature", "mean_field", 4, value=T[worst])
    yield _quantity("largest_gap", "mean_field", 4, T=T[worst], value=gap[worst])


def _quantity(quantity, method, coordination, size=np.inf, T=np.nan, **value):
    row = {"quantity": quantity, "method": method, "coordination": coordination, "size": size, "T": T}
    return row | {"value_err": 0.0, "source": ""} | value


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(curves=curves(params.temperatures), quantities=quantities())
