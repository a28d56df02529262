r"""How long it takes to leave a saddle, exactly as long as the forces are linear.

Along a direction of curvature -c a step of gradient descent multiplies the distance by 1 + rate c, so
that a start at the distance eps needs ln(1/eps) / ln(1 + rate c) steps to reach 1. The heavy ball obeys
y_{t+1} = (1 + beta + rate c) y_t - beta y_{t-1}, whose larger root takes over (Polyak, USSR Comput. Math.
Math. Phys. 4, 1 (1964)).
"""

import numpy as np


def growth(rate_curvature, beta=0.0):
    """Factor per step along a descending direction.

    Parameters
    ----------
    rate_curvature : float
        Learning rate times |curvature|.
    beta : float
        Momentum.
    """
    middle = 1 + beta + rate_curvature
    return (middle + np.sqrt(middle**2 - 4 * beta)) / 2


def escape_time(distance, rate_curvature, beta=0.0):
    """Steps (not rounded) from rest at ``distance`` below 1 until the distance is 1.

    Both modes of the heavy ball are kept, a_+ g_+^t + a_- g_-^t; the solution is found by bisection.

    Returns
    -------
    float64[...]
    """
    distance = np.asarray(distance, float)
    fast = growth(rate_curvature, beta)
    slow = beta / fast
    # y_{-1} = y_0: at rest
    a_fast = (1 - slow) / (fast - slow) * fast
    a_slow = 1 - a_fast
    low, high = np.zeros_like(distance), 2 + np.log(1 / distance) / np.log(fast) * 2
    for _ in range(100):
        middle = (low + high) / 2
        outside = distance * (a_fast * fast**middle + a_slow * slow**middle) >= 1
        low, high = np.where(outside, low, middle), np.where(outside, middle, high)
    return high


def contraction(rate, curvatures):
    """Factor per step by which gradient descent near a minimum shrinks the slowest mode."""
    return float(np.abs(1 - rate * np.asarray(curvatures)).max())
