r"""One Gaussian fitted to two: P = [N(a, 1) + N(-a, 1)]/2, Q = N(m, s^2), by its stationarity conditions.

With x = m + s z, z ~ N(0, 1), and ln P(x) = -(x^2 + a^2 + ln 2 pi)/2 + ln cosh(a x),

    D(Q||P) = (m^2 + s^2 + a^2 - 1)/2 - ln s - E ln cosh(a x),

stationary where m = a E tanh(a x), a self-consistent mean field, and 1/s^2 = 1 - a^2 E sech^2(a x).
At small a only m = 0 solves this. A second solution appears at a spinodal and wins at a switch: a
transition of first order. D(P||Q) has one minimum, m = 0 and s^2 = 1 + a^2, at every a.

Derived here. The mean E is a sum on a fine grid of z, whose error falls faster than any power.
"""

import numpy as np
from scipy.optimize import root

Z = np.linspace(-12.0, 12.0, 1921)
W = np.exp(-(Z**2) / 2) * (Z[1] - Z[0]) / np.sqrt(2 * np.pi)


def log_cosh(x):
    """ln cosh x, which does not overflow."""
    return np.logaddexp(x, -x) - np.log(2.0)


def reverse_divergence(m, s, a):
    """D(Q||P) in nats."""
    return float((m * m + s * s + a * a - 1) / 2 - np.log(s) - W @ log_cosh(a * (m + s * Z)))


def _conditions(m, s, a):
    t = np.tanh(a * (m + s * Z))
    return np.array([m - a * (W @ t), s - 1 / s - a * (W @ (Z * t))])


def hessian(m, s, a):
    """Second derivatives of D(Q||P) in (m, s), float64[2, 2]."""
    slope = a * a * (1 - np.tanh(a * (m + s * Z)) ** 2)
    mixed = -(W @ (Z * slope))
    return np.array([[1 - W @ slope, mixed], [mixed, 1 + 1 / s**2 - W @ (Z * Z * slope)]])


def stationary(a, start):
    """(m, s) where both derivatives vanish, by Newton's method from ``start``; None if there is none near."""
    found = root(lambda x: _conditions(x[0], np.exp(x[1]), a), [start[0], np.log(start[1])], tol=1e-13)
    m, s = found.x[0], np.exp(found.x[1])
    return (float(m), float(s)) if np.abs(_conditions(m, s, a)).max() < 1e-9 else None


def symmetric(a):
    """(0, s): one broad Gaussian over both modes."""
    return stationary(a, (0.0, np.sqrt(1 + a * a)))


def asymmetric(a):
    """(m, s) with m > 0, the fit of one mode; None below the spinodal."""
    found = stationary(a, (float(a), 1.0))
    return found if found is not None and found[0] > 1e-3 else None


def spinodal():
    """(a, m, s) where the fit of one mode first exists: there the smallest curvature vanishes too."""

    def conditions(x):
        a, m, s = x
        return [*_conditions(m, s, a), np.linalg.det(hessian(m, s, a))]

    return tuple(float(x) for x in root(conditions, [2.41, 2.1, 1.3], tol=1e-13).x)


def switch():
    """(a, D) where both fits are equally good."""

    def conditions(x):
        a, m, s, broad = x
        excess = reverse_divergence(m, s, a) - reverse_divergence(0.0, broad, a)
        return [*_conditions(m, s, a), _conditions(0.0, broad, a)[1], excess]

    a, m, s, _ = root(conditions, [2.8, 2.7, 1.05, 2.5], tol=1e-13).x
    return float(a), reverse_divergence(m, s, a)


def forward_fit(a):
    """(m, s) of least D(P||Q): the moments of P."""
    return 0.0, float(np.sqrt(1 + a * a))


def forward_divergence(m, s, a):
    """D(P||Q) in nats."""
    x = a + Z  # by symmetry one mode is enough for all but the first moment, which is a sum of both
    log_p = -(x**2 + a * a + np.log(2 * np.pi)) / 2 + log_cosh(a * x)
    mean_log_q = -((1 + a * a) + m * m) / (2 * s * s) - np.log(s) - np.log(2 * np.pi) / 2
    return float(W @ log_p - mean_log_q)
