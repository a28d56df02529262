"""Universality: row 6.3-05."""

import numpy as np

from scripts.common.claims.findings import known, quoted, row_where
from scripts.renormalization.claims.shared import pair, source
from scripts.renormalization.theory import square

PUBLISHED = (0.610690, 1e-6)
"""G. Kamieniarz and H. W. J. Bloete, J. Phys. A 26, 201 (1993), doi:10.1088/0305-4470/26/2/009."""
MEAN_FIELD = 0.270520  # 1 - Gamma(1/4)^4 / (24 pi^2), of a quartic weight
NEED = "two sizes in renormalization.universality.sizes"


def findings(data):
    """What row 6.3-05 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``universality``, ``exponents`` and ``binder``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    u4 = [
        ("6.3-05", "u4_square", largest(data, "square"), PUBLISHED, NEED),
        ("6.3-05", "u4_square_diagonal", largest(data, "square_diagonal"), PUBLISHED, NEED),
        ("6.3-05", "u4_triangular", largest(data, "triangular"), limit(data, "triangular"), NEED),
        ("6.3-05", "mean_field", largest(data, "square"), MEAN_FIELD, NEED),
    ]
    exponents = [
        ("6.3-05", f"{kind}_{name}", pair(row_where(data["exponents"], lattice=name), kind), exact, NEED)
        for name in ("triangular", "square_diagonal")
        for kind, exact in (("y_t", square.Y_T), ("y_h", square.Y_H))
    ]
    return [(source("universality"), u4), (source("exponents"), exponents)]


def largest(data, lattice):
    """Binder parameter of the largest size; the error holds that of the critical coupling."""
    table = data["universality"]
    row = table[table["lattice"] == lattice].sort_values("L").iloc[-1]
    return known((float(row["u4"]), float(np.hypot(row["u4_err"], row["slope"] * row["K_err"]))))


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
    for name in u4:
        row = row_where(data["exponents"], lattice=name)
        exponents = {kind: pair(row, kind) for kind in ("y_t", "y_h")}
        found |= quoted(f"renormalization.{name}", source("exponents"), "", NEED, **exponents)
    return found
