"""One Gaussian fitted to two by direct minimization, every mean by adaptive quadrature.

Shares no line with the theory, which solves the conditions of stationarity on a fixed grid.
D(Q||P) and D(P||Q) of Q = N(m, s^2) and P = [N(a, 1) + N(-a, 1)]/2, in nats.
"""

import math
from itertools import pairwise

from scipy.integrate import quad
from scipy.optimize import brentq, minimize, minimize_scalar

REACH = 10.0  # standard deviations
PRECISE = {"epsabs": 1e-11, "epsrel": 1e-10}


def _log_p(x, a):
    """ln P(x)."""
    return -((abs(x) - a) ** 2) / 2 + math.log1p(math.exp(-2 * a * abs(x))) - math.log(8 * math.pi) / 2


def _mean(function, m, s):
    """E_Q of a function, from both sides of the origin, where ln P bends most."""

    def integrand(x):
        return function(x) * math.exp(-(((x - m) / s) ** 2) / 2)

    low, high = m - REACH * s, m + REACH * s
    parts = [(low, 0.0), (0.0, high)] if low < 0 < high else [(low, high)]
    return sum(quad(integrand, *part, **PRECISE)[0] for part in parts) / (s * math.sqrt(2 * math.pi))


def divergence(m, s, a):
    """D(Q||P) in nats."""
    return -math.log(s) - (1 + math.log(2 * math.pi)) / 2 - _mean(lambda x: _log_p(x, a), m, s)


def forward_divergence(m, s, a):
    """D(P||Q) in nats."""

    # P is even: the mean over one mode of the even part is the mean over both.
    def integrand(x):
        even = ((((x - m) / s) ** 2 + ((x + m) / s) ** 2) / 2 + math.log(2 * math.pi)) / 2 + math.log(s)
        return _log_p(x, a) + even

    return _mean(integrand, a, 1.0)


def below(m, s, a, places=400):
    """The part of D(Q||P) that comes from where Q < P, in nats: never above zero."""

    def ratio(x):
        return -(((x - m) / s) ** 2 + math.log(2 * math.pi)) / 2 - math.log(s) - _log_p(x, a)

    def integrand(x):
        return ratio(x) * math.exp(-(((x - m) / s) ** 2) / 2) / (s * math.sqrt(2 * math.pi))

    low, high = min(-a, m) - REACH * max(s, 1.0), max(a, m) + REACH * max(s, 1.0)
    grid = [low + (high - low) * k / places for k in range(places + 1)]
    ends = [brentq(ratio, x, y) for x, y in pairwise(grid) if ratio(x) * ratio(y) < 0]
    parts = [part for part in pairwise([low, *ends, high]) if ratio(sum(part) / 2) < 0]
    return sum(quad(integrand, *part, **PRECISE)[0] for part in parts)


def fit(a, start, goal=divergence):
    """The local minimum of a divergence that Nelder and Mead's simplex reaches.

    Parameters
    ----------
    a : float
        Half the distance of the modes.
    start : (float, float)
        m and s to begin with.
    goal : callable
        `divergence` or `forward_divergence`.

    Returns
    -------
    m, s, D : float
    """

    def value(x):
        return goal(x[0], math.exp(x[1]), a)

    options = {"xatol": 1e-7, "fatol": 1e-11, "maxiter": 2000}
    found = minimize(value, [start[0], math.log(start[1])], method="Nelder-Mead", options=options)
    return float(found.x[0]), math.exp(found.x[1]), float(found.fun)


def _least(goal, low, high, precision):
    """Minimum of a function of one variable between two bounds, by Brent's method."""
    return minimize_scalar(goal, bounds=(low, high), method="bounded", options={"xatol": precision})


def switch(low, high):
    """The a between ``low`` and ``high`` at which one mode becomes the better fit."""

    def excess(a):
        broad = _least(lambda s: divergence(0.0, s, a), 1.0, 2 * a, 1e-7)
        return fit(a, (a, 1.0))[2] - broad.fun

    return float(brentq(excess, low, high, xtol=1e-9))


def spinodal(low, high):
    """The smallest a at which D(Q||P) has a minimum away from m = 0.

    For every m there is one a at which D, already minimized over s, is flat at m. Along the fits of one
    mode this a has a minimum: the fold where they begin.

    Parameters
    ----------
    low, high : float
        Between which m of the fold lies.
    """

    def flat(m):
        return brentq(lambda a: _slope(m, a), 1.5, 6.0, xtol=1e-9)

    return float(_least(flat, low, high, 1e-4).fun)


def _slope(m, a):
    """d/dm of min_s D(Q||P): at the best s only the explicit m counts."""
    s = _least(lambda s: divergence(m, s, a), 0.5, 2.0, 1e-6).x
    return m - a * _mean(lambda x: math.tanh(a * x), m, s)
