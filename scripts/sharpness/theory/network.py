"""Exact traces of the Hessian of a ReLU network, by hand in NumPy."""

import numpy as np

from scripts.sharpness.weights import layers


def relu_traces(theta, sizes, x):
    r"""Exact traces of the Hessian of a ReLU network, plain and relative.

    The outputs are linear in each single weight, so that only J' A J of the Hessian has a diagonal, with
    A = diag(p) - p p' of the softmax and J the derivatives of the outputs. The relative trace weighs every
    diagonal element with the square of its weight.

    Returns
    -------
    plain, relative : float
    """
    weights, inputs, slopes = layers(theta, sizes), [np.asarray(x)], []
    for W, b in weights[:-1]:
        z = inputs[-1] @ W + b
        inputs.append(z * (z > 0))
        slopes.append((z > 0).astype(float))
    W, b = weights[-1]
    out = inputs[-1] @ W + b
    p = np.exp(out - out.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
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
