"""Along the floor of a valley: from one solution of a network to another without leaving zero loss.

Where a network has more parameters than examples the residuals vanish on a surface. A step towards the
goal is projected on its tangent plane and the new point is brought back by Newton's method of least norm,
theta -> theta - J'(J J')^-1 r; so every point of the path is a solution itself.
"""

import numpy as np

ZERO = 1e-24  # loss of a point that counts as lying on the floor
NEWTON_STEPS = 30
STUCK = 1e-3  # share of the way ahead that lies in the tangent plane, below which the walk ends


def _least_norm(jacobian, values):
    """J'(J J')^-1 values, float64[P]."""
    return jacobian.T @ np.linalg.solve(jacobian @ jacobian.T, values)


def onto_floor(network, theta):
    """The solution near theta float64[P], and its loss."""
    for _ in range(NEWTON_STEPS):
        residual, jacobian, _ = network.jacobian(theta[None])
        loss = (residual**2).mean() / 2
        if loss < ZERO:
            break
        theta = theta - _least_norm(jacobian[0], residual[0])
    return theta, loss


def walk(network, start, goal, pieces, limit):
    """A path of solutions from one to another.

    Parameters
    ----------
    network : Network
        With more parameters than examples.
    start, goal : float64[P]
        Solutions.
    pieces : int
        Steps that the straight line would have.
    limit : int
        Steps after which the walk ends in any case.

    Returns
    -------
    path : float64[m, P]
        From ``start`` to the last point; it ends with ``goal`` itself if that was reached.
    """
    length = np.linalg.norm(goal - start) / pieces
    path, here = [start], start
    for _ in range(limit):
        ahead = goal - here
        distance = np.linalg.norm(ahead)
        if distance <= length:
            path.append(goal)
            break
        jacobian = network.jacobian(here[None])[1][0]
        tangent = ahead - _least_norm(jacobian, jacobian @ ahead)
        norm = np.linalg.norm(tangent)
        if norm < STUCK * distance:
            break
        here, loss = onto_floor(network, here + tangent * (length / norm))
        if not loss < ZERO:
            break
        path.append(here)
    return np.array(path)


def losses_along(network, path, between=4):
    """Loss along straight pieces, float64[(m - 1) between + 1], ``between`` points to a piece."""
    share = np.arange(between)[None, :, None] / between
    points = (path[:-1, None] * (1 - share) + path[1:, None] * share).reshape(-1, path.shape[1])
    return network.loss(np.concatenate([points, path[-1:]]))
