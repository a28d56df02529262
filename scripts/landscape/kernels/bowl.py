"""A convex bowl: logistic regression with a ridge, by gradient descent from many starts.

L(theta) = mean ln(1 + exp(-y x . theta)) + ridge |theta|^2 / 2 with labels y = +-1.
"""

import numpy as np


def gradient(theta, x, y, ridge):
    """Gradient float64[B, d] at theta float64[B, d]; x float64[n, d], y float64[n]."""
    margin = y * (theta @ x.T)
    pull = -y / (1 + np.exp(np.clip(margin, -700, 700)))
    return pull @ x / len(y) + ridge * theta


def steepest(x, ridge):
    """Largest curvature that the bowl has anywhere: a bound, |x|^2 / 4 being the most of one example."""
    return float(np.linalg.norm(x, 2) ** 2 / (4 * len(x)) + ridge)


def descent(theta, task, rate, target, limit):
    """Gradient descent of all starts.

    Parameters
    ----------
    theta : float64[B, d]
    task : tuple
        (x, y, ridge, minimum, direction), the last a unit vector.
    rate : float
    target : float
        Ends when all are nearer than this to the minimum.
    limit : int
        Steps after which it ends in any case.

    Returns
    -------
    theta : float64[B, d]
    distance : float64[steps + 1, B]
        Distance of each from the minimum after each step.
    along : float64[steps + 1, B]
        The part of it along the direction.
    """
    x, y, ridge, minimum, direction = task
    theta = theta.copy()
    distance, along = [np.linalg.norm(theta - minimum, axis=1)], [(theta - minimum) @ direction]
    while distance[-1].max() > target and len(distance) <= limit:
        theta -= rate * gradient(theta, x, y, ridge)
        distance.append(np.linalg.norm(theta - minimum, axis=1))
        along.append((theta - minimum) @ direction)
    return theta, np.array(distance), np.array(along)
