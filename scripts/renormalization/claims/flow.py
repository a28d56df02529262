"""The flow of inferred couplings, and free energies of tensors: parts of 6.1-07 to 6.1-09, 6.2-08, 6.3-05."""

from scripts.common.claims.findings import less, quoted, row_where, where
from scripts.renormalization.claims.shared import extreme, nearest, pair, source
from scripts.renormalization.theory import square

NEED = "64 in renormalization.ensembles.sizes, with T = 2.269185314213022"
NEED_HOT = "64 in renormalization.ensembles.sizes, with a temperature of 2.34 or more"
NEED_NEAR = "64 in renormalization.ensembles.sizes, with a temperature of 2.24 or less"
NEED_BONDS = "in renormalization.tensors.bonds a number of 16 or more, and its half"
METHODS = ("trg", "hotrg")


def findings(data):
    """What the parts of rows 6.1-07 to 6.1-09, 6.2-08 and 6.3-05 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``flow``, ``rules`` and ``tensor_rg``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    critical = square.critical_temperature()
    cooler = nearest(where(data["flow"], system="square")["T"], above=False, least=0.01)
    other = None if cooler is None else coupling(data, 0, cooler)
    flows = [
        ("6.1-07", "inverse", coupling(data, 0), 1 / critical, NEED),
        ("6.1-07", "inverse_off", other, 1 / critical, NEED_NEAR),
        ("6.1-07", "diagonal_before", coupling(data, 0, name="k_diagonal"), 0.0, NEED),
        ("6.1-07", "plaquette_before", coupling(data, 0, name="k_plaquette"), 0.0, NEED),
        ("6.1-07", "diagonal", coupling(data, 1, name="k_diagonal"), 0.0, NEED),
        ("6.1-08", "disordered", step(data, 2, hot(data)), 0.0, NEED_HOT),
        ("6.1-09", "arrives", step(data, 3), 0.0, NEED),
        ("6.1-09", "leaves", step(data, 3, hot(data)), None, NEED_HOT),
        ("6.3-05", "washed", apart(data, 3), 0.0, NEED),
        ("6.3-05", "details", apart(data, 0), None, NEED),
    ]
    tensors = [("6.1-07", method, convergence(data, method), 1.0, NEED_BONDS) for method in METHODS]
    return [(source("flow"), flows), (source("tensor_rg"), tensors)]


def hot(data):
    """The highest temperature of the flows, or None."""
    return extreme(where(data["flow"], system="square")["T"])[1]


def coupling(data, level, T=None, name="k_nearest", L=None):
    """A coupling of the square lattice, of one size or of the largest, after some steps, or None."""
    return pair(_plain(data, level, T, L), name)


def _plain(data, level, T=None, L=None):
    """Row of the square lattice, of one size or of the largest, after some steps, or None."""
    rows = where(data["flow"], system="square", level=level, T=T or square.critical_temperature())
    return row_where(rows.sort_values("L", ascending=False), **({} if L is None else {"L": L}))


def step(data, level, T=0.0):
    """Change of K1 in one step, or None; T is None where there is no such temperature."""
    return None if T is None else less(coupling(data, level, T), coupling(data, level - 1, T))


def apart(data, level):
    """K1 of the lattice with diagonals less that of the plain one of the same size, both at T_c, or None."""
    other = row_where(data["flow"], system="square_diagonal", level=level)
    return less(pair(other, "k_nearest"), None if other is None else coupling(data, level, L=other["L"]))


def sizes(data):
    """Edges of the lattices behind the flows: at T_c, of the two that are compared, and off T_c; or None."""
    other = row_where(data["flow"], system="square_diagonal", level=0)
    rows = {"critical": _plain(data, 0), "apart": other, "hot": hot(data) and _plain(data, 0, hot(data))}
    return {name: None if row is None else int(row["L"]) for name, row in rows.items()}


def remaining(first, second):
    """What a third step leaves of a distance that two steps have changed to this: the same factor again."""
    if first is None or second is None:
        return None
    return second[0] ** 2 / abs(first[0])


def tensor_error(data, method, chi):
    """Relative error of the free energy at T_c against Onsager's, or None."""
    row = row_where(data["tensor_rg"], method=method, chi=chi, T=square.critical_temperature())
    return None if row is None else abs(row["ln_z_per_site"] / row["exact"] - 1)


def convergence(data, method):
    """Error with the most states over the change since half as many, or None: below one, if both converge."""
    table = where(data["tensor_rg"], method=method, T=square.critical_temperature())
    chi = table["chi"].max()
    half = row_where(table, chi=chi // 2)
    if chi < 16 or half is None:
        return None
    most = row_where(table, chi=chi)
    change = abs(most["ln_z_per_site"] / half["ln_z_per_site"] - 1)
    return tensor_error(data, method, chi) / change


def numbers(data):
    """What the chapter quotes of flows and of free energies."""
    edges, T, name = sizes(data), hot(data), "renormalization.flow"
    cold, warm = {f"size_{key}": edges[key] for key in ("critical", "apart")}, {"size_hot": edges["hot"]}
    for level in range(4):
        for kind in ("k_nearest", "k_diagonal"):
            cold[f"{kind}_{level}"] = coupling(data, level, name=kind)
        difference = apart(data, level)
        cold[f"apart_{level}"] = difference and difference._replace(value=abs(difference.value))
        warm[f"hot_{level}"] = T and coupling(data, level, T)
    cold["arrives_left"] = remaining(step(data, 1), step(data, 2))
    cold["washed_left"] = remaining(apart(data, 1), apart(data, 2))
    found = quoted(name, source("flow"), "", NEED, **cold)
    found |= quoted(name, source("flow"), "", NEED_HOT, **warm)
    for method in METHODS:
        for chi in (16, 24):
            error = {f"error_{chi}": tensor_error(data, method, chi)}
            needs = f"{chi} in renormalization.tensors.bonds"
            found |= quoted(f"renormalization.{method}", source("tensor_rg"), "", needs, **error)
    return found
