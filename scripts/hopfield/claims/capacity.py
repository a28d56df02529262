"""Storage capacity and phase diagram against replica theory: rows 1.2-08 and 1.2-09."""

import math

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number, unmeasured_number
from scripts.hopfield.claims.points import at, compared, overlap, quoted
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


def records(checks, data):
    """Records of rows 1.2-08 and 1.2-09.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of dict
    """
    return [
        *_theory(checks, data),
        *_overlaps(checks, data),
        *_capacity(checks, data),
        *_diagram(checks, data),
    ]


def _values(data):
    return data["theory"].set_index("quantity")["value"]


def _theory(checks, data):
    values, row = _values(data), data["separable"].set_index("P").loc[COVER]
    rows = [
        record(
            checks["1.2-08", "capacity_theory"], measured=values["alpha_c"], reference=PUBLISHED["alpha_c"]
        ),
        record(checks["1.2-08", "overlap_theory"], measured=values["m_c"], reference=PUBLISHED["m_c"]),
        record(checks["1.2-08", "gardner"], measured=values["gardner_by_integral"], reference=2.0),
        record(
            checks["1.2-09", "retrieval_line"],
            measured=values["T_M_005"],
            reference=values["T_M_005_by_stability"],
        ),
    ]
    cover = compared(checks["1.2-08", "cover"], (row["share"], row["share_err"]), row["exact"])
    return [*sourced(rows, **THEORY), *sourced([cover], **SEPARABLE)]


def _large(data):
    """Zero-temperature runs of large networks, the largest first, by rank."""
    table = data["retrieval"]
    table = table[(table["T"] == 0) & (table["N"] >= LARGE)]
    sizes = sorted(table["N"].unique(), reverse=True)[: len(RANKS)]
    return {rank: table[table["N"] == size] for rank, size in zip(RANKS, sizes, strict=False)}


def _overlaps(checks, data):
    by_rank, rows = _large(data), []
    for name, load in LOADS.items():
        for place, rank in enumerate(RANKS, start=1):
            row = at(by_rank[rank], load) if rank in by_rank else None
            needs = f"{load} in hopfield.loads and {place} of hopfield.sizes from {LARGE} on"
            m = None if row is None else zero_temperature.overlap(row["alpha"])
            freedom = None if row is None else row["n_samples"] - 1
            rows.append(
                compared(
                    checks["1.2-08", f"overlap_{name}_{rank}"],
                    overlap(row, m),
                    m,
                    needs=needs,
                    freedom=freedom,
                )
            )
    largest = at(by_rank["first"], WITHOUT_FEEDBACK) if by_rank else None
    bare = zero_temperature.one_step_overlap(WITHOUT_FEEDBACK)
    needs = f"{WITHOUT_FEEDBACK} in hopfield.loads and one of hopfield.sizes from {LARGE} on"
    rows.append(compared(checks["1.2-08", "no_feedback"], overlap(largest), bare, needs=needs))
    return sourced(rows, **RETRIEVAL)


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


def _capacity(checks, data):
    found = simulated_capacity(data["capacity"])
    names = ("capacity_simulated", "capacity_published", "capacity_broken_symmetry")
    if found is None:
        return sourced([unmeasured(checks["1.2-08", name], NEED_CAPACITY) for name in names], **CAPACITY)
    alpha_c = zero_temperature.capacity()[0]
    references = ((alpha_c, 0.0), PUBLISHED["simulation"], (PUBLISHED["two_steps"], 0.0))
    rows = [
        compared(checks["1.2-08", name], found[:2], *reference)
        for name, reference in zip(names, references, strict=True)
    ]
    return sourced(rows, **CAPACITY)


def _point(data, load, T):
    table = data["retrieval"]
    return at(table[table["T"] > 0], load, T=T)


def _diagram(checks, data):
    rows = []
    for name, (load, T) in POINTS.items():
        row = _point(data, load, T)
        exact = temperature.retrieval(row["alpha"], T).m
        rows.append(
            compared(checks["1.2-09", f"overlap_{name}"], overlap(row), exact, freedom=row["n_samples"] - 1)
        )
    warm, hot = _point(data, 0.05, 0.50), _point(data, 0.05, 0.60)
    rows += [
        compared(
            checks["1.2-09", "temperature_off"], overlap(warm), temperature.retrieval(warm["alpha"], OFF).m
        ),
        compared(
            checks["1.2-09", "above_the_line"], overlap(hot), temperature.retrieval(hot["alpha"], 0.50).m
        ),
    ]
    other, size = data["thermal"].set_index("quantity"), warm["N"]
    load = max(1, round(0.1 * size)) / size
    phases = [
        ("paramagnet", "high_energy", temperature.paramagnetic_energy(load, other.loc["high_energy", "T"])),
        ("frozen", "persistence_below", FROZEN),
        ("melted", "persistence_above", 0.0),
    ]
    measured = [
        compared(
            checks["1.2-09", part],
            (other.loc[name, "value"], other.loc[name, "value_err"]),
            reference,
            freedom=other.loc[name, "n_samples"] - 1,
        )
        for part, name, reference in phases
    ]
    return [*sourced(rows, **RETRIEVAL), *sourced(measured, **THERMAL)]


def numbers(data):
    """What the chapter quotes, by key."""
    values, found = _values(data), simulated_capacity(data["capacity"])
    largest = at(_large(data)["first"], 0.12) if _large(data) else None
    capacity = found and found[:2]
    entries = {
        "alpha_c": number(values["alpha_c"], None, "", **THEORY),
        "m_c": number(values["m_c"], None, "", **THEORY),
        "largest_load": number(values["largest_load"], None, "", **THEORY),
        "thermodynamic_load": number(values["thermodynamic_load"], None, "", **THEORY),
        "retrieval_temperature": number(values["T_M_005"], None, "J/k_B", **THEORY),
        "thermodynamic_temperature": number(values["T_c_002"], None, "J/k_B", **THEORY),
        "alpha_simulated": quoted(capacity, CAPACITY, NEED_CAPACITY),
        "alpha_spread": quoted(found and (found[2], None), CAPACITY, NEED_CAPACITY),
        "overlap_012": quoted(overlap(largest), RETRIEVAL, "0.12 in hopfield.loads"),
        "overlap_012_exact": number(zero_temperature.overlap(0.12), None, "", **THEORY),
        "overlap_012_bare": number(zero_temperature.one_step_overlap(0.12), None, "", **THEORY),
        "largest_size": number(
            float(data["retrieval"].query("T == 0")["N"].max()), None, "units", **RETRIEVAL
        ),
        **_limits(data["capacity"]),
        **_thermal(data),
    }
    return {f"hopfield.{key}": value for key, value in entries.items()}


def _limits(table):
    """The capacity by each form, first definition."""
    rows = table[table["definition"] == "half_kept"].set_index("form")
    names = {"alpha_root": "inverse_root", "alpha_inverse": "inverse"}
    return {
        key: number(rows.loc[form, "alpha_c"], rows.loc[form, "alpha_c_err"], "", **CAPACITY)
        if form in rows.index
        else unmeasured_number("", NEED_CAPACITY)
        for key, form in names.items()
    }


def _thermal(data):
    warm, other = _point(data, 0.05, 0.50), data["thermal"].set_index("quantity")
    below = other.loc["persistence_below"]
    return {
        "warm": number(*overlap(warm), "", **RETRIEVAL),
        "warm_exact": number(temperature.retrieval(warm["alpha"], 0.50).m, None, "", **RETRIEVAL),
        "frozen": number(below["value"], below["value_err"], "", **THERMAL),
        "glass_temperature": number(1 + np.sqrt(0.5), None, "J/k_B", **THERMAL),
    }
