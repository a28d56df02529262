"""Exponents: parts of rows 6.1-10 and 6.2-08."""

from scripts.common.numbers import number
from scripts.renormalization.claims.shared import identity, judged, only, pair, quoted, source
from scripts.renormalization.theory import square

NEED = "64 or more in renormalization.mcrg.sizes"
NEED_SPECTRUM = (
    "24 or more in renormalization.tensors.spectrum, and renormalization.tensors.largest of 32 or more"
)
STEPS = {"first": 1, "second": 2}
RULES = ("majority", "corner", "kadanoff")
EDGE = 32  # of the tensor whose spectrum is judged, fixed beforehand
STATES = 24
MIGDAL = 0.74723572


def records(checks, data):
    """Records from ``mcrg``, ``rules`` and ``spectrum``.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of dict
    """
    found = []
    for name, level in STEPS.items():
        row = best(data, level)
        for kind, exact in (("y_t", square.Y_T), ("y_h", square.Y_H)):
            check = checks["6.1-10", f"{kind}_{name}"]
            found.append(judged("mcrg", check, pair(row, kind), exact, NEED))
    row = best(data, STEPS["first"])
    found.append(judged("mcrg", checks["6.1-10", "y_h_free"], pair(row, "y_h"), 2.0, NEED))
    found.append(judged("mcrg", checks["6.1-10", "y_t_migdal"], pair(row, "y_t"), MIGDAL, NEED))
    for rule in RULES:
        row = only(data["rules"], rule=rule)
        for kind, exact in (("y_t", square.Y_T), ("y_h", square.Y_H)):
            found.append(judged("rules", checks["6.2-08", f"{kind}_{rule}"], pair(row, kind), exact, NEED))
    row = only(data["rules"], rule="decimation")
    found.append(judged("rules", checks["6.2-08", "decimation_y_h"], pair(row, "y_h"), None, NEED))
    return found + _spectrum(checks, data)


def best(data, level):
    """Row of the largest lattice and of all interactions for a step, or None."""
    table = data["mcrg"].query("level == @level")
    return table.sort_values(["L", "n_even"]).iloc[-1] if len(table) else None


def plateau(data, T, least=STATES):
    """Row of the spectrum at the edge that is judged, of the fewest states from ``least`` on, or None."""
    table = data["spectrum"]
    table = table[(table["L"] == EDGE) & (table["chi"] >= least) & ((table["T"] - T).abs() < 1e-9)]
    return table.sort_values("chi").iloc[0] if len(table) else None


def _spectrum(checks, data):
    critical = square.critical_temperature()
    row = plateau(data, critical)
    exact = {
        "central_charge": square.CENTRAL_CHARGE,
        "spin": square.SPIN_DIMENSION,
        "energy": square.ENERGY_DIMENSION,
    }
    found = [
        identity(
            "spectrum",
            checks["6.1-10", name],
            None if row is None else float(row[name]),
            value,
            NEED_SPECTRUM,
        )
        for name, value in exact.items()
    ]
    off = plateau(data, 1.03 * critical, least=0)
    value = None if off is None else float(off["spin"])
    return [*found, identity("spectrum", checks["6.1-10", "spin_off"], value, exact["spin"], NEED_SPECTRUM)]


def numbers(data):
    """What the chapter quotes of exponents and of the spectrum."""
    found = {}
    for name, level in STEPS.items():
        row = best(data, level)
        for kind in ("y_t", "y_h"):
            found[f"renormalization.{kind}.{name}"] = quoted("mcrg", pair(row, kind), NEED)
            value = None if row is None else float(row[f"{kind}_systematic"])
            found[f"renormalization.{kind}.{name}_systematic"] = quoted("mcrg", value, NEED)
    for rule in (*RULES, "decimation"):
        row = only(data["rules"], rule=rule)
        for kind in ("y_t", "y_h", "k_nearest"):
            found[f"renormalization.rule.{rule}_{kind}"] = quoted("rules", pair(row, kind), NEED)
    row = plateau(data, square.critical_temperature())
    for kind in ("central_charge", "spin", "energy", "chi"):
        value = None if row is None else float(row[kind])
        found[f"renormalization.spectrum.{kind}"] = quoted("spectrum", value, NEED_SPECTRUM)
    largest = number(data["mcrg"]["L"].max(), None, "", **source("mcrg")) if len(data["mcrg"]) else None
    return found | ({"renormalization.largest": largest} if largest else {})
