"""Universality: row 6.3-05."""

import numpy as np

from scripts.renormalization.claims.shared import judged, only, pair, quoted
from scripts.renormalization.theory import square

PUBLISHED = (0.610690, 1e-6)
"""G. Kamieniarz and H. W. J. Bloete, J. Phys. A 26, 201 (1993), doi:10.1088/0305-4470/26/2/009."""
MEAN_FIELD = 0.270520  # 1 - Gamma(1/4)^4 / (24 pi^2), of a quartic weight
NEED = "two sizes in renormalization.universality.sizes"


def records(checks, data):
    """Records from ``universality``, ``exponents`` and ``binder``.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame

    Returns
    -------
    list of dict
    """
    references = {"square": PUBLISHED, "square_diagonal": PUBLISHED, "triangular": limit(data, "triangular")}
    found = [
        judged("universality", checks["6.3-05", f"u4_{name}"], largest(data, name), value, NEED, error)
        for name, (value, error) in references.items()
    ]
    found.append(
        judged("universality", checks["6.3-05", "mean_field"], largest(data, "square"), MEAN_FIELD, NEED)
    )
    for name in ("triangular", "square_diagonal"):
        row = only(data["exponents"], lattice=name)
        for kind, exact in (("y_t", square.Y_T), ("y_h", square.Y_H)):
            check = checks["6.3-05", f"{kind}_{name}"]
            found.append(judged("exponents", check, pair(row, kind), exact, NEED))
    return found


def largest(data, lattice):
    """Binder parameter of the largest size; the error holds that of the critical coupling."""
    table = data["universality"]
    row = table[table["lattice"] == lattice].sort_values("L").iloc[-1]
    return float(row["u4"]), float(np.hypot(row["u4_err"], row["slope"] * row["K_err"]))


def limit(data, lattice):
    """Limit of the exact Binder parameters of small tori."""
    return pair(only(data["binder"], lattice=lattice, L=0), "u4")


def numbers(data):
    """What the chapter quotes of the three lattices."""
    found = {
        f"renormalization.u4.{name}_exact": quoted("binder", limit(data, name), NEED)
        for name in ("square", "triangular")
    }
    for name in ("square", "square_diagonal", "triangular"):
        found[f"renormalization.u4.{name}"] = quoted("universality", largest(data, name), NEED)
        row = only(data["exponents"], lattice=name)
        for kind in ("y_t", "y_h"):
            found[f"renormalization.{name}.{kind}"] = quoted("exponents", pair(row, kind), NEED)
    row = only(data["universality"], lattice="square_diagonal")
    found["renormalization.square_diagonal.k"] = quoted("universality", pair(row, "K"), NEED)
    return found
