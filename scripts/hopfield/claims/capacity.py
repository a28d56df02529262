"""Storage capacity against replica theory: row 1.2-08."""

import math

import numpy as np
from scipy import special

from scripts.common.claims.findings import Found, column, less, quoted, row_where
from scripts.hopfield.claims.points import at, pooled
from scripts.hopfield.theory import gardner, zero_temperature

RETRIEVAL = {"data": "hopfield/tables/retrieval.csv", "rule": "hopfield_tables"}
TRANSITION = {"data": "hopfield/tables/transition.csv", "rule": "hopfield_tables"}
THRESHOLDS = {"data": "hopfield/tables/thresholds.csv", "rule": "hopfield_tables"}
CAPACITY = {"data": "hopfield/tables/capacity.csv", "rule": "hopfield_tables"}
THEORY = {"data": "hopfield/tables/theory.csv", "rule": "hopfield_lines"}
CURVE = {"data": "hopfield/tables/overlap_theory.csv", "rule": "hopfield_lines"}
SEPARABLE = {"data": "hopfield/tables/separable.csv", "rule": "hopfield_rules"}
CLOSE = 0.13  # load close below the capacity
RANKS = 3  # largest networks whose runs are pooled
LARGE = 10_000  # units from which a network is compared with infinite ones
PUBLISHED = {"alpha_c": 0.138, "m_c": 0.967, "simulation": (0.145, 0.009)}
KEPT, FALL = 0.8, 0.3
NEED_CAPACITY = "three of hopfield.sizes from 1000 on, the largest at most 20 times the smallest"
NEED = "{load} in hopfield.loads and one of hopfield.sizes from 10000 on"
DIMENSIONS = 50  # in which labelings are counted


def findings(data):
    """What row 1.2-08 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of (dict, list of tuple)
    """
    values = theory_values(data)
    theory = [
        ("1.2-08", "capacity_theory", values["alpha_c"], PUBLISHED["alpha_c"]),
        ("1.2-08", "overlap_theory", values["m_c"], PUBLISHED["m_c"]),
        ("1.2-08", "gardner", gardner.capacity(), half_separable()),
    ]
    return [
        (THEORY, theory),
        (CURVE, [("1.2-08", "equations", residual(data["overlap_theory"]), 0.0)]),
        (SEPARABLE, [("1.2-08", "cover", *_cover(data["separable"]))]),
        (RETRIEVAL, _overlaps(data["retrieval"])),
        (TRANSITION, _transition(data["transition"])),
        (THRESHOLDS, _above(data["thresholds"])),
        (CAPACITY, _capacity(data["capacity"])),
    ]


def theory_values(data):
    """The values of ``theory.csv`` by name."""
    return data["theory"].set_index("quantity")["value"]


def residual(table):
    """By how much the retrieval states of a table miss the equations at T = 0, the largest of all rows.

    m = erf(m / (2 alpha r)^(1/2)), r = (1 - C)^-2 with C = (2 / (pi alpha r))^(1/2) exp(-m^2 / (2 alpha r)),
    E = -m^2/2 - alpha (r - 1)/2, and erf(1 / (2 alpha)^(1/2)) for a single step.
    """
    alpha, m, r = (table[name] for name in ("alpha", "overlap", "noise"))
    c = np.sqrt(2 / (np.pi * alpha * r)) * np.exp(-(m**2) / (2 * alpha * r))
    missed = (
        m - special.erf(m / np.sqrt(2 * alpha * r)),
        r - (1 - c) ** -2,
        table["energy"] + m**2 / 2 + alpha * (r - 1) / 2,
        table["one_step"] - special.erf(1 / np.sqrt(2 * alpha)),
    )
    return max(each.abs().max() for each in missed)


def half_separable():
    """Points per dimension of which a plane separates just half of the labelings, in whole numbers."""
    sizes = range(DIMENSIONS, 4 * DIMENSIONS)
    return next(p / DIMENSIONS for p in sizes if 4 * _separable(p) == 2**p)


def _separable(p):
    """Half the number of labelings of p points that a plane separates (Cover)."""
    return sum(math.comb(p - 1, k) for k in range(DIMENSIONS))


def _cover(table):
    """Share that linear programs separate, of all numbers of points together, and the exact one."""
    rows = table[table["n_samples"] > 0]
    error = np.sqrt((rows["share_err"] ** 2).sum()) / len(rows)
    return Found(rows["share"].mean(), error, n_effective=rows["n_samples"].sum()), rows["exact"].mean()


def largest_networks(table):
    """Rows of the largest networks, in a list of tables, the largest first."""
    sizes = sorted(table["N"][table["N"] >= LARGE].unique(), reverse=True)[:RANKS]
    return [table[table["N"] == size] for size in sizes]


def _pooled(table, load, name, weight="units"):
    cold = table[table["T"] == 0]
    rows = [at(each, load) for each in largest_networks(cold)]
    return pooled([row for row in rows if row is not None], name, weight)


def _overlaps(table):
    found = []
    for part, load, exact in (
        ("overlap_010", 0.10, zero_temperature.overlap(0.10)),
        ("overlap_012", 0.12, zero_temperature.overlap(0.12)),
        ("load_off", CLOSE, zero_temperature.overlap(0.12)),
        ("no_feedback", 0.12, zero_temperature.one_step_overlap(0.12)),
    ):
        found.append(("1.2-08", part, _pooled(table, load, "overlap"), exact, NEED.format(load=load)))
    kept = _pooled(table, CLOSE, "fraction_retrieved", "runs")
    return [*found, ("1.2-08", "kept_below", kept, KEPT, NEED.format(load=CLOSE))]


def _transition(table):
    """How far the mean overlap of the largest networks falls across their transitions, and what is left."""
    by_size = [rows.sort_values("alpha") for rows in largest_networks(table)]
    first, last = ([rows.iloc[k] for rows in by_size] for k in (0, -1))
    before, after = (pooled(ends, "overlap", "runs") for ends in (first, last))
    kept, needs = pooled(last, "fraction_retrieved", "runs"), "one of hopfield.sizes from 10000 on"
    return [
        ("1.2-08", "vanishing", less(before, after), FALL, needs),
        ("1.2-08", "lost_above", kept, 0.5, needs),
    ]


def _above(table):
    """That threshold beside the capacity of theory, to which it comes down from above."""
    found = _largest_threshold(table)
    return [("1.2-08", "lost_at_most", found, zero_temperature.capacity()[0], NEED_CAPACITY)]


def _largest_threshold(table):
    """Load at which half of the runs of the largest network lose their memory."""
    row = row_where(table[table["N"] == table["N"].max()], definition="half_kept")
    return column(row, "alpha", n_effective="n_samples")


def simulated_capacity(table):
    """The extrapolated capacity: the middle of all definitions and forms, its total error, their spread.

    Parameters
    ----------
    table : pandas.DataFrame
        ``capacity.csv``.

    Returns
    -------
    value, error, spread : float
        The error is the largest statistical one and the whole spread in quadrature. None if there is no fit.
    """
    if len(table) < 4:
        return None
    low, high = table["alpha_c"].min(), table["alpha_c"].max()
    return (low + high) / 2, math.hypot(table["alpha_c_err"].max(), high - low), high - low


def _capacity(table):
    found = simulated_capacity(table)
    references = {
        "capacity_simulated": zero_temperature.capacity()[0],
        "capacity_published": PUBLISHED["simulation"],
    }
    return [("1.2-08", part, found and found[:2], x, NEED_CAPACITY) for part, x in references.items()]


def numbers(data):
    """What the chapter quotes, by key."""
    values, found = theory_values(data), simulated_capacity(data["capacity"])
    forms = {
        key: column(row_where(data["capacity"], definition="half_kept", form=form), "alpha_c")
        for key, form in (("alpha_root", "inverse_root"), ("alpha_inverse", "inverse"))
    }
    threshold = _largest_threshold(data["thresholds"])
    theory = {
        **values[["alpha_c", "m_c", "largest_load"]],
        "overlap_012_exact": zero_temperature.overlap(0.12),
        "overlap_012_bare": zero_temperature.one_step_overlap(0.12),
    }
    pool = _pooled(data["retrieval"], 0.12, "overlap")
    return (
        quoted("hopfield", THEORY, **theory)
        | quoted("hopfield", CAPACITY, "", NEED_CAPACITY, **forms)
        | quoted("hopfield", CAPACITY, "", NEED_CAPACITY, alpha_simulated=found and found[:2])
        | quoted("hopfield", THRESHOLDS, "", NEED_CAPACITY, threshold=threshold)
        | quoted("hopfield", RETRIEVAL, "", NEED.format(load=0.12), overlap_012=pool)
    )
