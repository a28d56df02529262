"""Exponents: parts of rows 6.1-10 and 6.2-08."""

from scripts.common.claims.findings import less, quoted, row_where
from scripts.renormalization.claims.shared import pair, source, value
from scripts.renormalization.theory import square

NEED = "64 or more in renormalization.mcrg.sizes"
NEED_SPECTRUM = (
    "24 or more in renormalization.tensors.spectrum, and renormalization.tensors.largest of 32 or more"
)
STEPS = {"first": 1, "second": 2}
RULES = ("majority", "corner", "kadanoff")
EDGE = 32  # of the tensor whose spectrum is judged, fixed beforehand
STATES = 24
EXACT = {"y_t": square.Y_T, "y_h": square.Y_H}


def findings(data):
    """What the parts of rows 6.1-10 and 6.2-08 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``mcrg``, ``rules`` and ``spectrum``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    last = best(data, STEPS["second"])
    mcrg = [("6.1-10", "y_h_off", pair(last, "y_h_off"), square.Y_H, NEED)]
    soft, hard = (rule_row(data, name) for name in ("kadanoff", "majority"))
    apart = less(pair(soft, "k_nearest"), pair(hard, "k_nearest"))
    # The same configurations under both rules: their difference has an error of its own.
    apart = apart and apart._replace(error=soft["difference_err"])
    rules = [
        ("6.2-08", "same_point", apart, 0.0, NEED),
        ("6.2-08", "decimation_y_h", pair(rule_row(data, "decimation"), "y_h"), None, NEED),
    ]
    for kind, exact in EXACT.items():
        mcrg.append(("6.1-10", f"{kind}_first", pair(best(data, STEPS["first"]), kind), None, NEED))
        mcrg.append(("6.1-10", f"{kind}_second", pair(last, kind), exact, NEED))
        rules += [
            ("6.2-08", f"{kind}_{rule}", pair(rule_row(data, rule), kind), exact, NEED) for rule in RULES
        ]
    return [(source("mcrg"), mcrg), (source("rules"), rules), (source("spectrum"), _spectrum(data))]


def rule_row(data, rule, before=0):
    """Row of a rule at the last step, or that many steps before, or None."""
    rows = data["rules"].query("rule == @rule").sort_values("edge")
    return rows.iloc[before] if len(rows) > before else None


def change(data, level, kind):
    """Larger of the changes of an exponent by the last interaction and since the step before, or None."""
    rows = data["mcrg"].sort_values(["L", "n_even"], ascending=False)
    now, before = row_where(rows, level=level), row_where(rows, level=level - 1)
    if now is None or before is None:
        return None
    same = rows[(rows["L"] == now["L"]) & (rows["level"] == level)][kind].drop_duplicates()
    return max(abs(now[kind] - before[kind]), abs(same.iloc[0] - same.iloc[1]))


def best(data, level):
    """Row of the largest lattice and of all interactions for a step, or None."""
    return row_where(data["mcrg"].sort_values(["L", "n_even"], ascending=False), level=level)


def plateau(data, T, least=STATES):
    """Row of the spectrum at the edge that is judged, of the fewest states from ``least`` on, or None."""
    table = data["spectrum"]
    return row_where(table[table["chi"] >= least].sort_values("chi"), L=EDGE, T=T)


def _spectrum(data):
    critical = square.critical_temperature()
    row, off = plateau(data, critical), plateau(data, 1.03 * critical, least=0)
    found = [
        ("central_charge", value(row, "central_charge"), square.CENTRAL_CHARGE),
        ("spin", value(row, "spin"), square.SPIN_DIMENSION),
        ("energy", value(row, "energy"), square.ENERGY_DIMENSION),
        ("spin_off", value(off, "spin"), square.SPIN_DIMENSION),
    ]
    return [("6.1-10", *each, NEED_SPECTRUM) for each in found]


def numbers(data):
    """What the chapter quotes of exponents and of the spectrum."""
    rows, found = {name: best(data, level) for name, level in STEPS.items()}, {}
    for kind in EXACT:
        steps = {name: pair(row, kind) for name, row in rows.items()}
        steps |= {f"{name}_systematic": change(data, level, kind) for name, level in STEPS.items()}
        found |= quoted(f"renormalization.{kind}", source("mcrg"), "", NEED, **steps)
    for rule in (*RULES, "decimation"):
        row, before = rule_row(data, rule), rule_row(data, rule, before=1)
        exponents = {f"{rule}_{kind}": pair(row, kind) for kind in ("y_t", "y_h", "k_nearest")}
        for kind in EXACT:
            exponents[f"{rule}_{kind}_change"] = None if before is None else row[kind] - before[kind]
        found |= quoted("renormalization.rule", source("rules"), "", NEED, **exponents)
    row = plateau(data, square.critical_temperature())
    spectrum = {kind: value(row, kind) for kind in ("central_charge", "spin", "energy", "chi")}
    found |= quoted("renormalization.spectrum", source("spectrum"), "", NEED_SPECTRUM, **spectrum)
    largest = {"largest": data["mcrg"]["L"].max()} if len(data["mcrg"]) else {}
    return found | quoted("renormalization", source("mcrg"), **largest)
