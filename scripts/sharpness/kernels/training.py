"""Stochastic gradient descent until the training loss has fallen to a given value, in one compiled program.

Weights are in single precision, as networks are trained; what is measured afterwards is in double.
"""

from functools import partial
from typing import NamedTuple

import numpy as np

from scripts.common.jax_setup import jax, jnp
from scripts.sharpness.kernels.network import cross_entropy, flat, layers

LEAST_STEPS = 8  # between two looks at the loss of the whole training set


class Settings(NamedTuple):
    """What differs between networks that are trained by one program: arrays [M] and keys uint32[M, 2]."""

    rate: np.ndarray
    decay: np.ndarray
    key: np.ndarray


@partial(jax.jit, static_argnames=("sizes", "batch"))
def trained(theta, settings, x, y, stop, sizes, batch):
    """Train networks one after another, each until its loss is at most the target.

    Every epoch shuffles the examples and goes through them in batches; each step is
    theta <- theta - rate (gradient + decay theta).

    Parameters
    ----------
    theta : float[M, P]
        Starts.
    settings : Settings
    x, y : float[M, n, d], float[M, n, K]
        Training sets; n is a multiple of the batch.
    stop : (float, int)
        Loss at which to stop, and most steps.
    sizes : tuple of int
    batch : int

    Returns
    -------
    theta : float32[M, P]
    loss : float32[M]
        Mean cross-entropy of the whole training set; above the target, or not finite, where the steps did not
        suffice.
    steps : int[M]
    """
    single = partial(jax.tree.map, lambda array: array.astype(jnp.float32))
    theta, rate, decay, x, y = single((theta, settings.rate, settings.decay, x, y))
    arguments = theta, rate, decay, settings.key, x, y
    return jax.lax.map(lambda each: _one(each, stop, sizes, batch), arguments)


def _one(each, stop, sizes, batch):
    theta, rate, decay, key, x, y = each
    rounds = max(1, LEAST_STEPS * batch // len(x))  # epochs between two looks
    gradient = jax.grad(cross_entropy)

    def epoch(_, state):
        weights, key = state
        key, now = jax.random.split(key)
        order = jax.random.permutation(now, len(x)).reshape(-1, batch)

        def step(j, weights):
            slope = gradient(weights, x[order[j]], y[order[j]])
            return jax.tree.map(lambda w, g: w - rate * (g + decay * w), weights, slope)

        return jax.lax.fori_loop(0, len(order), step, weights), key

    def look(state):
        weights, key, _, steps = state
        weights, key = jax.lax.fori_loop(0, rounds, epoch, (weights, key))
        return weights, key, cross_entropy(weights, x, y), steps + rounds * (len(x) // batch)

    def unfinished(state):
        return (state[2] > stop[0]) & (state[3] < stop[1])  # a loss that is not a number ends it too

    start = (layers(theta, sizes), key, jnp.float32(jnp.inf), 0)
    weights, _, loss, steps = jax.lax.while_loop(unfinished, look, start)
    return flat(weights), loss, steps
