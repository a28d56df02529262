r"""Loss, gradient, products with the Hessian, and exact traces of a multilayer perceptron, by hand in NumPy.

The gradient takes complex weights: the imaginary part of gradient(theta + i h v) / h is the Hessian times
v, exact to rounding, since nothing is subtracted (Squire and Trapp, SIAM Rev. 40, 110 (1998),
doi:10.1137/S003614459631241X).
"""

import numpy as np
from scipy.sparse import linalg

from scripts.sharpness.weights import layers

STEP = 1e-30


def _activation(z, kind):
    """Value and slope at real or complex z."""
    if kind == "tanh":
        value = np.tanh(z)
        return value, 1 - value**2
    on = z.real > 0
    return z * on, on.astype(float)


def _forward(theta, sizes, x, kind="relu"):
    """Weights, inputs and slopes of every layer, and the outputs."""
    weights, inputs, slopes = layers(theta, sizes), [np.asarray(x)], []
    for W, b in weights[:-1]:
        value, slope = _activation(inputs[-1] @ W + b, kind)
        inputs.append(value)
        slopes.append(slope)
    W, b = weights[-1]
    return weights, inputs, slopes, inputs[-1] @ W + b


def _softmax(z):
    e = np.exp(z - z.real.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss(theta, sizes, x, y, kind="relu"):
    """Mean cross-entropy in nats for relu, half the mean squared distance for tanh."""
    out = _forward(theta, sizes, x, kind)[3]
    if kind == "tanh":
        return ((out - y) ** 2).sum(axis=1).mean() / 2
    top = out.max(axis=1)
    return (top + np.log(np.exp(out - top[:, None]).sum(axis=1)) - (out * y).sum(axis=1)).mean()


def gradient(theta, sizes, x, y, kind="relu"):
    """Gradient of the loss by back-propagation, of the shape and type of theta."""
    weights, inputs, slopes, out = _forward(theta, sizes, x, kind)
    delta = (out - y if kind == "tanh" else _softmax(out) - y) / len(x)
    parts = []
    for layer in range(len(weights) - 1, -1, -1):
        parts = [(inputs[layer].T @ delta).ravel(), delta.sum(axis=0), *parts]
        if layer:
            delta = (delta @ weights[layer][0].T) * slopes[layer - 1]
    return np.concatenate(parts)


def product(theta, v, sizes, x, y, kind="relu"):
    """The Hessian times v, float64[P]."""
    return gradient(theta + 1j * STEP * v, sizes, x, y, kind).imag / STEP


def curvature(theta, unit, probes, sizes, x, y):
    """Largest eigenvalue, and mean of z'Hz over the probes z, of the matrix unit_i H_ij unit_j (ARPACK).

    Parameters
    ----------
    theta, unit : float64[P]
        Weights; ones for the plain Hessian, |theta| for the relative one.
    probes : float64[M, P]
    """

    def apply(v):
        return unit * product(theta, unit * v.ravel(), sizes, x, y)

    operator = linalg.LinearOperator((len(theta), len(theta)), apply, dtype=float)
    largest = linalg.eigsh(operator, k=1, which="LA", v0=probes[0], tol=1e-10, return_eigenvectors=False)[0]
    return float(largest), float(np.mean([z @ apply(z) for z in probes]))


def relu_traces(theta, sizes, x):
    r"""Exact traces of the Hessian of a ReLU network, plain and relative.

    The outputs are linear in each single weight, so that only J' A J of the Hessian has a diagonal, with
    A = diag(p) - p p' of the softmax and J the derivatives of the outputs. The relative trace weighs every
    diagonal element with the square of its weight.

    Returns
    -------
    plain, relative : float
    """
    weights, inputs, slopes, out = _forward(theta, sizes, x)
    p = _softmax(out)
    # A = sum_c p_c (e_c - p)(e_c - p)': for every class c (e_c - p) sqrt(p_c) goes back through the net.
    k = out.shape[1]
    plain = relative = 0.0
    for c in range(k):
        delta = (np.eye(k)[c] - p) * np.sqrt(p[:, c : c + 1])
        for layer in range(len(weights) - 1, -1, -1):
            W, b = weights[layer]
            square = inputs[layer].T ** 2 @ delta**2 / len(x)
            bias = (delta**2).mean(axis=0)
            plain += square.sum() + bias.sum()
            relative += (W**2 * square).sum() + (b**2 * bias).sum()
            if layer:
                delta = (delta @ W.T) * slopes[layer - 1]
    return float(plain), float(relative)
