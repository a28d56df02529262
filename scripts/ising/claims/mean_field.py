"""Mean-field theory, where it fails and where it is exact: rows 4.1-01 and 4.1-03 to 4.1-06."""

import math

import numpy as np
from scipy import optimize, special

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number
from scripts.ising.claims.points import at, need
from scripts.ising.claims.scaling import BETA_OVER_NU, SOURCE, compared, fitted, magnetization_exponent
from scripts.ising.theory import bethe, curie_weiss, mean_field, onsager

CURVES = {"data": "ising/tables/mean_field.csv", "rule": "ising_approximations"}
SETTLED = {"data": "ising/claims.json", "rule": "ising_settle"}  # computed on the way to that file
VALUES = {"data": "ising/tables/approximations.csv", "rule": "ising_approximations"}
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
TC = onsager.critical_temperature()
FREEDOM = 63  # of an error from 64 replicas
ONE_SWEEP = 30  # up to this edge one sweep is no equilibrium average at any temperature
THOUSAND = 3.0  # log10 of the factor that counts as easy


def records(checks, data):
    """Records of rows 4.1-01, 4.1-03, 4.1-04, 4.1-05 and 4.1-06.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``thermodynamics``, ``exponents``, ``mean_field`` and ``approximations``.

    Returns
    -------
    list of dict
    """
    quantities = data["approximations"]
    return (
        sourced([_fixed_point(checks["4.1-01", "fixed_point"], data["mean_field"])], **CURVES)
        + sourced([_minimum(checks["4.1-01", "variational"])], **SETTLED)
        + sourced(_identities(checks, quantities), **VALUES)
        + sourced(_exponents(checks, data["exponents"]), **SOURCE)
        + sourced(_simulated(checks, data), **TABLE)
    )


def _value(quantities, quantity, method, **where):
    """One number of ``approximations.csv``."""
    rows = quantities[(quantities["quantity"] == quantity) & (quantities["method"] == method)]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    if len(rows) != 1:
        raise ValueError(f"approximations.csv: {len(rows)} rows for {quantity}, {method}, {where}")
    return float(rows["value"].iloc[0])


def _fixed_point(check, curves):
    rows = curves[(curves["lattice"] == "square") & (curves["approximation"] == "mean_field")]
    residual = np.abs(rows["magnetization"] - np.tanh(4 * rows["magnetization"] / rows["T"]))
    return record(check, measured=residual.max(), reference=0.0)


def _minimum(check):
    """The mean of independent spins of least free energy, found without the equation, less its solution."""
    T = np.linspace(1.0, 3.9, 30)
    found = [
        optimize.minimize_scalar(
            _trial_free_energy,
            bounds=(1e-9, 1 - 1e-12),
            args=(t,),
            method="bounded",
            options={"xatol": 1e-11},
        ).x
        for t in T
    ]
    return record(check, measured=np.abs(found - mean_field.magnetization(T)).max(), reference=0.0)


def _trial_free_energy(m, T):
    """<E> - T S per spin of independent spins of mean m: two bonds of energy -m^2 for each."""
    up, down = (1 + m) / 2, (1 - m) / 2
    return -2 * m * m - T * (special.entr(up) + special.entr(down))


def _identities(checks, quantities):
    """What the theories say of themselves and of each other, without a simulation."""

    def value(quantity, method, **where):
        return _value(quantities, quantity, method, **where)

    excess = {N: value("log_partition_excess", "complete", size=N) for N in (1000, 10000)}
    slope = math.log10(excess[10000] / excess[1000]) - 1.0  # per spin: the excess over N
    limit, tc = float(curie_weiss.finite_size_correction(2.0)), "critical_temperature"
    ring = [value("squared_magnetization", method) for method in ("transfer_matrix", "all_states")]
    found = {
        ("4.1-01", "onset"): (value(tc, "mean_field", coordination=4), 4.0),
        ("4.1-01", "lost_neighbor"): (value("residual", "lost_neighbor"), 0.0),
        ("4.1-03", "worst_temperature"): (value("worst_temperature", "mean_field"), TC),
        ("4.1-03", "bethe"): (value(tc, "bethe", coordination=4), bethe.critical_temperature(4)),
        ("4.1-05", "curie_weiss"): (excess[10000], limit),
        ("4.1-05", "convergence"): (slope, -1.0),
        ("4.1-05", "dimension"): (min(np.diff(_ratios(quantities))), 0.0),
        ("4.1-05", "short_range"): (value("log_partition_excess", "square"), limit),
        ("4.1-06", "no_order"): (value("magnetization", "exact"), 0.0),
        ("4.1-06", "chain"): ring,
        ("4.1-06", "false_transition"): (value(tc, "mean_field", coordination=2), 2.0),
        ("4.1-06", "mean_field_value"): (value("magnetization", "mean_field"), 0.0),
    }
    return [record(checks[key], measured=pair[0], reference=pair[1]) for key, pair in found.items()]


def _ratios(quantities):
    """T_c over mean-field T_c in 2, 3 and 4 dimensions."""
    methods = {2: "exact", 3: "published", 4: "published"}
    pairs = [
        [_value(quantities, "critical_temperature", m, coordination=2 * d) for m in (method, "mean_field")]
        for d, method in methods.items()
    ]
    return [true / approximate for true, approximate in pairs]


def _exponents(checks, exponents):
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
        compared(checks["4.1-03", "critical_temperature"], ratio, high / TC),
        compared(checks["4.1-03", "exponent"], beta_over_nu, BETA_OVER_NU),
        compared(checks["4.1-03", "mean_field_exponent"], beta, 0.5),
    ]


def _simulated(checks, data):
    table = data["thermodynamics"].query("h == 0")
    return [
        _false_order(checks["4.1-03", "false_order"], table),
        _off_critical(checks["4.1-03", "off_critical"], table),
        *_cost(checks, table, data["mean_field"]),
    ]


def _false_order(check, table):
    """The order that mean field predicts at T = 3, less what the largest lattice shows."""
    size = int(table["L"].max())
    row = at(table, size, "3.00")
    if row is None:
        return unmeasured(check, need(size, "3.00"))
    return record(
        check,
        measured=float(mean_field.magnetization(3.0)) - row["abs_magnetization"],
        error=row["abs_magnetization_err"],
        reference=0.0,
        n_effective=row["n_effective"],
        degrees_of_freedom=FREEDOM,
    )


def _off_critical(check, table):
    """The power of L where there is no power law."""
    found = magnetization_exponent(table, 2.30)
    return compared(check, found, BETA_OVER_NU, needs="two of ising.sizes and '2.30' in ising.temperatures")


def _cost(checks, table, curves):
    """Spin updates against evaluations of tanh, at the same temperatures, as powers of ten."""
    evaluations = curves["evaluations"].sum()
    smallest = table[table["L"] == table["L"].min()]
    run = _log_cost(table, curves)
    single = math.log10((smallest["L"] ** 2).sum() / evaluations)
    control = checks["4.1-04", "single_sweep"]
    return [
        record(checks["4.1-04", "cost"], measured=run, reference=THOUSAND),
        record(control, measured=single, reference=THOUSAND)
        if smallest["L"].iloc[0] <= ONE_SWEEP
        else unmeasured(control, f"a size of at most {ONE_SWEEP} in ising.sizes"),
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
    ratios = _ratios(quantities)
    found = {
        "bethe_tc": (_value(quantities, "critical_temperature", "bethe", coordination=4), "J/k_B"),
        "mean_field_gap": (_value(quantities, "largest_gap", "mean_field"), ""),
        "mean_field_share_2d": (ratios[0], ""),
        "mean_field_share_3d": (ratios[1], ""),
        "mean_field_share_4d": (ratios[2], ""),
        "infinite_range_excess": (_value(quantities, "log_partition_excess", "complete", size=10000), ""),
        "short_range_excess": (_value(quantities, "log_partition_excess", "square"), ""),
    }
    values = {f"ising.{key}": number(value, None, unit, **VALUES) for key, (value, unit) in found.items()}
    mean = float(mean_field.magnetization(3.0))
    cost = _log_cost(data["thermodynamics"].query("h == 0"), data["mean_field"])
    return values | {
        "ising.mean_field_false_order": number(mean, None, "", **CURVES),
        "ising.mean_field_cost": number(cost, None, "", **TABLE),
    }
