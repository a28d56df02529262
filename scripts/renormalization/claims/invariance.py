"""Scale invariance: rows 6.1-06, 6.3-04, 6.3-06, parts of 6.1-08 and 6.1-10, and what is added to 6.1-01."""

import numpy as np

from scripts.common.claims.findings import column, known, less, quoted, row_where, scaled, where
from scripts.renormalization.claims.flow import remaining
from scripts.renormalization.claims.shared import by_table, extreme, nearest, pair, source
from scripts.renormalization.theory import square

BOTH = "32 and 64 in renormalization.ensembles.sizes"
NEED_TC = f"{BOTH}, with three temperatures within 2 % of T_c"
NEED_CRITICAL = f"{BOTH}, with T = 2.269185314213022"
NEED_COLD = f"{BOTH}, with a temperature of 2.20 or less"
NEED_HOT = f"{BOTH}, with a temperature of 2.34 or more"
NEED_NUMBERS = "more numbers in renormalization.machine"
NEAR = 0.04  # distance of distributions at T_c, set beforehand
HOTTER = 1.03  # the temperature whose correlation length the control takes


def findings(data):
    """What the rows above compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``matching``, ``transition``, ``distances``, ``correlations`` and ``machine``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    critical, temperatures = square.critical_temperature(), data["matching"]["T"]
    cold, hot = extreme(temperatures)
    below, above = (nearest(temperatures, above=side) for side in (False, True))
    edges, eta = where(data["matching"], level=1), square.ETA
    rows = [
        ("transition", "6.1-10", "tc", crossing(data), critical, NEED_TC),
        ("transition", "6.1-10", "tc_worst", worst_crossing(data), critical, NEED_TC),
        ("matching", "6.1-08", "ordered", drift(data, cold, edge=16), 0.0, NEED_COLD),
        ("matching", "6.3-06", "surface", drift(data, critical), 0.0, NEED_CRITICAL),
        ("matching", "6.3-06", "below", drift(data, cold), 0.0, NEED_COLD),
        ("matching", "6.3-06", "above", drift(data, hot), 0.0, NEED_HOT),
        ("distances", "6.3-04", "critical", distance(data, "blocked", critical), NEAR, NEED_CRITICAL),
        ("distances", "6.3-04", "near_critical", distance(data, "blocked", above), NEAR, NEED_HOT),
        ("distances", "6.3-04", "unblocked", distance(data, "native", critical), NEAR, NEED_CRITICAL),
        ("correlations", "6.1-06", "length", length(data, "length_ratio"), 0.5, NEED_HOT),
        ("correlations", "6.1-06", "block_length", block_length(data, hot), 0.5, NEED_HOT),
        ("correlations", "6.1-06", "length_off", block_length(data, hot, HOTTER, 1), 0.5, NEED_HOT),
        ("correlations", "6.1-01", "blocked_eta", decay(data, critical), eta, NEED_CRITICAL),
        ("correlations", "6.1-01", "blocked_off", decay(data, below), eta, NEED_COLD),
        ("matching", "6.1-06", "edge", known((edges["edge"] / edges["L"]).mean()), 0.5, BOTH),
        ("machine", "6.3-06", "machine_ising", final(data, "ising", "many"), None, NEED_NUMBERS),
        ("machine", "6.3-06", "machine_shuffled", final(data, "shuffled", "many"), None, NEED_NUMBERS),
    ]
    return by_table(rows)


def crossing(data):
    """Temperature of the matching of the largest lattices at the last level, or None."""
    table = data["transition"]
    return pair(table.sort_values(["L", "level"]).iloc[-1], "T") if len(table) else None


def worst_crossing(data):
    """The one of all matchings that lies farthest from T_c in units of its error, or None."""
    table = data["transition"]
    if table.empty:
        return None
    off = ((table["T"] - square.critical_temperature()) / table["T_err"]).abs()
    return pair(table.loc[off.idxmax()], "T")


def drift(data, T, edge=8):
    """Product of neighboring blocks, all of one edge: from L = 64 less from L = 32, or None."""
    if T is None:
        return None
    rows = [row_where(data["matching"], L=size, edge=edge, T=T) for size in (64, 32)]
    return less(*(pair(row, "product") for row in rows))


def distance(data, kind, T):
    """Distance of the distributions of |m| of L = 64 and 32, blocked or native, or None."""
    row = None if T is None else row_where(data["distances"], kind=kind, L=32, T=T)
    return known(column(row, "distance", n_effective="samples"))


def length(data, quantity):
    """A ratio of lengths of the largest lattice, or None."""
    table = data["correlations"].sort_values(["L", "level"], ascending=False)
    return pair(row_where(table, quantity=quantity), "value")


def exact_length(T):
    """Correlation length of the square lattice above T_c along an axis, 1 / (2 (K* - K)), in sites."""
    return 1 / (-np.log(np.tanh(1 / T)) - 2 / T)


def block_length(data, T, factor=1.0, smaller=0):
    """Length of the blocks in units of the exact one of the sites, at a temperature times a factor, or None.

    Of the largest lattice, or of the next smaller one.
    """
    table = where(data["correlations"], quantity="length", level=1).sort_values("L", ascending=False)
    if T is None or len(table) <= smaller:
        return None
    found = pair(table.iloc[smaller], "value")
    return found and scaled(found, 1 / exact_length(factor * T))


def decay(data, T, level=2):
    """Exponent of the correlation at half the lattice in a step, by default the second, or None."""
    if T is None:
        return None
    table = data["correlations"].sort_values("L", ascending=False)
    return pair(row_where(table, quantity="decay", level=level, T=T), "value")


def final(data, training, epochs, start="hot"):
    """Temperature to which a machine of many or few passes has brought its start in the end, or None."""
    table = data["machine"]
    begin = table["start"].max() if start == "hot" else table["start"].min()
    table = where(table, training=training, start=begin)
    table = table[table["epochs"] == (table["epochs"].max() if epochs == "many" else table["epochs"].min())]
    return pair(table.sort_values("step").iloc[-1], "temperature", replicas=16)


def numbers(data):
    """What the chapter quotes of matching, shapes, correlations and the machine."""
    critical, temperatures = square.critical_temperature(), data["matching"]["T"]
    above = nearest(temperatures, above=True)
    lengths = {name: length(data, name) for name in ("length_ratio", "stride_one", "ties_up")}
    eta, deeper = decay(data, critical), decay(data, critical, level=3)
    left = remaining(drift(data, critical, edge=32), drift(data, critical, edge=16))
    etas = {"eta": eta, "eta_drift": eta and deeper and deeper[0] - eta[0], "drift_left": left}
    matched = {"tc": crossing(data), "tc_worst": worst_crossing(data)}
    near = {"blocked_near": distance(data, "blocked", above), "temperature_near": above}
    at = {f"{kind}_critical": distance(data, kind, critical) for kind in ("blocked", "native")}
    ends = {
        f"{kind}_{epochs}{ending}": final(data, kind, epochs, start)
        for kind, epochs, ending, start in (
            ("ising", "few", "", "hot"), ("ising", "many", "", "hot"), ("ising", "many", "_cold", "cold"),
            ("shuffled", "few", "", "hot"), ("shuffled", "many", "", "hot"),
        )
    }  # fmt: skip
    return (
        quoted("renormalization", source("transition"), "", NEED_TC, **matched)
        | quoted("renormalization", source("correlations"), "", NEED_CRITICAL, **etas)
        | quoted("renormalization", source("correlations"), "", NEED_HOT, **lengths)
        | quoted("renormalization.distance", source("distances"), "", NEED_CRITICAL, **at)
        | quoted("renormalization.distance", source("distances"), "", NEED_HOT, **near)
        | quoted("renormalization.machine", source("machine"), "", "more in renormalization.machine", **ends)
        | quoted("renormalization.machine", source("machine"), steps=data["machine"]["step"].max())
    )
