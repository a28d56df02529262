"""Critical exponents against the exact ones and those of mean field: row 6.1-02."""

import functools
import math

import numpy as np

from scripts.common.claims.findings import Found, quoted, row_where
from scripts.common.fits import power_law
from scripts.ising.claims.points import NEAR, REPLICAS
from scripts.ising.finite_size import correction_shift
from scripts.ising.theory import curie_weiss, onsager, transfer_matrix

SOURCE = {"data": "ising/tables/exponents.csv", "rule": "ising_scaling"}
NEEDS = "three of ising.sizes, several ising.temperatures near T_c, and T_c itself to 16 digits"
BETA_OVER_NU, GAMMA_OVER_NU, NU = 1 / 8, 7 / 4, 1.0
NEED_NEAR = f"two of ising.sizes and '{NEAR}' in ising.temperatures"
TABLE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
CORRECTIONS = (7 / 4, 11 / 4)  # powers of 1/L by which U4 of the torus approaches its limit
CORRECTION_BOUND = 0.1  # of <|m|>, as in finite_size


def findings(data):
    """What row 6.1-02 compares.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``exponents`` and ``thermodynamics``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    exact = {
        "binder": ("binder_star", universal_binder()),
        "beta_over_nu": ("beta_over_nu", BETA_OVER_NU),
        "gamma_over_nu": ("gamma_over_nu", GAMMA_OVER_NU),
        "nu": ("nu", NU),
        "logarithm": ("specific_heat_slope", onsager.specific_heat_amplitude()),
    }
    table = data["exponents"]
    found = [("6.1-02", part, fitted(table, name), x, NEEDS) for part, (name, x) in exact.items()]
    off = magnetization_exponent(data["thermodynamics"].query("h == 0"), float(NEAR))
    return [(SOURCE, found), (TABLE, [("6.1-02", "off_critical", off, BETA_OVER_NU, NEED_NEAR)])]


def fitted(exponents, name):
    """A fitted number and its total error.

    Parameters
    ----------
    exponents : pandas.DataFrame
        ``exponents.csv``.
    name : str

    Returns
    -------
    Found or None
        The error is statistical and that of corrections in quadrature; None if there was no fit.
    """
    row = row_where(exponents, exponent=name)
    if row is None:
        return None
    error = math.hypot(row["value_err"], row["correction_err"])
    return Found(float(row["value"]), error, n_effective=REPLICAS)


def magnetization_exponent(table, temperature):
    """The fit of beta/nu, made at another temperature than T_c.

    Parameters
    ----------
    table : pandas.DataFrame
        ``thermodynamics.csv`` at h = 0.
    temperature : float

    Returns
    -------
    Found or None
        -d ln<|m|> / d ln L over all sizes, and its error; None with fewer than two sizes.
    """
    rows = table[np.abs(table["T"].astype(float) - temperature) < 1e-6].sort_values("L")
    if len(rows) < 2:
        return None
    size, y, err = rows[["L", "abs_magnetization", "abs_magnetization_err"]].to_numpy(dtype=float).T
    fit = power_law(size, y, err)["exponent"]
    error = math.hypot(fit.err, correction_shift(size, err / y, CORRECTION_BOUND))
    return Found(-fit.value, error, n_effective=REPLICAS)


@functools.lru_cache(maxsize=1)
def universal_binder():
    """U4 of the infinite torus at T_c from those of L <= 10.

    Returns
    -------
    value : float
        Through L = 8, 9, 10 by U4 + a L^-7/4 + b L^-11/4.
    error : float
        What L = 6, 7, 8 give instead, less ``value``: larger than the step from 7, 8, 9.
    """
    tc = onsager.critical_temperature()
    exact = {L: transfer_matrix.observables(L, tc)["binder"] for L in range(6, 11)}

    def limit(sizes):
        design = [[1.0, *(float(L) ** -power for power in CORRECTIONS)] for L in sizes]
        return float(np.linalg.solve(design, [exact[L] for L in sizes])[0])

    value = limit((8, 9, 10))
    return value, abs(limit((6, 7, 8)) - value)


def numbers(data):
    """What the chapter quotes of the exponents, by key."""
    names = ("beta_over_nu", "gamma_over_nu", "gamma_over_nu_connected", "nu", "specific_heat_slope")
    exact = {
        "specific_heat_slope_exact": onsager.specific_heat_amplitude(),
        "binder_critical_exact": universal_binder(),
        "binder_mean_field": curie_weiss.critical_moments()[1],
    }
    found = {name: fitted(data["exponents"], name) for name in names}
    return quoted("ising", SOURCE, "", NEEDS, **found) | quoted("ising", SOURCE, **exact)
