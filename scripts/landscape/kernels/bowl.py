"""A convex bowl: logistic regression with a ridge, by gradient descent from many starts and by Newton.

L(theta) = mean ln(1 + exp(-y x . theta)) + ridge |theta|^2 / 2 with labels y = +-1.
"""

import numpy as np


def gradient(theta, x, y, ridge):
    """Gradient float64[B, d] at theta float64[B, d]; x float64[n, d], y float64[n]."""
    margin = y * (theta @ x.T)
    pull = -y / (1 + np.exp(np.clip(margin, -700, 700)))
    return pull @ x / len(y) + ridge * theta


def hessian(theta, x, y, ridge):
    """Hessian float64[d, d] at one theta float64[d]."""
    chance = 1 / (1 + np.exp(-np.clip(y * (x @ theta), -700, 700)))
    return (x * (chance * (1 - chance))[:, None]).T @ x / len(y) + ridge * np.eye(len(theta))


def steepest(x, ridge):
    """Largest curvature that the bowl has anywhere: a bound, |x|^2 / 4 being the most of one example."""
    return float(np.linalg.norm(x, 2) ** 2 / (4 * len(x)) + ridge)


def lowest_point(x, y, ridge):
    """The minimum float64[d] by Newton's method with halved steps, to rounding."""
    theta = np.zeros(x.shape[1])
    for _ in range(100):
        force = gradient(theta[None], x, y, ridge)[0]
        step = np.linalg.solve(hessian(theta, x, y, ridge), force)
        theta = theta - step
        if np.abs(step).max() < 1e-15:
            break
    return theta


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
