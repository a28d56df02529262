"""Scale invariance: rows 6.1-06, 6.3-04, 6.3-06, parts of 6.1-08 and 6.1-10, and what is added to 6.1-01."""

from scripts.renormalization.claims.shared import extreme, identity, judged, less, only, pair, quoted
from scripts.renormalization.theory import square

BOTH = "32 and 64 in renormalization.ensembles.sizes"
NEED_TC = f"{BOTH}, with three temperatures within 2 % of T_c"
NEED_CRITICAL = f"{BOTH}, with T = 2.269185314213022"
NEED_COLD = f"{BOTH}, with a temperature of 2.20 or less"
NEED_HOT = f"{BOTH}, with a temperature of 2.34 or more"
NEAR, FAR = 0.04, 0.15  # distances at T_c and off it, set beforehand


def records(checks, data):
    """Records from ``matching``, ``transition``, ``distances``, ``correlations`` and ``machine``.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of dict
    """
    critical = square.critical_temperature()
    cold, hot = extreme(data["matching"]["T"])
    values = [
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
        ("correlations", "6.1-06", "length", length(data, "length_ratio"), 0.5, NEED_HOT),
        ("correlations", "6.1-06", "unscaled", _doubled(length(data, "length_ratio")), 0.5, NEED_HOT),
        ("correlations", "6.1-01", "blocked_eta", decay(data, critical), square.ETA, NEED_CRITICAL),
        ("correlations", "6.1-01", "blocked_ordered", decay(data, cold), square.ETA, NEED_COLD),
    ]
    found = [judged(table, checks[row, part], *rest) for table, row, part, *rest in values]
    edges = data["matching"]
    ratio = (edges[edges["level"] == 1]["edge"] / edges[edges["level"] == 1]["L"]).mean()
    found.append(identity("matching", checks["6.1-06", "edge"], ratio, 0.5, BOTH))
    return found + _machine(checks, data)


def crossing(data):
    """Temperature of the matching of the largest lattices at the last level, or None."""
    table = data["transition"]
    return pair(table.sort_values(["L", "level"]).iloc[-1], "T") if len(table) else None


def drift(data, T):
    """Product of neighboring blocks of edge 8: from L = 64 less from L = 32, or None."""
    if T is None:
        return None
    rows = [only(data["matching"], L=size, edge=8, T=T) for size in (64, 32)]
    return less(*(pair(row, "product") for row in rows))


def distance(data, kind, T):
    """Distance of blocked L = 64 and native L = 32, or of the two most different native lattices, or None."""
    table = data["distances"]
    if T is None or table.empty:
        return None
    table = table[(table["kind"] == kind) & ((table["T"].astype(float) - T).abs() < 1e-9)]
    if kind == "blocked":
        table = table[table["other"] == 64]
    else:
        table = table.assign(ratio=table["other"] / table["L"]).sort_values("ratio")
    return pair(table.iloc[-1], "distance") if len(table) else None


def length(data, quantity):
    """A length, or a ratio of lengths, of the largest lattice, or None."""
    table = data["correlations"]
    table = table[table["quantity"] == quantity]
    return pair(table.sort_values(["L", "level"]).iloc[-1], "value") if len(table) else None


def _doubled(found):
    return None if found is None else (2 * found[0], 2 * found[1])


def decay(data, T):
    """Exponent of the correlation at half the lattice in the second step, largest lattice, or None."""
    table = data["correlations"]
    if T is None:
        return None
    table = table[
        (table["quantity"] == "decay") & (table["level"] == 2) & ((table["T"].astype(float) - T).abs() < 1e-9)
    ]
    return pair(table.sort_values("L").iloc[-1], "value") if len(table) else None


def final(data, training, epochs, start="hot"):
    """Temperature to which a machine of many or few passes has brought its start in the end, or None."""
    table = data["machine"]
    begin = table["start"].max() if start == "hot" else table["start"].min()
    table = table[(table["training"] == training) & (table["start"] == begin)]
    table = table[table["epochs"] == (table["epochs"].max() if epochs == "many" else table["epochs"].min())]
    return pair(table.sort_values("step").iloc[-1], "temperature")


def _machine(checks, data):
    need = "more numbers in renormalization.machine"
    return [
        judged("machine", checks["6.3-06", f"machine_{kind}"], final(data, kind, "many"), None, need)
        for kind in ("ising", "shuffled")
    ]


def numbers(data):
    """What the chapter quotes of matching, shapes, correlations and the machine."""
    critical = square.critical_temperature()
    cold, hot = extreme(data["matching"]["T"])
    found = {"renormalization.tc": quoted("transition", crossing(data), NEED_TC)}
    for name, T, need in (
        ("critical", critical, NEED_CRITICAL),
        ("cold", cold, NEED_COLD),
        ("hot", hot, NEED_HOT),
    ):
        for kind in ("blocked", "native"):
            found[f"renormalization.distance.{kind}_{name}"] = quoted(
                "distances", distance(data, kind, T), need
            )
        found[f"renormalization.drift.{name}"] = quoted("matching", drift(data, T), need)
        found[f"renormalization.temperature.{name}"] = quoted("matching", T, need)
    found["renormalization.eta"] = quoted("correlations", decay(data, critical), NEED_CRITICAL)
    for quantity in ("length_ratio", "stride_one"):
        found[f"renormalization.{quantity}"] = quoted("correlations", length(data, quantity), NEED_HOT)
    for kind in ("ising", "shuffled"):
        for epochs in ("few", "many"):
            key = f"renormalization.machine.{kind}_{epochs}"
            found[key] = quoted("machine", final(data, kind, epochs), "more in renormalization.machine")
            found[f"{key}_cold"] = quoted(
                "machine", final(data, kind, epochs, "cold"), "more in renormalization.machine"
            )
    found["renormalization.machine.steps"] = quoted("machine", int(data["machine"]["step"].max()), "")
    return found
