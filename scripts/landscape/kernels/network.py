r"""Two-layer networks f(x) = sum_j v_j tanh(w_j . x) and their squared loss, many at a time, in closed form.

Parameters theta = (w_1, ..., w_h, v_1, ..., v_h) of h units in d dimensions, P = h (d + 1); the loss of n
examples is L = sum_a r_a^2 / (2 n), r_a = f(x_a) - y_a. With t = tanh(w_j . x) the derivatives of f are

    df/dv_j = t,                      df/dw_j = v_j (1 - t^2) x,
    d2f/dv_j dw_j = (1 - t^2) x,      d2f/dw_j dw_j = -2 v_j t (1 - t^2) x x',

all others vanish, so that the Hessian J'J / n + sum_a r_a f''_a / n is a product of matrices and h small
blocks.
"""

import numpy as np


class Network:
    """The loss landscape of a data set for networks of h units.

    Parameters
    ----------
    x : float64[n, d] or float64[B, n, d]
        One for all networks, or one for each.
    y : float64[n] or float64[B, n]
    units : int
    """

    def __init__(self, x, y, units):
        self.x, self.y, self.units = x, y, units
        self.n_examples, self.n_inputs = x.shape[-2:]
        self.n_parameters = units * (self.n_inputs + 1)

    def chosen(self, rows):
        """The landscapes of some of the networks."""
        return self if self.x.ndim == 2 else Network(self.x[rows], self.y[rows], self.units)

    def parts(self, theta):
        """Weights float64[B, h, d] and v float64[B, h] of parameters float64[B, P]."""
        split = self.units * self.n_inputs
        return theta[:, :split].reshape(len(theta), self.units, -1), theta[:, split:]

    def residuals(self, theta):
        """r float64[B, n] and the activities t float64[B, n, h]."""
        weights, v = self.parts(theta)
        activity = np.tanh(np.matmul(self.x, weights.transpose(0, 2, 1)))
        return np.matmul(activity, v[:, :, None])[:, :, 0] - self.y, activity

    def loss(self, theta):
        """L float64[B]."""
        return (self.residuals(theta)[0] ** 2).mean(axis=1) / 2

    def slope(self, theta):
        """L float64[B] and its gradient float64[B, P], without the Jacobian."""
        residual, activity = self.residuals(theta)
        _, v = self.parts(theta)
        inner = residual[:, :, None] * (1 - activity**2) * v[:, None, :]
        along = np.matmul(inner.transpose(0, 2, 1), self.x).reshape(len(theta), -1)
        outer = np.matmul(activity.transpose(0, 2, 1), residual[:, :, None])[:, :, 0]
        return (residual**2).mean(axis=1) / 2, np.concatenate([along, outer], axis=1) / self.n_examples

    def jacobian(self, theta):
        """r float64[B, n], J float64[B, n, P] and the activities."""
        residual, activity = self.residuals(theta)
        _, v = self.parts(theta)
        rates = (1 - activity**2) * v[:, None, :]
        along = (rates[:, :, :, None] * self.x[..., None, :]).reshape(*residual.shape, -1)
        return residual, np.concatenate([along, activity], axis=2), activity

    def derivatives(self, theta):
        """L float64[B], gradient float64[B, P] and Hessian float64[B, P, P]."""
        residual, jacobian, activity = self.jacobian(theta)
        n, d = self.n_examples, self.n_inputs
        turned = jacobian.transpose(0, 2, 1)
        gradient = np.matmul(turned, residual[:, :, None])[:, :, 0] / n
        hessian = np.matmul(turned, jacobian) / n
        _, v = self.parts(theta)
        slopes = residual[:, :, None] * (1 - activity**2) / n
        bends = -2 * v[:, None, :] * activity * slopes
        for j in range(self.units):
            here = slice(j * d, (j + 1) * d)
            hessian[:, here, here] += np.matmul(self.x.swapaxes(-1, -2) * bends[:, None, :, j], self.x)
            mixed = np.matmul(slopes[:, None, :, j], self.x)[:, 0]
            hessian[:, here, self.units * d + j] += mixed
            hessian[:, self.units * d + j, here] += mixed
        return (residual**2).mean(axis=1) / 2, gradient, hessian

    def moved(self, theta, step):
        """Parameters theta + step: the space is flat."""
        return theta + step


def teacher_task(n, d, v, rng):
    """Inputs, the answers of a random network, and its parameters.

    Parameters
    ----------
    n, d : int
        Examples and inputs.
    v : float64[h]
        Weights of the teacher's units; theirs have length 2 and are orthogonal as far as d allows, so
        that no unit can be spared.
    rng : numpy.random.Generator

    Returns
    -------
    x : float64[n, d]
    y : float64[n]
    teacher : float64[P]
    """
    directions = rng.standard_normal((len(v), d))
    if len(v) <= d:
        directions = np.linalg.qr(directions.T)[0].T
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    teacher = np.concatenate([2 * directions.ravel(), v])
    x = rng.standard_normal((n, d))
    return x, Network(x, np.zeros(n), len(v)).residuals(teacher[None])[0][0], teacher


def random_start(networks, d, units, rng, scale=1.0):
    """Parameters float64[networks, P] as one begins: w of variance 1/d, v of variance 1/h."""
    weights = rng.standard_normal((networks, units * d)) / np.sqrt(d)
    return scale * np.concatenate([weights, rng.standard_normal((networks, units)) / np.sqrt(units)], axis=1)
