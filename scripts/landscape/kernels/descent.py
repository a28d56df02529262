"""Down a landscape: gradient descent with momentum, and Levenberg-Marquardt to the very bottom.

Both take landscapes with ``slope`` or ``jacobian`` (see `network.Network`) and many points at a time.
"""

import numpy as np

FLOOR = 1e-24  # loss under which a network has reached zero
LAMBDA_RANGE = (1e-14, 1e10)


def momentum_descent(landscape, theta, steps, rate, momentum=0.9):
    """Parameters after ``steps`` steps of gradient descent with heavy-ball momentum, float64[B, P]."""
    theta, velocity = theta.copy(), np.zeros_like(theta)
    for _ in range(steps):
        _, gradient = landscape.slope(theta)
        velocity = momentum * velocity - rate * gradient
        theta += velocity
    return theta


def _step(jacobian, residual, damping):
    """Levenberg-Marquardt step float64[B, P], in the smaller of the two spaces."""
    turned = jacobian.transpose(0, 2, 1)
    n, p = jacobian.shape[1:]
    if n < p:
        small = np.matmul(jacobian, turned)
        small[:, range(n), range(n)] += damping[:, None]
        return -np.matmul(turned, np.linalg.solve(small, residual[:, :, None]))[:, :, 0]
    small = np.matmul(turned, jacobian)
    small[:, range(p), range(p)] += damping[:, None]
    return -np.linalg.solve(small, np.matmul(turned, residual[:, :, None]))[:, :, 0]


def least_squares(network, theta, steps, tolerance=1e-10):
    """To a minimum of the loss by Levenberg-Marquardt; the loss never rises.

    Parameters
    ----------
    network : Network
    theta : float64[B, P]
    steps : int
        At most so many.
    tolerance : float
        A point is at rest when its gradient is shorter than this, or its loss below `FLOOR`.

    Returns
    -------
    theta : float64[B, P]
    loss : float64[B]
    slope : float64[B]
        Length of the gradient.
    """
    theta = theta.copy()
    damping, n = np.full(len(theta), 1e-1), network.n_examples
    loss, gradient = network.slope(theta)
    slope = np.linalg.norm(gradient, axis=1)
    for _ in range(steps):
        moving = np.flatnonzero((slope > tolerance) & (loss > FLOOR) & (damping < LAMBDA_RANGE[1]))
        if not len(moving):
            break
        own = network.chosen(moving)
        residual, jacobian, _ = own.jacobian(theta[moving])
        tried = theta[moving] + _step(jacobian, residual, damping[moving] * n)
        new_loss, new_gradient = own.slope(tried)
        better = new_loss < loss[moving]
        done = moving[better]
        theta[done], loss[done] = tried[better], new_loss[better]
        slope[done] = np.linalg.norm(new_gradient[better], axis=1)
        damping[moving] = np.where(
            better, np.maximum(damping[moving] / 5, LAMBDA_RANGE[0]), damping[moving] * 3
        )
    return theta, loss, slope
