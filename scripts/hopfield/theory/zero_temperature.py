"""Replica-symmetric theory at T = 0: Amit, Gutfreund and Sompolinsky, Ann. Phys. 173, 30 (1987).

With y = m / sqrt(2 alpha r) the equations m = erf(y), C = sqrt(2 / (pi alpha r)) exp(-y^2),
r = 1/(1 - C)^2 become one,

    sqrt(2 alpha) = g(y) = erf(y)/y - (2/sqrt pi) exp(-y^2),

so every y belongs to one load. g has one maximum: beyond it no retrieval state exists.
"""

from functools import cache
from math import pi, sqrt

import numpy as np
from scipy import optimize, special

from scripts.common.io import InputError


def _g(y):
    return special.erf(y) / y - 2 / sqrt(pi) * np.exp(-(y**2))


def _slope(y):
    """y^2 times the derivative of g."""
    return 2 * y / sqrt(pi) * np.exp(-(y**2)) * (1 + 2 * y**2) - special.erf(y)


@cache
def capacity():
    """The largest load with a retrieval state, and the overlap there.

    Returns
    -------
    alpha_c, m_c : float
        0.1379..., 0.9674...
    """
    y = optimize.brentq(_slope, 1.0, 2.0, xtol=1e-15, rtol=1e-15)
    return float(_g(y) ** 2 / 2), float(special.erf(y))


def _root(alpha):
    alpha_c = capacity()[0]
    if not 0 < alpha <= alpha_c:
        raise InputError(f"load {alpha}: no retrieval state at T = 0; allowed: 0 < alpha <= {alpha_c:.6f}")
    top = optimize.brentq(_slope, 1.0, 2.0, xtol=1e-15, rtol=1e-15)
    target = sqrt(2 * alpha)
    if _g(top) <= target:
        return top
    return optimize.brentq(lambda y: _g(y) - target, top, 2 / target + 2, xtol=1e-15, rtol=1e-15)


def overlap(alpha):
    """Overlap m of the retrieval state with its pattern; `InputError` beyond the capacity."""
    return float(special.erf(_root(alpha)))


def noise(alpha):
    """Mean square overlap r of the other patterns, in units of 1/N."""
    y = _root(alpha)
    return float(special.erf(y) ** 2 / (2 * alpha * y**2))


def energy(alpha):
    """Energy per unit of the retrieval state, -(1/2N) sum_{i != j} W_ij s_i s_j.

    The T -> 0 limit of the free energy (`temperature.free_energy`).
    """
    return _energy(alpha, overlap(alpha), noise(alpha), _root(alpha))


def spin_glass_energy(alpha):
    """The same of the spin glass: with m = 0 the equations give r^(1/2) = 1 + (2 / (pi alpha))^(1/2)."""
    return _energy(alpha, 0.0, (1 + sqrt(2 / (pi * alpha))) ** 2, 0.0)


def _energy(alpha, m, r, y):
    C = sqrt(2 / (pi * alpha * r)) * np.exp(-(y**2))
    mean_field = m * special.erf(y) + sqrt(2 * alpha * r / pi) * np.exp(-(y**2))
    return float(alpha / 2 + m**2 / 2 - alpha / (2 * (1 - C)) + alpha * r * C / 2 - mean_field)


def ground_state_load():
    """Load up to which the retrieval state has the lowest energy, above it the spin glass; 0.0518543."""
    return float(optimize.brentq(lambda a: energy(a) - spin_glass_energy(a), 0.02, 0.1, xtol=1e-12))


def one_step_overlap(alpha):
    """What signal against noise gives without feedback: erf(1/sqrt(2 alpha)), as if r were 1."""
    return float(special.erf(1 / sqrt(2 * alpha)))
