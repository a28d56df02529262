r"""Stationary state of theta' = theta - rate (H theta + noise / sqrt(B)) with a diagonal H, exactly.

With A = 1 - rate H the covariance S solves S = A S A + rate^2 C / B, where C is the covariance of the noise
of one example. For diagonal H that is, element by element,

    S_ij = rate C_ij / (B (l_i + l_j - rate l_i l_j)),

and on the diagonal rate s^2 / (B l (2 - rate l)) (Mandt, Hoffman and Blei, J. Mach. Learn. Res. 18, 134
(2017), have the limit of a small rate). A Langevin process of the temperature T = rate s^2 / (2 B) would
have T / l.
"""

import numpy as np


def covariance(curvature, noise, rate, batch):
    """Stationary covariance float64[2, 2].

    Parameters
    ----------
    curvature : float64[2]
        Diagonal of H.
    noise : float64[2, 2]
        Covariance of the gradient of one example.
    rate : float
        Below 2 over the largest curvature.
    batch : int

    Raises
    ------
    ValueError
        If the rate is too large for a stationary state.
    """
    curvature = np.asarray(curvature, float)
    if rate * curvature.max() >= 2:
        raise ValueError(f"no stationary state: rate {rate} times curvature {curvature.max()} is not below 2")
    sums = curvature[:, None] + curvature - rate * np.outer(curvature, curvature)
    return rate * np.asarray(noise, float) / (batch * sums)


def turn(curvature, noise, rate, batch):
    """Mean of x y' - y x' from one step to the next: (A_yy - A_xx) S_xy, zero in equilibrium.

    In detailed balance the pairs (now, next) and (next, now) are equally frequent, and x y' and y x' have
    one mean.
    """
    return rate * (curvature[0] - curvature[1]) * covariance(curvature, noise, rate, batch)[0, 1]


def langevin_temperature(variance, rate, batch):
    """rate s^2 / (2 B) for noise of the variance s^2."""
    return rate * variance / (2 * batch)
