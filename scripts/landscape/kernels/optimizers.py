"""Gradient descent, heavy ball and Adam on a saddle with one steep way up and one gentle way down.

    f(x, y) = (steep x^2 - gentle y^2) / 2,

in its own axes or turned by an angle. Adam is Kingma and Ba, arXiv:1412.6980, with its bias correction
and its usual constants; the others are Adam's first line without the division.
"""

import numpy as np
from numba import njit

DESCENT, HEAVY_BALL, ADAM = 0, 1, 2
BETA1, BETA2, TINY = 0.9, 0.999, 1e-8


@njit(cache=True)
def _escape(position, steep, gentle, turn, method, rate, limit):
    """Steps until |y| >= 1, or ``limit``."""
    c, s = np.cos(turn), np.sin(turn)
    x, y = position
    a, b = c * x - s * y, s * x + c * y  # coordinates of the optimizer
    m1 = m2 = v1 = v2 = 0.0
    decay1 = decay2 = 1.0
    for t in range(1, limit + 1):
        x, y = c * a + s * b, -s * a + c * b
        gx, gy = steep * x, -gentle * y
        g1, g2 = c * gx - s * gy, s * gx + c * gy
        if method == ADAM:
            m1, m2 = BETA1 * m1 + (1 - BETA1) * g1, BETA1 * m2 + (1 - BETA1) * g2
            v1, v2 = BETA2 * v1 + (1 - BETA2) * g1 * g1, BETA2 * v2 + (1 - BETA2) * g2 * g2
            decay1 *= BETA1
            decay2 *= BETA2
            a -= rate * m1 / (1 - decay1) / (np.sqrt(v1 / (1 - decay2)) + TINY)
            b -= rate * m2 / (1 - decay1) / (np.sqrt(v2 / (1 - decay2)) + TINY)
        else:
            kept = BETA1 if method == HEAVY_BALL else 0.0
            m1, m2 = kept * m1 - rate * g1, kept * m2 - rate * g2
            a += m1
            b += m2
        if abs(-s * a + c * b) >= 1.0:
            return t
    return limit


def escape_steps(starts, ratio, method, rate, *, turn=0.0, limit=10_000_000):
    """Steps until each start has left the saddle, |y| >= 1.

    Parameters
    ----------
    starts : float64[B, 2]
        (x, y) in the axes of the saddle, |y| < 1.
    ratio : float
        steep / gentle, with steep = 1.
    method : {DESCENT, HEAVY_BALL, ADAM}
    rate : float
        Learning rate; with steep = 1 descent is stable below 2.
    turn : float
        Angle in radians between the axes of the saddle and the coordinates of the optimizer, which only
        Adam can feel.
    limit : int
        Steps after which a run ends.

    Returns
    -------
    int64[B]
    """
    plan = 1.0, 1.0 / ratio, turn, method, rate, limit
    return np.array([_escape(start, *plan) for start in np.asarray(starts, float)], np.int64)
