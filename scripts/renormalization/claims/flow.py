"""The flow of inferred couplings, and free energies of tensors: parts of 6.1-07 to 6.1-09, 6.2-08, 6.3-05."""

from scripts.renormalization.claims.shared import extreme, identity, judged, less, only, pair, quoted
from scripts.renormalization.theory import square

NEED = "64 in renormalization.ensembles.sizes, with T = 2.269185314213022"
NEED_HOT = "64 in renormalization.ensembles.sizes, with a temperature of 2.34 or more"
NEED_COLD = "32 and 64 in renormalization.ensembles.sizes, with a temperature of 2.20 or less"
BARS = {("hotrg", 16): 6e-7, ("hotrg", 24): 2e-7, ("trg", 24): 1.2e-6}


def records(checks, data):
    """Records from ``flow``, ``rules`` and ``tensor_rg``.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of dict
    """
    critical = square.critical_temperature()
    start = coupling(data, 0)
    values = [
        ("6.1-07", "inverse", start, 1 / critical, NEED),
        ("6.1-07", "inverse_off", start, 1 / (1.01 * critical), NEED),
        ("6.1-07", "diagonal", coupling(data, 1, name="k_diagonal"), 0.0, NEED),
        ("6.1-08", "disordered", step(data, 2, hot(data)), 0.0, NEED_HOT),
        ("6.1-08", "not_upwards", step(data, 2, hot(data)), 0.0, NEED_HOT),
        ("6.1-09", "arrives", step(data, 3), 0.0, NEED),
        ("6.1-09", "leaves", step(data, 3, hot(data)), 0.0, NEED_HOT),
        ("6.3-05", "washed", apart(data, 3), 0.0, NEED),
        ("6.3-05", "details", apart(data, 0), 0.0, NEED),
    ]
    found = [judged("flow", checks[row, part], *rest) for row, part, *rest in values]
    soft = pair(only(data["rules"], rule="kadanoff"), "difference")
    found.append(judged("rules", checks["6.2-08", "same_point"], soft, 0.0, NEED))
    return found + _free_energies(checks, data)


def hot(data):
    """The highest temperature of the flows, or None."""
    table = data["flow"].query("system == 'square'")
    return extreme(table["T"])[1]


def coupling(data, level, T=None, name="k_nearest", L=None):
    """A coupling of the square lattice, of one size or of the largest, after some steps, or None."""
    return pair(_plain(data, level, T, L), name)


def _plain(data, level, T=None, L=None):
    """Row of the square lattice, of one size or of the largest, after some steps, or None."""
    table = data["flow"].query("system == 'square' and level == @level")
    table = table[(table["T"].astype(float) - (T or square.critical_temperature())).abs() < 1e-9]
    table = table if L is None else table[table["L"] == L]
    return table.sort_values("L").iloc[-1] if len(table) else None


def step(data, level, T=0.0):
    """Change of K1 in one step, or None; T is None where there is no such temperature."""
    return None if T is None else less(coupling(data, level, T), coupling(data, level - 1, T))


def apart(data, level):
    """K1 of the lattice with diagonals less that of the plain one of the same size, both at T_c, or None."""
    other = only(data["flow"].query("system == 'square_diagonal'"), level=level)
    return less(pair(other, "k_nearest"), None if other is None else coupling(data, level, L=other["L"]))


def sizes(data):
    """Edges of the lattices behind the flows: at T_c, of the two that are compared, and off T_c; or None."""
    other = only(data["flow"].query("system == 'square_diagonal'"), level=0)
    rows = {"critical": _plain(data, 0), "apart": other, "hot": hot(data) and _plain(data, 0, hot(data))}
    return {name: None if row is None else int(row["L"]) for name, row in rows.items()}


def _size(found):
    """The difference without its sign, or None."""
    return None if found is None else (abs(found[0]), found[1])


def _free_energies(checks, data):
    critical, found = square.critical_temperature(), []
    for (method, chi), bar in BARS.items():
        row = only(data["tensor_rg"], method=method, chi=chi, T=critical)
        value = None if row is None else float(row["relative_error"])
        need = f"{chi} in renormalization.tensors.bonds"
        found.append(identity("tensor_rg", checks["6.1-07", f"{method}_{chi}"], value, bar, need))
    return found


def numbers(data):
    """What the chapter quotes of flows and of free energies."""
    needs = {"critical": NEED, "apart": NEED, "hot": NEED_HOT}
    found = {
        f"renormalization.flow.size_{name}": quoted("flow", size, needs[name])
        for name, size in sizes(data).items()
    }
    for level in range(4):
        for name in ("k_nearest", "k_diagonal", "k_plaquette"):
            value = coupling(data, level, name=name)
            found[f"renormalization.flow.{name}_{level}"] = quoted("flow", value, NEED)
        found[f"renormalization.flow.apart_{level}"] = quoted("flow", _size(apart(data, level)), NEED)
        found[f"renormalization.flow.hot_{level}"] = quoted(
            "flow", None if hot(data) is None else coupling(data, level, hot(data)), NEED_HOT
        )
    for method in ("trg", "hotrg"):
        for chi in (16, 24, 32):
            row = only(data["tensor_rg"], method=method, chi=chi, T=square.critical_temperature())
            value = None if row is None else float(row["relative_error"])
            key = f"renormalization.{method}.error_{chi}"
            found[key] = quoted("tensor_rg", value, f"{chi} in renormalization.tensors.bonds")
    return found
