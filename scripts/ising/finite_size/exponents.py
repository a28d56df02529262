"""Exponents and the logarithm of the specific heat from sizes at Tc; J = k_B = 1."""

from typing import NamedTuple

import numpy as np

from scripts.common import fits
from scripts.ising.finite_size.points import TC, values_at_tc

BACKGROUND = 7 / 4  # omega of the leading corrections; see the package's docstring
FIELD_COUPLING = 1.0


class PowerLaw(NamedTuple):
    """An exponent as sign * p + offset, from column ~ L^p at Tc.

    ``omega`` is the power of the correction that is fitted. Where it is None none is:
    ``bound`` is then the largest |b| of a term 1 + b L^-7/4 that exact moments of tori
    allow (they give b = -0.06 for <|m|> and -0.15 for <m^2> at L = 8 .. 12).
    """

    column: str
    sign: int
    offset: int
    omega: float | None
    bound: float = 0.0


EXPONENTS = {
    "beta_over_nu": PowerLaw("abs_magnetization", -1, 0, None, 0.1),
    "gamma_over_nu": PowerLaw("squared_magnetization", 1, 2, None, 0.2),
    "gamma_over_nu_connected": PowerLaw("susceptibility", 1, 0, BACKGROUND),
    "inverse_nu": PowerLaw("binder_slope", 1, 0, BACKGROUND),
    "inverse_nu_abs_magnetization": PowerLaw("dln_abs_magnetization", 1, 0, FIELD_COUPLING),
    "inverse_nu_squared_magnetization": PowerLaw("dln_squared_magnetization", 1, 0, FIELD_COUPLING),
}


def exponent_scan(data, omega):
    """Power laws at Tc for every smallest size: dict of float to Fit.

    Parameters
    ----------
    data : float64[3, n]
        L, value, err, from `values_at_tc`.
    omega : float or None
        Power of the correction; None for none.
    """
    fewest = 2 if omega is None else 3
    return fits.smallest_size_scan(
        lambda size, y, err: fits.power_law(size, y, err, correction=omega), *data, fewest=fewest
    )


def correction_shift(size, relative_err, bound):
    """Largest shift of a fitted power of L by an unfitted factor 1 + b L^-7/4, |b| <= bound."""
    return abs(fits.log_law(size, bound * size**-BACKGROUND, relative_err)["slope"].value)


def inverse(value, err):
    """1/value and its error: nu from 1/nu."""
    return 1 / value, err / value**2


def specific_heat_law(table):
    """The logarithm of the specific heat at Tc.

    At Tc, ln Z/N = regular + L^-2 F(tau L) gives c a term in 1/L, because tau = 2 sqrt(2) (dK -
    dK^2/sqrt(2)) is not linear in K. The energy contains the same F'(0): that term is
    sqrt(2) Kc^2 (e + sqrt(2)) exactly, and is subtracted as measured.

    Parameters
    ----------
    table : pandas.DataFrame
        With ``specific_heat`` and ``energy``, at least two sizes.

    Returns
    -------
    Fit
        c - sqrt(2) Kc^2 (e + sqrt(2)) = slope ln L + constant. Exactly, slope =
        8 Kc^2/pi = 0.494538...: Ferdinand and Fisher, Phys. Rev. 185, 832 (1969),
        doi:10.1103/PhysRev.185.832.
    """
    size, heat, err = values_at_tc(table, "specific_heat")
    energy = values_at_tc(table, "energy")[1]
    linear = np.sqrt(2) / TC**2 * (energy + np.sqrt(2))
    return fits.log_law(size, heat - linear, err)
