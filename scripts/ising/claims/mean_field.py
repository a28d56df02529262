"""Mean-field theory, where it fails and where it is exact: rows 4.1-01 and 4.1-03 to 4.1-06."""

import math

import numpy as np
from scipy import optimize, special

from scripts.common.claims.findings import Found, quoted, where
from scripts.ising.claims.points import REPLICAS, at, measured, need
from scripts.ising.theory import bethe, mean_field, onsager

CURVES = {"data": "ising/tables/mean_field.csv", "rule": "ising_approximations"}
SETTLED = {"data": "ising/claims.json", "rule": "ising_settle"}  # computed on the way to that file
VALUES = {"data": "ising/tables/approximations.csv", "rule": "ising_approximations"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
TC = onsager.critical_temperature()
ACCURACY = 1e-3  # of the magnetization, for which the work is counted
HOTTEST = "4.00"  # where mean field loses its order


def findings(data):
    """What rows 4.1-01, 4.1-03, 4.1-04, 4.1-05 and 4.1-06 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``thermodynamics``, ``mean_field`` and ``approximations``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    curves, table = data["mean_field"], data["thermodynamics"].query("h == 0")
    return [
        (CURVES, [("4.1-01", "fixed_point", _residual(curves), 0.0)]),
        (SETTLED, [("4.1-01", "variational", _off_minimum(), 0.0)]),
        (VALUES, _identities(data["approximations"])),
        (TABLE, [*_simulated(table), ("4.1-04", "cost", _log_cost(table, curves), 0.0)]),
    ]


def _value(quantities, quantity, method, **others):
    """One number of ``approximations.csv``."""
    rows = where(quantities, quantity=quantity, method=method, **others)
    if len(rows) != 1:
        raise ValueError(f"approximations.csv: {len(rows)} rows for {quantity}, {method}, {others}")
    return float(rows["value"].iloc[0])


def _residual(curves):
    """How far the magnetization is from solving the equation of mean field, at worst."""
    rows = where(curves, lattice="square", approximation="mean_field")
    return np.abs(rows["magnetization"] - np.tanh(4 * rows["magnetization"] / rows["T"])).max()


def _off_minimum():
    """The mean of independent spins of least free energy, found without the equation, less its solution."""
    T = np.linspace(1.0, 3.9, 30)
    bounds, options = (1e-9, 1 - 1e-12), {"xatol": 1e-11}
    found = [
        optimize.minimize_scalar(
            _trial_free_energy, args=(t,), bounds=bounds, method="bounded", options=options
        ).x
        for t in T
    ]
    return np.abs(found - mean_field.magnetization(T)).max()


def _trial_free_energy(m, T):
    """<E> - T S per spin of independent spins of mean m: two bonds of energy -m^2 for each."""
    up, down = (1 + m) / 2, (1 - m) / 2
    return -2 * m * m - T * (special.entr(up) + special.entr(down))


def _identities(quantities):
    """What the theories say of themselves and of each other, without a simulation."""

    def value(quantity, method, **others):
        return _value(quantities, quantity, method, **others)

    excess = {N: value("log_partition_excess", "complete", size=N) for N in (1000, 10000)}
    slope = math.log10(excess[10000] / excess[1000]) - 1.0  # per spin: the excess over N
    limit, tc = math.log(2) / 2, "critical_temperature"
    chain, ring, wrong = (
        value("squared_magnetization", method) for method in ("transfer_matrix", "all_states", "bond_off")
    )
    return [
        ("4.1-01", "onset", value(tc, "mean_field", coordination=4), 4.0),
        ("4.1-01", "coupling_off", value(tc, "mean_field_coupling_off", coordination=4), 4.0),
        ("4.1-04", "solution", value("residual", "iterated"), 0.0),
        ("4.1-04", "coupling_off", value("residual", "coupling_off"), 0.0),
        ("4.1-03", "worst_temperature", value("worst_temperature", "mean_field"), TC),
        ("4.1-03", "bethe", value(tc, "bethe", coordination=4), bethe.critical_temperature(4)),
        (
            "4.1-03",
            "coupling_off",
            value(tc, "bethe_coupling_off", coordination=4),
            bethe.critical_temperature(4),
        ),
        ("4.1-05", "curie_weiss", excess[10000], limit),
        ("4.1-05", "colder", _colder(quantities), limit),
        ("4.1-05", "convergence", slope, -1.0),
        ("4.1-05", "dimension", min(np.diff(_ratios(quantities))), 0.0),
        ("4.1-05", "short_range", value("log_partition_excess", "square"), None),
        ("4.1-06", "no_order", value("magnetization", "exact"), 0.0),
        ("4.1-06", "chain", chain, ring),
        ("4.1-06", "bond_off", wrong, chain),
        ("4.1-06", "false_transition", value(tc, "mean_field", coordination=2), 2.0),
        ("4.1-06", "mean_field_value", value("magnetization", "mean_field"), None),
    ]


def _colder(quantities):
    """The excess of 10 000 spins at a temperature that is 5 % too low."""
    rows = where(quantities, quantity="log_partition_excess", method="complete_colder")
    return float(rows.sort_values("size")["value"].iloc[-1])


def _ratios(quantities):
    """T_c over mean-field T_c in 2, 3 and 4 dimensions."""
    methods = {2: "exact", 3: "published", 4: "published"}
    pairs = [
        [_value(quantities, "critical_temperature", m, coordination=2 * d) for m in (method, "mean_field")]
        for d, method in methods.items()
    ]
    return [true / approximate for true, approximate in pairs]


def _simulated(table):
    """The order that mean field predicts at T = 3 less what is seen; the correlation that it leaves out."""
    size, mean = int(table["L"].max()), float(mean_field.magnetization(3.0))
    seen = measured(at(table, size, "3.00"), "abs_magnetization")
    excess = seen and seen._replace(value=mean - seen.value)
    energy = measured(at(table, size, HOTTEST), "energy")
    neighbors = energy and energy._replace(value=-energy.value / 2, error=energy.error / 2)
    return [
        ("4.1-03", "false_order", excess, 0.0, need(size, "3.00")),
        ("4.1-03", "correlations", neighbors, 0.0, need(size, HOTTEST)),
    ]


def _log_cost(table, curves):
    """log10 of spin updates over evaluations of tanh, for the same error of |m| at the same temperatures; a
    `Found`.

    Of the largest lattice. An error falls as the root of the number of updates, so that run lengths drop out.
    """
    rows = table[table["L"] == table["L"].max()]
    taus = rows[["tau_energy", "tau_abs_magnetization"]].max(axis=1)
    made = rows["n_effective"] * 2 * taus * rows["L"] ** 2  # n_effective = sweeps / (2 tau)
    needed = made * (rows["abs_magnetization_err"] / ACCURACY) ** 2
    relative = np.sqrt((needed**2).sum() * 2 / (REPLICAS - 1)) / needed.sum()
    value = math.log10(needed.sum() / curves["evaluations"].sum())
    return Found(value, relative / math.log(10), n_effective=REPLICAS)


def numbers(data):
    """What the chapter quotes of the approximations, by key."""
    quantities = data["approximations"]
    bethe_tc = _value(quantities, "critical_temperature", "bethe", coordination=4)
    shares = {
        f"mean_field_share_{d}d": ratio for d, ratio in zip((2, 3, 4), _ratios(quantities), strict=True)
    }
    found = {
        "mean_field_gap": _value(quantities, "largest_gap", "mean_field"),
        "infinite_range_excess": _value(quantities, "log_partition_excess", "complete", size=10000),
        "short_range_excess": _value(quantities, "log_partition_excess", "square"),
    }
    cost = _log_cost(data["thermodynamics"].query("h == 0"), data["mean_field"])
    return (
        quoted("ising", TABLE, mean_field_accuracy=ACCURACY)
        | quoted("ising", VALUES, "J/k_B", bethe_tc=bethe_tc)
        | quoted("ising", VALUES, **found, **shares)
        | quoted("ising", CURVES, mean_field_false_order=float(mean_field.magnetization(3.0)))
        | quoted("ising", TABLE, mean_field_cost=cost.value)
    )
