"""Universality: row 6.3-05."""

import numpy as np

from scripts.common.claims.findings import Found, known, quoted, row_where
from scripts.renormalization.claims.shared import pair, source
from scripts.renormalization.theory import square

PUBLISHED = (0.610690, 1e-6)
"""G. Kamieniarz and H. W. J. Bloete, J. Phys. A 26, 201 (1993), doi:10.1088/0305-4470/26/2/009."""
NEED = "16 or more in renormalization.universality.sizes"
EXACT_EDGE, SMALL_EDGE = 8, 4  # of tori whose moments are exact
EXPONENTS = {"y_t": square.Y_T, "y_h": square.Y_H}
POTTS = {"y_t": 6 / 5, "y_h": 28 / 15}
"""Of the class of three states instead of two (den Nijs 1979; Nienhuis, Riedel and Schick 1980)."""


def findings(data):
    """What row 6.3-05 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``universality`` and ``binder``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    u4 = [
        ("6.3-05", "u4_square", largest(data, "square"), PUBLISHED, NEED),
        ("6.3-05", "u4_square_diagonal", largest(data, "square_diagonal"), PUBLISHED, NEED),
        ("6.3-05", "u4_triangular", largest(data, "triangular"), limit(data, "triangular"), NEED),
        ("6.3-05", "u4_off", largest(data, "triangular_off"), limit(data, "triangular"), NEED),
    ]
    exponents = [
        ("6.3-05", f"{kind}_{name}", exponent(data, name, kind), exact, NEED)
        for name in ("square", "square_diagonal", "triangular")
        for kind, exact in EXPONENTS.items()
    ]
    return [(source("universality"), u4 + exponents)]


def exponent(data, lattice, kind):
    """y_t of dU4/dK ~ L^y_t or y_h of <m^2> ~ L^(2 y_h - 4), from an exact torus to the largest lattice.

    Returns
    -------
    Found or None
    """
    small = row_where(data["binder"], lattice=lattice, L=EXACT_EDGE)
    large = _largest_row(data, lattice)
    if large["L"] <= EXACT_EDGE:
        return None
    name = "slope" if kind == "y_t" else "m2"
    octaves, ratio = np.log2(large["L"] / EXACT_EDGE), large[name] / small[name]
    if not ratio > 0:
        return None
    power = np.log2(ratio) / octaves
    error = large[f"{name}_err"] / large[name] / np.log(2) / octaves
    return Found(power, error, 63) if kind == "y_t" else Found(2 + power / 2, error / 2, 63)


def exponent_drift(data, lattice, kind):
    """What corrections to scaling may leave: a third of the change since the tori of 4 and 8, or None.

    They halve with each octave or die out faster, and the exponent is a mean over two octaves or more.
    """
    found = exponent(data, lattice, kind)
    rows = [row_where(data["binder"], lattice=lattice, L=L) for L in (SMALL_EDGE, EXACT_EDGE)]
    name = "slope" if kind == "y_t" else "m2"
    power = np.log2(rows[1][name] / rows[0][name])
    return found and ((power if kind == "y_t" else 2 + power / 2) - found[0]) / 3


def _largest_row(data, lattice):
    table = data["universality"]
    return table[table["lattice"] == lattice].sort_values("L").iloc[-1]


def largest(data, lattice):
    """Binder parameter of the largest size; the error holds that of the critical coupling."""
    row = _largest_row(data, lattice)
    return known(Found(float(row["u4"]), float(np.hypot(row["u4_err"], row["slope"] * row["K_err"])), 63))


def size_effect(data, lattice):
    """What the largest size may still lack of the limit: that of the exact torus, shrunk with the edge."""
    torus = row_where(data["binder"], lattice=lattice, L=EXACT_EDGE)
    end = limit(data, "triangular")[0] if lattice == "triangular" else PUBLISHED[0]
    return (torus["u4"] - end) * EXACT_EDGE / _largest_row(data, lattice)["L"]


def limit(data, lattice):
    """Limit of the exact Binder parameters of small tori."""
    return pair(row_where(data["binder"], lattice=lattice, L=0), "u4")


def numbers(data):
    """What the chapter quotes of the three lattices."""
    exact = {f"{name}_exact": limit(data, name) for name in ("square", "triangular")}
    u4 = {name: largest(data, name) for name in ("square", "square_diagonal", "triangular")}
    k = pair(row_where(data["universality"], lattice="square_diagonal"), "K")
    found = (
        quoted("renormalization.u4", source("binder"), "", NEED, **exact)
        | quoted("renormalization.u4", source("universality"), "", NEED, **u4)
        | quoted("renormalization.square_diagonal", source("universality"), "", NEED, k=k)
    )
    found |= quoted(
        "renormalization.u4", source("binder"), **{f"{name}_drift": size_effect(data, name) for name in u4}
    )
    for name in u4:
        exponents = {kind: exponent(data, name, kind) for kind in EXPONENTS}
        exponents |= {f"{kind}_drift": exponent_drift(data, name, kind) for kind in EXPONENTS}
        found |= quoted(f"renormalization.{name}", source("universality"), "", NEED, **exponents)
    away = {kind: potts_distance(data, kind) for kind in EXPONENTS}
    return found | quoted("renormalization.potts", source("universality"), "", NEED, **away)


def potts_distance(data, kind):
    """How many errors, corrections included, the triangular lattice lies from the Potts class; or None."""
    found = exponent(data, "triangular", kind)
    if found is None:
        return None
    error = np.hypot(found.error, exponent_drift(data, "triangular", kind))
    return abs(found.value - POTTS[kind]) / error
