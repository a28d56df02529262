"""Replica-symmetric theory at T > 0 (Amit, Gutfreund and Sompolinsky, Ann. Phys. 173, 30 (1987)).

    m = <tanh b(s z + m)>,  q = <tanh^2 b(s z + m)>,  s^2 = alpha r,  r = q / (1 - b(1 - q))^2,

with z a standard normal and b = 1/T. At a given T each s has one m(s) > 0, hence one q and r,
hence one load alpha = s^2 / r: the whole family of solutions is a curve in s, without iteration.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from scipy import optimize

from scripts.common.io import InputError

LEAST_TEMPERATURE = 0.005  # below it the grid of the normal average is too coarse for tanh
FINE = 0.04  # below it the grid has four times as many nodes
SCAN = 24  # values of s that bracket the largest load


class Solution(NamedTuple):
    """Overlap m, Edwards-Anderson parameter q, noise r of one phase."""

    m: float
    q: float
    r: float


def _normal_grid(T):
    """Nodes and weights of the normal average: tanh(s z / T) must be smooth on the scale of a step."""
    return _nodes(2001 if T >= FINE else 8001)


@cache
def _nodes(n):
    z = np.linspace(-10, 10, n)
    return z, np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) * (z[1] - z[0])


def averages(m, s, T):
    """<tanh>, <tanh^2> and <1 - tanh^2> = 1 - q of the local field s z + m at temperature T."""
    z, weight = _normal_grid(T)
    t = np.tanh((s * z + m) / T)
    return float(weight @ t), float(weight @ t**2), float(weight @ (1 - t**2))


def self_consistent_overlap(s, T):
    """The positive solution m of m = <tanh((s z + m)/T)>; 0.0 if there is none."""
    if T >= 1 or averages(1e-6, s, T)[0] <= 1e-6:
        return 0.0
    return optimize.brentq(lambda m: averages(m, s, T)[0] - m, 1e-6, 1.0, xtol=1e-15, rtol=1e-15)


def load(m, s, T):
    """alpha = s^2 / r of the solution with this m and s; 0.0 where the susceptibility would be negative."""
    _, q, free = averages(m, s, T)
    left = 1 - free / T
    return s**2 * left**2 / q if left > 0 and q > 0 else 0.0


def retrieval_load(s, T):
    """The load that belongs to s on the branch with m > 0; 0.0 where there is none."""
    m = self_consistent_overlap(s, T)
    return load(m, s, T) if m > 0 else 0.0


@cache
def largest_load(T):
    """The largest load with a retrieval state at temperature T, and s there (the line alpha_M(T)).

    Returns
    -------
    alpha, s : float
    """
    _check(T)
    sizes = np.linspace(0.04, 1.0, SCAN)
    loads = np.array([retrieval_load(s, T) for s in sizes])
    k = int(np.argmax(loads))
    if loads[k] == 0.0:  # close to T = 1 the whole branch lies below the first grid point
        sizes = np.geomspace(1e-5, 0.04, SCAN)
        loads = np.array([retrieval_load(s, T) for s in sizes])
        k = int(np.argmax(loads))
    low, high = sizes[max(k - 1, 0)] if k else sizes[0] / 10, sizes[min(k + 1, len(sizes) - 1)]
    found = optimize.minimize_scalar(
        lambda s: -retrieval_load(s, T),
        bounds=(low, high), method="bounded", options={"xatol": 1e-12},
    )  # fmt: skip
    return -float(found.fun), float(found.x)


def retrieval(alpha, T):
    """The retrieval state: the solution with the smaller noise.

    Returns
    -------
    Solution or None
        None where no retrieval state exists, above T_M(alpha).
    """
    limit, top = largest_load(T)
    if alpha > limit:
        return None
    s = optimize.brentq(lambda s: retrieval_load(s, T) - alpha, 1e-9, top, xtol=1e-15, rtol=1e-14)
    m = self_consistent_overlap(s, T)
    return Solution(m, averages(m, s, T)[1], s**2 / alpha)


def spin_glass(alpha, T):
    """The spin-glass state, m = 0; None above T_g = 1 + sqrt(alpha), where q = 0."""
    _check(T)
    if 1 + np.sqrt(alpha) <= T:
        return None

    # The load rises with s, from s = 0, where it is (T - 1)^2 or the susceptibility forbids the branch.
    def excess(s):
        return load(0.0, s, T) - alpha

    low = 1e-7
    high = max(1.0, 3 * np.sqrt(alpha))
    while excess(high) < 0:
        high *= 2
    s = optimize.brentq(excess, low, high, xtol=1e-15, rtol=1e-14)
    return Solution(0.0, averages(0.0, s, T)[1], s**2 / alpha)


def free_energy(alpha, T, solution):
    """Free energy per unit of a solution, with the energy counted without i = j; stationary in m, q and r."""
    m, q, r = solution
    z, weight = _normal_grid(T)
    s, beta = np.sqrt(alpha * r), 1 / T
    left = 1 - (1 - q) / T
    h = np.abs(s * z + m)
    entropy = weight @ (h + T * np.log1p(np.exp(-2 * h / T)))  # T ln(2 cosh(h/T))
    spread = alpha / (2 * beta) * (np.log(left) - beta * q / left)
    return float(alpha / 2 + m**2 / 2 + spread + alpha * beta * r * (1 - q) / 2 - entropy)


def energy(alpha, T, solution):
    """Energy per unit of a solution, -m^2/2 - alpha (R - 1)/2, from its mean square noise R.

    R is that of the overlaps themselves, R = r + (1 - q) / (1 - b (1 - q)): it counts their fluctuations in
    time, which r leaves out.
    """
    m, q, r = solution
    return float(-(m**2) / 2 - alpha / 2 * (r + (1 - q) / (1 - (1 - q) / T) - 1))


def paramagnetic_energy(alpha, T):
    """Energy per unit above T_g: -alpha / (2 (T - 1)), d(beta f)/d beta at m = q = 0."""
    return -alpha / (2 * (T - 1))


def instability(alpha, T, solution):
    """Replica symmetry is stable where this is below one: alpha <sech^4> / (T (1 - b(1-q)))^2.

    De Almeida and Thouless, J. Phys. A 11, 983 (1978), in the form of Amit et al. (1987).
    """
    m, _, r = solution
    z, weight = _normal_grid(T)
    s = np.sqrt(alpha * r)
    sech2 = 1 - np.tanh((s * z + m) / T) ** 2
    left = 1 - averages(m, s, T)[2] / T
    return float(alpha * (weight @ sech2**2) / (T * left) ** 2)


def _check(T):
    if T < LEAST_TEMPERATURE:
        raise InputError(f"temperature {T}: too low for this quadrature; allowed: T >= {LEAST_TEMPERATURE}")
