r"""The loss of a two-layer network as it is defined, and its derivatives without a rule of differentiation.

Complex steps: L(theta + i h e_k) = L(theta) + i h dL/dtheta_k to rounding, since nothing is subtracted
(Squire and Trapp, SIAM Rev. 40, 110 (1998), doi:10.1137/S003614459631241X). Slow; for few parameters.
"""

import numpy as np

STEP = 1e-30
APART = 1e-5  # between two gradients whose difference gives a curvature


def loss(theta, x, y, units):
    """sum_a (sum_j v_j tanh(w_j . x_a) - y_a)^2 / (2 n), of theta [..., P], for x float64[n, d]."""
    d = x.shape[1]
    answers = sum(
        theta[..., units * d + j, None] * np.tanh(theta[..., j * d : (j + 1) * d] @ x.T) for j in range(units)
    )
    return ((answers - y) ** 2).mean(axis=-1) / 2


def gradient(theta, x, y, units):
    """Gradient float64[P] at one theta float64[P]."""
    return loss(theta + 1j * STEP * np.eye(len(theta)), x, y, units).imag / STEP


def product(theta, v, x, y, units):
    """Hessian times v float64[P], to about 1e-9 of it: a central difference of gradients."""
    ahead, behind = (gradient(theta + side * APART * v, x, y, units) for side in (1, -1))
    return (ahead - behind) / (2 * APART)


def hessian(theta, x, y, units):
    """The whole Hessian float64[P, P]."""
    rows = np.array([product(theta, v, x, y, units) for v in np.eye(len(theta))])
    return (rows + rows.T) / 2
