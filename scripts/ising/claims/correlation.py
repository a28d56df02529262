"""Correlations at and beside the critical point: rows 6.1-01 and 6.1-11, here with the Potts model."""

import numpy as np

from scripts.common.claims.findings import Found, column, exponent, known, quoted, row_where
from scripts.common.fits import FitError, power_law
from scripts.ising.claims.points import CRITICAL, NEAR, REPLICAS, together
from scripts.ising.theory import correlations, critical_torus, kaufman, onsager, potts

FUNCTIONS = {"data": "ising/tables/correlation.csv", "rule": "ising_lengths"}
LENGTHS = {"data": "ising/tables/correlation_lengths.csv", "rule": "ising_lengths"}
EXPONENTS = {"data": "ising/tables/correlation_exponents.csv", "rule": "ising_lengths"}
PHASES = {"data": "ising/tables/phases.csv", "rule": "ising_transition_order"}
OFF, DISORDERED, ORDERED = NEAR, "2.50", "2.10"
STATES = 10
NEED_SIZES = "at least two of ising.correlation.sizes"
NEED_LENGTH = f"'{DISORDERED}' in ising.correlation.temperatures and a size above 30"
NEED_ORDERED = f"'{ORDERED}' in ising.correlation.temperatures"
NEED_PHASES = "at least two of ising.potts.sizes whose runs see both phases"


def findings(data):
    """What rows 6.1-01 and 6.1-11 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``correlation``, ``correlation_lengths``, ``correlation_exponents`` and ``phases``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table, lengths = data["correlation_exponents"], data["correlation_lengths"]
    fitted = [
        ("6.1-01", "eta", fit_of(table, "eta", CRITICAL), 0.25, NEED_SIZES),
        ("6.1-01", "diagonal", fit_of(table, "diagonal_limit", CRITICAL), 2 / np.pi, NEED_SIZES),
        ("6.1-11", "ising", fit_of(table, "length_slope", CRITICAL), 1.0, NEED_SIZES),
        ("6.1-11", "off_critical", fit_of(table, "length_slope", OFF), 1.0, NEED_SIZES),
    ]
    universal = critical_torus.scaling_constants()["correlation_length"]
    critical = known(column(at(lengths, CRITICAL), "second_moment", per="L", replicas=REPLICAS))
    disordered = known(column(at(lengths, DISORDERED), "exponential", replicas=REPLICAS))
    measured = [
        ("6.1-01", "length_over_size", critical, universal, f"{NEED_LENGTH}: second-moment length"),
        ("6.1-01", "length_disordered", disordered, exact_length(), f"{NEED_LENGTH}: exponential length"),
        ("6.1-01", "neighbors", _neighbors(lengths), 0.0),
        ("6.1-01", "off_critical", _power_off(lengths), 0.25, NEED_SIZES),
        _diagonal(lengths),
    ]
    return [
        (FUNCTIONS, [_ordered(data["correlation"])]),
        (EXPONENTS, fitted),
        (LENGTHS, measured),
        (PHASES, [("6.1-11", "potts", potts_slope(data["phases"]), 1.0, NEED_PHASES)]),
    ]


def _neighbors(lengths):
    """Correlations of neighbors at all sizes and temperatures against Kaufman's energies, -e / 2."""
    places = zip(lengths["L"], lengths["T"].astype(float), strict=True)
    exact = [-kaufman.energy(int(L), T) / 2 for L, T in places]
    return together(lengths["neighbor"], lengths["neighbor_err"], exact)


def _power_off(lengths):
    """The power of L by which the correlation at half the lattice falls, beside T_c."""
    rows = lengths[lengths["T"].astype(float) == float(OFF)]
    if len(rows) < 2:
        return None
    power = exponent(rows, "L", "half")
    return Found(-power.value, power.err, n_effective=REPLICAS)


def _diagonal(lengths):
    """Correlation of diagonal neighbors below T_c, on the largest lattice."""
    found = column(at(lengths, ORDERED), "diagonal", replicas=REPLICAS)
    exact = correlations.correlation(float(ORDERED), 1, "diagonal")[1]
    return "6.1-01", "diagonal_ordered", found, exact, NEED_ORDERED


def _ordered(table):
    """Correlation at a quarter of the lattice below T_c against that of the infinite lattice."""
    rows = table[table["T"].astype(float) == float(ORDERED)]
    if rows.empty:
        return "6.1-01", "ordered", None, None, NEED_ORDERED
    r = int(rows["L"].max()) // 4
    found = column(row_where(rows, direction="axis", r=r), "correlation", replicas=REPLICAS)
    return "6.1-01", "ordered", found, correlations.correlation(float(ORDERED), r)[r]


def fit_of(table, quantity, temperature):
    """A fitted number, or None."""
    found = column(row_where(table, quantity=quantity, T=float(temperature)), "value")
    return found and found._replace(n_effective=REPLICAS)


def at(table, temperature):
    """The row of the largest size at a temperature, or None."""
    return row_where(table.sort_values("L", ascending=False), T=float(temperature))


def exact_length():
    """Correlation length of the infinite lattice above T_c."""
    return float(onsager.correlation_length(float(DISORDERED)))


def potts_slope(phases):
    """Slope of ln xi against ln L in the disordered phase of the Potts model, or None."""
    rows = phases.dropna(subset=["length", "length_err"])
    rows = rows[(rows["length"] > 0) & (rows["length_err"] > 0)]
    if rows["L"].nunique() < 2:
        return None
    try:
        slope = power_law(*rows[["L", "length", "length_err"]].to_numpy(float).T)["exponent"]
        return Found(*slope[:2], n_effective=rows["runs"].min())
    except FitError:
        return None


def numbers(data):
    """What the chapter quotes."""
    table, lengths = data["correlation_exponents"], data["correlation_lengths"]
    places = {
        "eta": ("eta", CRITICAL),
        "eta_off": ("eta", OFF),
        "length_slope": ("length_slope", CRITICAL),
        "length_slope_off": ("length_slope", OFF),
        "diagonal": ("diagonal_limit", CRITICAL),
        "neighbor": ("neighbor_limit", CRITICAL),
    }
    fits = {key: fit_of(table, *place) for key, place in places.items()}
    name, ratio = "ising.correlation", column(at(lengths, CRITICAL), "second_moment", per="L")
    disordered = known(column(at(lengths, DISORDERED), "exponential"))
    length = potts.disordered_correlation_length(STATES)
    return (
        quoted(name, EXPONENTS, "", NEED_SIZES, **fits)
        | quoted(name, LENGTHS, length_over_size=ratio)
        | quoted(name, LENGTHS, "J/k_B", temperature_disordered=float(DISORDERED))
        | quoted(name, LENGTHS, "sites", length_disordered_exact=exact_length())
        | quoted(name, LENGTHS, "sites", NEED_LENGTH, length_disordered=disordered)
        | quoted(name, PHASES, "", NEED_SIZES, length_slope_potts=potts_slope(data["phases"]))
        | quoted(name, PHASES, "sites", length_potts_exact=length)
    )
