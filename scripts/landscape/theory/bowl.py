r"""The bottom of a convex bowl and its curvatures, by iteratively reweighted least squares.

Of L(theta) = mean ln(1 + exp(-y x . theta)) + ridge |theta|^2 / 2 with labels y = +-1. With the margins
m = y x . theta and the weights w = 1 / (4 cosh^2(m/2)) the curvatures are those of X'wX/n + ridge, and the
minimum is the fixed point of

    theta = (X'wX/n + ridge)^-1 X'[w X theta + y (1 - tanh(m/2)) / 2] / n.
"""

import numpy as np


def hessian(theta, x, y, ridge):
    """Hessian float64[d, d] at theta float64[d]; x float64[n, d], y float64[n]."""
    weights = 0.25 / np.cosh(y * (x @ theta) / 2) ** 2
    return x.T @ (weights[:, None] * x) / len(x) + ridge * np.eye(x.shape[1])


def lowest_point(x, y, ridge):
    """The minimum float64[d], to rounding."""
    theta = np.zeros(x.shape[1])
    for _ in range(100):
        margin = y * (x @ theta)
        target = margin / (4 * np.cosh(margin / 2) ** 2) + (1 - np.tanh(margin / 2)) / 2
        new = np.linalg.solve(hessian(theta, x, y, ridge), x.T @ (y * target) / len(x))
        step, theta = np.abs(new - theta).max(), new
        if step < 1e-15:
            break
    return theta
