"""Scale invariance: rows 6.1-06, 6.3-04, 6.3-06, parts of 6.1-08 and 6.1-10, and what is added to 6.1-01."""

from scripts.common.claims.findings import known, less, quoted, row_where, scaled, where
from scripts.renormalization.claims.shared import by_table, extreme, pair, source
from scripts.renormalization.theory import square

BOTH = "32 and 64 in renormalization.ensembles.sizes"
NEED_TC = f"{BOTH}, with three temperatures within 2 % of T_c"
NEED_CRITICAL = f"{BOTH}, with T = 2.269185314213022"
NEED_COLD = f"{BOTH}, with a temperature of 2.20 or less"
NEED_HOT = f"{BOTH}, with a temperature of 2.34 or more"
NEED_NUMBERS = "more numbers in renormalization.machine"
NEAR, FAR = 0.04, 0.15  # distances at T_c and off it, set beforehand


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
    critical = square.critical_temperature()
    cold, hot = extreme(data["matching"]["T"])
    edges, ratio = where(data["matching"], level=1), length(data, "length_ratio")
    rows = [
        ("transition", "6.1-10", "tc", crossing(data), critical, NEED_TC),
        ("matching", "6.1-08", "ordered", drift(data, cold), 0.0, NEED_COLD),
        ("matching", "6.3-06", "surface", drift(data, critical), 0.0, NEED_CRITICAL),
        ("matching", "6.3-06", "below", drift(data, cold), 0.0, NEED_COLD),
        ("matching", "6.3-06", "above", drift(data, hot), 0.0, NEED_HOT),
        ("distances", "6.3-04", "critical", distance(data, "blocked", critical), NEAR, NEED_CRITICAL),
        ("distances", "6.3-04", "ordered", distance(data, "blocked", cold), FAR, NEED_COLD),
        ("distances", "6.3-04", "native", distance(data, "native", cold), FAR, NEED_COLD),
        ("distances", "6.3-04", "off_critical", distance(data, "blocked", cold), NEAR, NEED_COLD),
        ("distances", "6.3-04", "disordered", distance(data, "blocked", hot), None, NEED_HOT),
        ("correlations", "6.1-06", "length", ratio, 0.5, NEED_HOT),
        ("correlations", "6.1-06", "unscaled", scaled(ratio, 2), 0.5, NEED_HOT),
        ("correlations", "6.1-01", "blocked_eta", decay(data, critical), square.ETA, NEED_CRITICAL),
        ("correlations", "6.1-01", "blocked_ordered", decay(data, cold), square.ETA, NEED_COLD),
        ("matching", "6.1-06", "edge", known((edges["edge"] / edges["L"]).mean()), 0.5, BOTH),
        ("machine", "6.3-06", "machine_ising", final(data, "ising", "many"), None, NEED_NUMBERS),
        ("machine", "6.3-06", "machine_shuffled", final(data, "shuffled", "many"), None, NEED_NUMBERS),
    ]
    return by_table(rows)


def crossing(data):
    """Temperature of the matching of the largest lattices at the last level, or None."""
    table = data["transition"]
    return pair(table.sort_values(["L", "level"]).iloc[-1], "T") if len(table) else None


def drift(data, T):
    """Product of neighboring blocks of edge 8: from L = 64 less from L = 32, or None."""
    if T is None:
        return None
    rows = [row_where(data["matching"], L=size, edge=8, T=T) for size in (64, 32)]
    return less(*(pair(row, "product") for row in rows))


def distance(data, kind, T):
    """Distance of blocked L = 64 and native L = 32, or of the two most different native lattices, or None."""
    table = data["distances"]
    if T is None or table.empty:
        return None
    table = where(table, kind=kind, T=T)
    if kind == "blocked":
        table = table[table["other"] == 64]
    else:
        table = table.assign(ratio=table["other"] / table["L"]).sort_values("ratio")
    return pair(table.iloc[-1], "distance") if len(table) else None


def length(data, quantity):
    """A length, or a ratio of lengths, of the largest lattice, or None."""
    table = data["correlations"].sort_values(["L", "level"], ascending=False)
    return pair(row_where(table, quantity=quantity), "value")


def decay(data, T):
    """Exponent of the correlation at half the lattice in the second step, largest lattice, or None."""
    if T is None:
        return None
    table = data["correlations"].sort_values("L", ascending=False)
    return pair(row_where(table, quantity="decay", level=2, T=T), "value")


def final(data, training, epochs, start="hot"):
    """Temperature to which a machine of many or few passes has brought its start in the end, or None."""
    table = data["machine"]
    begin = table["start"].max() if start == "hot" else table["start"].min()
    table = where(table, training=training, start=begin)
    table = table[table["epochs"] == (table["epochs"].max() if epochs == "many" else table["epochs"].min())]
    return pair(table.sort_values("step").iloc[-1], "temperature")


def numbers(data):
    """What the chapter quotes of matching, shapes, correlations and the machine."""
    critical = square.critical_temperature()
    cold, hot = extreme(data["matching"]["T"])
    lengths = {name: length(data, name) for name in ("length_ratio", "stride_one")}
    found = (
        quoted("renormalization", source("transition"), "", NEED_TC, tc=crossing(data))
        | quoted("renormalization", source("correlations"), "", NEED_CRITICAL, eta=decay(data, critical))
        | quoted("renormalization", source("correlations"), "", NEED_HOT, **lengths)
    )
    for name, T, need in (
        ("critical", critical, NEED_CRITICAL),
        ("cold", cold, NEED_COLD),
        ("hot", hot, NEED_HOT),
    ):
        distances = {f"{kind}_{name}": distance(data, kind, T) for kind in ("blocked", "native")}
        found |= quoted("renormalization.distance", source("distances"), "", need, **distances)
        found |= quoted("renormalization.drift", source("matching"), "", need, **{name: drift(data, T)})
        found |= quoted("renormalization.temperature", source("matching"), "", need, **{name: T})
    ends = {
        f"{kind}_{epochs}{ending}": final(data, kind, epochs, start)
        for kind in ("ising", "shuffled")
        for epochs in ("few", "many")
        for ending, start in (("", "hot"), ("_cold", "cold"))
    }
    return (
        found
        | quoted("renormalization.machine", source("machine"), "", "more in renormalization.machine", **ends)
        | quoted("renormalization.machine", source("machine"), steps=data["machine"]["step"].max())
    )
