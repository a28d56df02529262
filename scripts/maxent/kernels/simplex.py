r"""Maximum of the entropy over probabilities under linear constraints, knowing nothing of exponentials.

Maximize :math:`-\sum p \ln p` subject to :math:`F p = c`, by Newton's method on the conditions
for p and the multipliers together (infeasible start; Boyd and Vandenberghe, Convex Optimization,
section 10.3). The Hessian is diagonal, 1/p, so a step solves a system of the size of the constraints.
"""

import numpy as np

from scripts.common.io import InputError

SMALL = 1e-13  # residual at which the optimum is reached
STEPS = 1000


def maximize_entropy(features, targets):
    """The distribution of largest entropy with given expectations.

    Parameters
    ----------
    features : float64[m, n]
        Values of m functions on n states; normalization is added.
    targets : float64[m]
        Their expectations, inside of what the features allow.

    Returns
    -------
    p : float64[n]
    steps : int
        Of Newton's method.

    Raises
    ------
    InputError
        If the targets lie at or beyond the rim of what is possible.
    """
    n = np.shape(features)[1]
    # Centered and scaled, so that residuals of all constraints are of one size.
    center, scale = np.mean(features, axis=1, keepdims=True), np.std(features, axis=1, keepdims=True)
    F = np.vstack([np.ones(n), (features - center) / scale])
    c = np.append(1.0, (np.asarray(targets, float) - center[:, 0]) / scale[:, 0])
    p, multipliers = np.full(n, 1 / n), np.zeros(len(c))
    for step in range(STEPS):
        slope, gap = _residual(p, multipliers, F, c)
        size = np.sqrt((p * slope**2).sum() + gap @ gap)  # rare states count by their weight
        if size < SMALL:
            return p, step
        change = np.linalg.solve((F * p) @ F.T, gap - F @ (p * slope))
        move = -p * (slope + F.T @ change)
        p, multipliers = _shortened(p, multipliers, move, change, (F, c))
    if size < 1e3 * SMALL:  # rounding keeps it from coming closer
        return p, STEPS
    raise InputError("the expectations asked for lie at or beyond the rim of what any distribution has")


def _shortened(p, multipliers, move, change, problem):
    """The longest of the steps 1, 1/2, 1/4, ... that keeps p positive and lowers the residual.

    Newton's direction lowers the plain sum of squares, and no other norm for certain.
    """
    length, before = 1.0, _size(p, multipliers, *problem)
    while length > 1e-12:
        new, moved = p + length * move, multipliers + length * change
        if new.min() > 0 and _size(new, moved, *problem) <= (1 - 0.01 * length) * before + SMALL:
            return new, moved
        length /= 2
    return p, multipliers


def _residual(p, multipliers, F, c):
    """Slope of the Lagrangian in p, float64[n], and deviation from the constraints, float64[m]."""
    return np.log(p) + 1 + F.T @ multipliers, F @ p - c


def _size(p, multipliers, F, c):
    slope, gap = _residual(p, multipliers, F, c)
    return np.sqrt(slope @ slope + gap @ gap)
