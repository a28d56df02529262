"""Critical points of any index: the squared gradient is minimized, which has no preference for minima.

Levenberg-Marquardt on the gradient g of a landscape: the step d minimizes |g + H d|^2 + damping |d|^2, with
the true Hessian H, so that saddles attract like minima. Where |g|^2 itself has a minimum above zero the
search ends without a critical point; such ends are reported by the length of their gradient.
"""

import numpy as np

GIVE_UP = 1e12  # damping at which no step is left
ROUNDING = 1e-14


def minimize_gradient(landscape, x, steps, tolerance):
    """Points at which the gradient vanishes, or where the search ended.

    Parameters
    ----------
    landscape : object
        ``derivatives(x) -> value [B], gradient [B, P], Hessian [B, P, P]`` and ``moved(x, step)``.
    x : float64[B, P]
        Starts.
    steps : int
        At most so many.
    tolerance : float
        Length of a gradient that counts as none.

    Returns
    -------
    x : float64[B, P]
    size : float64[B]
        Length of the gradient there; a critical point if not above ``tolerance``.
    """
    x, damping = x.copy(), np.ones(len(x))
    _, gradient, hessian = landscape.derivatives(x)
    size = np.linalg.norm(gradient, axis=1)
    diagonal = range(x.shape[1])
    for _ in range(steps):
        moving = np.flatnonzero((size > tolerance) & (damping < GIVE_UP))
        if not len(moving):
            break
        own = hessian[moving]
        square = np.matmul(own, own)
        floor = ROUNDING * np.abs(square).max(axis=(1, 2))  # symmetries leave directions without force
        square[:, diagonal, diagonal] += (damping[moving] * size[moving] + floor)[:, None]
        force = np.matmul(own, gradient[moving][:, :, None])
        tried = landscape.moved(x[moving], -np.linalg.solve(square, force)[:, :, 0])
        _, new_gradient, new_hessian = landscape.derivatives(tried)
        new_size = np.linalg.norm(new_gradient, axis=1)
        better = new_size < size[moving]
        done = moving[better]
        x[done], gradient[done], hessian[done] = tried[better], new_gradient[better], new_hessian[better]
        size[done] = new_size[better]
        damping[moving] = np.where(better, damping[moving] / 4, damping[moving] * 3)
    return x, size


def descents(landscape, x, lengths, rate):
    """Points after gradient descents of different lengths: starts at different heights.

    Parameters
    ----------
    landscape : object
        With ``slope(x)`` and ``moved(x, step)``.
    x : float64[B, P]
    lengths : int64[B]
        Steps of each point.
    rate : float
        Size of a step in units of the gradient.

    Returns
    -------
    float64[B, P]
    """
    x = x.copy()
    for step in range(int(lengths.max())):
        moving = lengths > step
        _, gradient = landscape.slope(x[moving])
        x[moving] = landscape.moved(x[moving], -rate * gradient)
    return x
