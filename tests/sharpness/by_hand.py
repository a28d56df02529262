r"""Loss, gradient and Hessian of a multilayer perceptron, written by hand in NumPy.

The gradient takes complex weights: the imaginary part of gradient(theta + i h v) / h is the Hessian times
v, exact to rounding, since nothing is subtracted (Squire and Trapp, SIAM Rev. 40, 110 (1998)).
"""

import numpy as np

from scripts.sharpness.weights import layers

STEP = 1e-30


def _activation(z, kind):
    """Value and slope at real or complex z."""
    if kind == "tanh":
        value = np.tanh(z)
        return value, 1 - value**2
    on = z.real > 0
    return z * on, on.astype(float)


def _forward(theta, sizes, x, kind):
    """Inputs and slopes of every layer, and the outputs."""
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
    """Mean cross-entropy for ReLU, half the mean squared distance for tanh."""
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


def hessian(theta, sizes, x, y, kind="relu"):
    """Dense Hessian float64[P, P], one complex gradient for each column."""
    eye = np.eye(len(theta))
    return np.array([gradient(theta + 1j * STEP * v, sizes, x, y, kind).imag / STEP for v in eye])
