r"""Exact numbers of the square lattice, J = k_B = 1, and the exponents of its universality class.

Onsager, Phys. Rev. 65, 117 (1944), doi:10.1103/PhysRev.65.117.
"""

import functools
import math

import numpy as np

Y_T, Y_H, ETA = 1.0, 15.0 / 8.0, 0.25
CENTRAL_CHARGE, SPIN_DIMENSION, ENERGY_DIMENSION = 0.5, 0.125, 1.0
CATALAN = 0.915965594177219015
TRIANGULAR_K = math.log(3.0) / 4.0
"""Critical coupling of the triangular lattice (Houtappel 1950)."""


def critical_temperature():
    """T_c = 2 / ln(1 + sqrt 2)."""
    return 2.0 / math.log1p(math.sqrt(2.0))


def log_z_per_site(T):
    """ln Z / N of the infinite lattice; by Gauss-Legendre quadrature.

    Parameters
    ----------
    T : float

    Returns
    -------
    float
        To rounding; where k is 1 to rounding, the integral is 2 G / pi - ln 2 with Catalan's constant G.
    """
    K = 1.0 / T
    k = 2 * math.sinh(2 * K) / math.cosh(2 * K) ** 2
    if abs(k - 1) < 1e-12:
        return math.log(2 * math.cosh(2 * K)) + 2 * CATALAN / math.pi - math.log(2.0)
    nodes, weights = _gauss()
    # theta = pi/2 - u^3 bunches the points where the square root nearly vanishes
    end = (math.pi / 2) ** (1 / 3)
    u = 0.5 * end * (nodes + 1)
    root = np.sqrt(np.maximum(1 - (k * np.cos(u**3)) ** 2, 0.0))
    values = np.log(0.5 * (1 + root)) * 3 * u**2
    return math.log(2 * math.cosh(2 * K)) + 0.5 * end * float(weights @ values) / math.pi


@functools.cache
def _gauss():
    return np.polynomial.legendre.leggauss(300)
