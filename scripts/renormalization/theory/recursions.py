r"""Renormalization by closed recursions, K = 1/T, J = k_B = 1.

- One dimension, exact: summing over every second spin of a chain in a field.
- Migdal-Kadanoff in d dimensions: b^(d-1) bonds are moved together, then spins between are summed over
  (Migdal, Sov. Phys. JETP 42, 743 (1975); Kadanoff, Ann. Phys. 100, 359 (1976),
  doi:10.1016/0003-4916(76)90066-X):  tanh K' = tanh^b(b^(d-1) K).
- Niemeijer-van Leeuwen, triangular lattice, majority of three, first cumulant (Phys. Rev. Lett. 31, 1411
  (1973),
  doi:10.1103/PhysRevLett.31.1411):  K' = 2 K phi^2,  phi = (e^{3K} + e^{-K}) / (e^{3K} + 3 e^{-K}).
"""

import math
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq


class FixedPoint(NamedTuple):
    """A nontrivial fixed point and its exponents.

    Attributes
    ----------
    K : float
        Coupling K*.
    y_t, y_h : float
        ln of the eigenvalue over ln b, thermal and magnetic; nu = 1 / y_t.
    """

    K: float
    y_t: float
    y_h: float


def decimated(K, h):
    """One exact step of a chain with K s s' on each bond and h s on each site.

    Parameters
    ----------
    K, h : float
        Coupling and field, both over T.

    Returns
    -------
    K, h, g : float
        New coupling and field, and the constant: each pair of old sites leaves a factor e^g.
    """
    plus, minus, zero = math.cosh(2 * K + h), math.cosh(2 * K - h), math.cosh(h)
    coupling = 0.25 * math.log(plus * minus / zero**2)
    field = h + 0.5 * math.log(plus / minus)
    constant = math.log(2) + 0.25 * math.log(plus * minus * zero**2)
    return coupling, field, constant


def chain_log_z(K, h, n):
    """ln Z of a ring of n spins, by its transfer matrix."""
    root = math.sqrt(math.exp(2 * K) * math.sinh(h) ** 2 + math.exp(-2 * K))
    large, small = (math.exp(K) * math.cosh(h) + sign * root for sign in (1, -1))
    return n * math.log(large) + math.log1p((small / large) ** n)


def migdal_kadanoff(K, b=2, d=2):
    """The coupling after one step; K may be an array."""
    return np.arctanh(np.tanh(b ** (d - 1) * np.asarray(K, dtype=float)) ** b)


def migdal_kadanoff_point(b=2, d=2):
    """Fixed point of `migdal_kadanoff`; the field of a bond moves with it.

    With b = 2 and K~ = b^(d-1) K its eigenvalue is b^(d-1) (1 + tanh 2 K~).

    Parameters
    ----------
    b : int
        Only 2 has a simple magnetic exponent; others give nan for it.
    d : int

    Returns
    -------
    FixedPoint
    """
    K = brentq(lambda x: migdal_kadanoff(x, b, d) - x, 1e-3, 1.0, xtol=1e-15)
    moved = b ** (d - 1) * K
    slope = (
        b
        * math.tanh(moved) ** (b - 1)
        * b ** (d - 1)
        / math.cosh(moved) ** 2
        / (1 - math.tanh(moved) ** (2 * b))
    )
    field = b ** (d - 1) * (1 + math.tanh(2 * moved)) if b == 2 else math.nan
    return FixedPoint(K, math.log(slope) / math.log(b), math.log(field) / math.log(b))


def infinitesimal_point(d=2):
    """The limit b -> 1: dK/dl = (d - 1) K + (1/2) sinh 2K ln tanh K.

    In two dimensions its K* is the exact one, (1/2) ln(1 + sqrt 2). No magnetic exponent.
    """

    def flow(K):
        return (d - 1) * K + 0.5 * math.sinh(2 * K) * math.log(math.tanh(K))

    K = brentq(flow, 1e-3, 2.0, xtol=1e-15)
    return FixedPoint(K, d + math.cosh(2 * K) * math.log(math.tanh(K)), math.nan)


def niemeijer_van_leeuwen(K):
    """The coupling after one step on the triangular lattice; K may be an array."""
    return 2 * K * _share(K) ** 2


def _share(K):
    """<s s'>-weight of one corner of a triangle whose majority is given."""
    x = np.exp(-4 * np.asarray(K, dtype=float))
    return (1 + x) / (1 + 3 * x)


def niemeijer_van_leeuwen_point():
    """Fixed point of `niemeijer_van_leeuwen`, b = sqrt 3."""
    K = brentq(lambda x: niemeijer_van_leeuwen(x) - x, 0.1, 1.0, xtol=1e-15)
    x = math.exp(-4 * K)
    share = (1 + x) / (1 + 3 * x)
    change = 8 * x / (1 + 3 * x) ** 2  # d share / dK
    slope = 2 * share**2 + 4 * K * share * change
    half_log3 = 0.5 * math.log(3)
    return FixedPoint(K, math.log(slope) / half_log3, math.log(3 * share) / half_log3)


def orbit(step, K, n, largest=5.0):
    """K, step(K), step(step(K)), ..., n + 1 values; stops where ``largest`` is passed.

    Returns
    -------
    list of float
    """
    values = [float(K)]
    while len(values) <= n and values[-1] < largest:
        values.append(float(step(values[-1])))
    return values


def log_slope(step, point, distance=1e-5):
    """ln of the factor by which a small distance from a fixed point grows in one step.

    Parameters
    ----------
    step : callable
    point : float
        K*.
    distance : float
        On both sides, whose mean is taken, so that the quadratic part cancels.

    Returns
    -------
    float
    """
    growth = [math.log(abs(float(step(point + d)) - point) / distance) for d in (distance, -distance)]
    return 0.5 * sum(growth)
