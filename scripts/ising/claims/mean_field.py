"""Mean-field theory, where it fails and where it is exact: rows 4.1-01 and 4.1-03 to 4.1-06."""

import math

import numpy as np
from scipy import optimize, special

from scripts.common.claims.findings import quoted, where
from scripts.ising.claims.points import at, measured, need
from scripts.ising.claims.scaling import BETA_OVER_NU, NEEDS, SOURCE, fitted, magnetization_exponent
from scripts.ising.theory import bethe, curie_weiss, mean_field, onsager

CURVES = {"data": "ising/tables/mean_field.csv", "rule": "ising_approximations"}
SETTLED = {"data": "ising/claims.json", "rule": "ising_settle"}  # computed on the way to that file
VALUES = {"data": "ising/tables/approximations.csv", "rule": "ising_approximations"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
TC = onsager.critical_temperature()
ONE_SWEEP = 30  # up to this edge one sweep is no equilibrium average at any temperature
THOUSAND = 3.0  # log10 of the factor that counts as easy


def findings(data):
    """What rows 4.1-01, 4.1-03, 4.1-04, 4.1-05 and 4.1-06 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``thermodynamics``, ``exponents``, ``mean_field`` and ``approximations``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    curves, table = data["mean_field"], data["thermodynamics"].query("h == 0")
    return [
        (CURVES, [("4.1-01", "fixed_point", _residual(curves), 0.0)]),
        (SETTLED, [("4.1-01", "variational", _off_minimum(), 0.0)]),
        (VALUES, _identities(data["approximations"])),
        (SOURCE, _exponents(data["exponents"])),
        (TABLE, [*_simulated(table), *_cost(table, curves)]),
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
    limit, tc = float(curie_weiss.finite_size_correction(2.0)), "critical_temperature"
    ring = [value("squared_magnetization", method) for method in ("transfer_matrix", "all_states")]
    return [
        ("4.1-01", "onset", value(tc, "mean_field", coordination=4), 4.0),
        ("4.1-01", "lost_neighbor", value("residual", "lost_neighbor"), 0.0),
        ("4.1-03", "worst_temperature", value("worst_temperature", "mean_field"), TC),
        ("4.1-03", "bethe", value(tc, "bethe", coordination=4), bethe.critical_temperature(4)),
        ("4.1-05", "curie_weiss", excess[10000], limit),
        ("4.1-05", "convergence", slope, -1.0),
        ("4.1-05", "dimension", min(np.diff(_ratios(quantities))), 0.0),
        ("4.1-05", "short_range", value("log_partition_excess", "square"), limit),
        ("4.1-06", "no_order", value("magnetization", "exact"), 0.0),
        ("4.1-06", "chain", *ring),
        ("4.1-06", "false_transition", value(tc, "mean_field", coordination=2), 2.0),
        ("4.1-06", "mean_field_value", value("magnetization", "mean_field"), 0.0),
    ]


def _ratios(quantities):
    """T_c over mean-field T_c in 2, 3 and 4 dimensions."""
    methods = {2: "exact", 3: "published", 4: "published"}
    pairs = [
        [_value(quantities, "critical_temperature", m, coordination=2 * d) for m in (method, "mean_field")]
        for d, method in methods.items()
    ]
    return [true / approximate for true, approximate in pairs]


def _exponents(exponents):
    """T_c and beta against mean field; beta = (beta/nu) nu, both measured."""
    tc = fitted(exponents, "tc")
    beta_over_nu, nu = fitted(exponents, "beta_over_nu"), fitted(exponents, "nu")
    high = mean_field.critical_temperature(4)
    ratio = tc and (high / tc[0], high * tc[1] / tc[0] ** 2)
    beta = (beta_over_nu and nu) and (
        beta_over_nu[0] * nu[0],
        math.hypot(beta_over_nu[1] * nu[0], beta_over_nu[0] * nu[1]),
    )
    return [
        ("4.1-03", "critical_temperature", ratio, high / TC, NEEDS),
        ("4.1-03", "exponent", beta_over_nu, BETA_OVER_NU, NEEDS),
        ("4.1-03", "mean_field_exponent", beta, 0.5, NEEDS),
    ]


def _simulated(table):
    """The order that mean field predicts at T = 3 less what the largest lattice shows; and no power law."""
    size, mean = int(table["L"].max()), float(mean_field.magnetization(3.0))
    seen = measured(at(table, size, "3.00"), "abs_magnetization")
    excess = seen and seen._replace(value=mean - seen.value)
    need_power = "two of ising.sizes and '2.30' in ising.temperatures"
    return [
        ("4.1-03", "false_order", excess, 0.0, need(size, "3.00")),
        ("4.1-03", "off_critical", magnetization_exponent(table, 2.30), BETA_OVER_NU, need_power),
    ]


def _cost(table, curves):
    """Spin updates against evaluations of tanh, at the same temperatures, as powers of ten."""
    smallest = table[table["L"] == table["L"].min()]
    single = math.log10((smallest["L"] ** 2).sum() / curves["evaluations"].sum())
    small = smallest["L"].iloc[0] <= ONE_SWEEP
    need_small = f"a size of at most {ONE_SWEEP} in ising.sizes"
    return [
        ("4.1-04", "cost", _log_cost(table, curves), THOUSAND),
        ("4.1-04", "single_sweep", single if small else None, THOUSAND, need_small),
    ]


def _log_cost(table, curves):
    """log10 of the spin updates of the largest lattice over the evaluations of tanh."""
    rows = table[table["L"] == table["L"].max()]
    taus = rows[["tau_energy", "tau_abs_magnetization"]].max(axis=1)
    sweeps = rows["n_effective"] * 2 * taus  # n_effective = n / (2 tau)
    return math.log10((sweeps * rows["L"] ** 2).sum() / curves["evaluations"].sum())


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
        quoted("ising", VALUES, "J/k_B", bethe_tc=bethe_tc)
        | quoted("ising", VALUES, **found, **shares)
        | quoted("ising", CURVES, mean_field_false_order=float(mean_field.magnetization(3.0)))
        | quoted("ising", TABLE, mean_field_cost=cost)
    )
