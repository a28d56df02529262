r"""Multilayer perceptrons as functions of one flat vector of weights.

The vector holds for each layer the matrix W, row by row, and then the bias b; a layer maps x to x W + b, and
all layers but the last are followed by the activation.
"""

from itertools import pairwise

import numpy as np

from scripts.common.jax_setup import jax, jnp
from scripts.sharpness.weights import layers


def initial(sizes, rng, gain=2.0):
    """Random weights of variance gain/n_in and biases of zero, float64[P].

    Parameters
    ----------
    sizes : sequence of int
        Units of every layer, inputs first.
    rng : numpy.random.Generator
    gain : float
        2 for ReLU (He et al., ICCV 2015), 1 for tanh.
    """
    parts = []
    for n_in, n_out in pairwise(sizes):
        parts += [rng.normal(size=n_in * n_out) * np.sqrt(gain / n_in), np.zeros(n_out)]
    return np.concatenate(parts)


def flat(weights):
    """Inverse of `layers`."""
    return jnp.concatenate([part.ravel() for pair in weights for part in pair])


def outputs(weights, x, activation=jax.nn.relu):
    """Outputs float[n, K] of the last layer for inputs float[n, d]."""
    for W, b in weights[:-1]:
        x = activation(x @ W + b)
    W, b = weights[-1]
    return x @ W + b


def cross_entropy(weights, x, y, activation=jax.nn.relu):
    """Mean cross-entropy in nats of the softmax of the outputs against targets float[n, K]."""
    z = outputs(weights, x, activation)
    return jnp.mean(jax.nn.logsumexp(z, axis=1) - jnp.sum(z * y, axis=1))


def squared_error(weights, x, y, activation=jnp.tanh):
    """Half the mean squared distance of the outputs from targets float[n, K]."""
    return jnp.mean(jnp.sum((outputs(weights, x, activation) - y) ** 2, axis=1)) / 2


def rescaled(theta, sizes, factor):
    """The same function of a ReLU network with other weights: first layer times a, second over a.

    A positive factor passes through a ReLU, so that all outputs stay as they are
    (Dinh, Pascanu, Bengio and Bengio, ICML 2017, arXiv:1703.04933).
    """
    (W1, b1), (W2, b2), *rest = layers(theta, sizes)
    return flat([(W1 * factor, b1 * factor), (W2 / factor, b2), *rest])
