"""Storage capacity and phase diagram against replica theory: rows 1.2-08 and 1.2-09."""

import math

import numpy as np

from scripts.common.claims.findings import column, quoted, row_where
from scripts.hopfield.claims.points import at, overlap
from scripts.hopfield.theory import temperature, zero_temperature

RETRIEVAL = {"data": "hopfield/tables/retrieval.csv", "rule": "hopfield_tables"}
CAPACITY = {"data": "hopfield/tables/capacity.csv", "rule": "hopfield_tables"}
THERMAL = {"data": "hopfield/tables/thermal.csv", "rule": "hopfield_tables"}
THEORY = {"data": "hopfield/tables/theory.csv", "rule": "hopfield_lines"}
SEPARABLE = {"data": "hopfield/tables/separable.csv", "rule": "hopfield_rules"}
WITHOUT_FEEDBACK = 0.13  # load of the control: close to the capacity errors feed back most
LOADS = {"005": 0.05, "008": 0.08, "010": 0.10, "012": 0.12}
RANKS = ("first", "second", "third")
LARGE = 10_000  # units from which a network is compared with infinite ones
PUBLISHED = {"alpha_c": 0.138, "m_c": 0.967, "simulation": (0.145, 0.009), "two_steps": 0.138187}
NEED_CAPACITY = "three of hopfield.sizes from 1000 on, the largest at most 20 times the smallest"
POINTS = {"cold": (0.05, 0.20), "warm": (0.05, 0.50), "loaded": (0.10, 0.20), "middle": (0.07, 0.30)}
COVER = 90
FROZEN = 0.3  # overlap of a state with itself that counts as a memory of it
OFF = 0.515  # three per cent above 0.50, an effect of 0.016


def findings(data):
    """What rows 1.2-08 and 1.2-09 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of (dict, list of tuple)
    """
    cover = row_where(data["separable"], P=COVER)
    return [
        (THEORY, _theory(data)),
        (SEPARABLE, [("1.2-08", "cover", column(cover, "share"), cover["exact"])]),
        (RETRIEVAL, [*_overlaps(data), *_diagram(data)]),
        (CAPACITY, _capacity(data["capacity"])),
        (THERMAL, _phases(data)),
    ]


def _values(data):
    return data["theory"].set_index("quantity")["value"]


def _theory(data):
    values = _values(data)
    return [
        ("1.2-08", "capacity_theory", values["alpha_c"], PUBLISHED["alpha_c"]),
        ("1.2-08", "overlap_theory", values["m_c"], PUBLISHED["m_c"]),
        ("1.2-08", "gardner", values["gardner_by_integral"], 2.0),
        ("1.2-09", "retrieval_line", values["T_M_005"], values["T_M_005_by_stability"]),
    ]


def _large(data):
    """Zero-temperature runs of large networks, the largest first, by rank."""
    table = data["retrieval"]
    table = table[(table["T"] == 0) & (table["N"] >= LARGE)]
    sizes = sorted(table["N"].unique(), reverse=True)[: len(RANKS)]
    return {rank: table[table["N"] == size] for rank, size in zip(RANKS, sizes, strict=False)}


def _overlaps(data):
    by_rank, found = _large(data), []
    for name, load in LOADS.items():
        for place, rank in enumerate(RANKS, start=1):
            row = at(by_rank[rank], load) if rank in by_rank else None
            m = None if row is None else zero_temperature.overlap(row["alpha"])
            needs = f"{load} in hopfield.loads and {place} of hopfield.sizes from {LARGE} on"
            found.append(("1.2-08", f"overlap_{name}_{rank}", overlap(row, m, sampled=True), m, needs))
    largest = at(by_rank["first"], WITHOUT_FEEDBACK) if by_rank else None
    bare = zero_temperature.one_step_overlap(WITHOUT_FEEDBACK)
    needs = f"{WITHOUT_FEEDBACK} in hopfield.loads and one of hopfield.sizes from {LARGE} on"
    return [*found, ("1.2-08", "no_feedback", overlap(largest), bare, needs)]


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
        "capacity_broken_symmetry": PUBLISHED["two_steps"],
    }
    return [("1.2-08", part, found and found[:2], x, NEED_CAPACITY) for part, x in references.items()]


def _point(data, load, T):
    table = data["retrieval"]
    return at(table[table["T"] > 0], load, T=T)


def _diagram(data):
    warm, hot = _point(data, 0.05, 0.50), _point(data, 0.05, 0.60)
    off, above = temperature.retrieval(warm["alpha"], OFF).m, temperature.retrieval(hot["alpha"], 0.50).m
    found = [
        ("1.2-09", "temperature_off", overlap(warm), off),
        ("1.2-09", "above_the_line", overlap(hot), above),
    ]
    for name, (load, T) in POINTS.items():
        row = _point(data, load, T)
        exact = temperature.retrieval(row["alpha"], T).m
        found.append(("1.2-09", f"overlap_{name}", overlap(row, sampled=True), exact))
    return found


def _phases(data):
    table, size = data["thermal"], _point(data, 0.05, 0.50)["N"]
    hot, below, above = (
        row_where(table, quantity=name) for name in ("high_energy", "persistence_below", "persistence_above")
    )
    energy = temperature.paramagnetic_energy(max(1, round(0.1 * size)) / size, hot["T"])
    return [
        ("1.2-09", part, column(row, "value", replicas="n_samples"), reference)
        for part, row, reference in (
            ("paramagnet", hot, energy),
            ("frozen", below, FROZEN),
            ("melted", above, 0.0),
        )
    ]


def numbers(data):
    """What the chapter quotes, by key."""
    values, found = _values(data), simulated_capacity(data["capacity"])
    by_rank, warm = _large(data), _point(data, 0.05, 0.50)
    largest = at(by_rank["first"], 0.12) if by_rank else None
    forms = {
        key: column(row_where(data["capacity"], definition="half_kept", form=form), "alpha_c")
        for key, form in (("alpha_root", "inverse_root"), ("alpha_inverse", "inverse"))
    }
    theory = {
        **values[["alpha_c", "m_c", "largest_load", "thermodynamic_load"]],
        "overlap_012_exact": zero_temperature.overlap(0.12),
        "overlap_012_bare": zero_temperature.one_step_overlap(0.12),
    }
    temperatures = {
        "retrieval_temperature": values["T_M_005"],
        "thermodynamic_temperature": values["T_c_002"],
    }
    frozen = column(row_where(data["thermal"], quantity="persistence_below"), "value")
    return (
        quoted("hopfield", THEORY, **theory)
        | quoted("hopfield", THEORY, "J/k_B", **temperatures)
        | quoted("hopfield", CAPACITY, "", NEED_CAPACITY, **forms)
        | quoted("hopfield", CAPACITY, "", NEED_CAPACITY, alpha_simulated=found and found[:2])
        | quoted("hopfield", CAPACITY, "", NEED_CAPACITY, alpha_spread=found and found[2])
        | quoted("hopfield", RETRIEVAL, "", "0.12 in hopfield.loads", overlap_012=overlap(largest))
        | quoted("hopfield", RETRIEVAL, "units", largest_size=data["retrieval"].query("T == 0")["N"].max())
        | quoted("hopfield", RETRIEVAL, warm=overlap(warm))
        | quoted("hopfield", RETRIEVAL, warm_exact=temperature.retrieval(warm["alpha"], 0.50).m)
        | quoted("hopfield", THERMAL, frozen=frozen)
        | quoted("hopfield", THERMAL, "J/k_B", glass_temperature=1 + np.sqrt(0.5))
    )
