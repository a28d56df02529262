"""Derivatives of ln Z by automatic differentiation: ln Z goes in, moments come out.

Nothing here knows what a mean or a variance is.
"""

from functools import partial

import numpy as np

from scripts.common.jax_setup import jax, jnp


def log_z(beta, field, levels, magnetization, states=None):
    """ln sum g exp(-beta (E - h M)), with g = ``states`` states at each level, one if left out."""
    return jax.nn.logsumexp(-beta * (levels - field * magnetization), b=states)


def energy_derivatives(levels, beta, size):
    """First to third derivative of ln Z in beta, float64[3].

    The spectrum is filled up with levels of no states to ``size``, so that one compilation serves all.
    """
    n = len(levels)
    return _energy_derivatives(np.pad(levels, (0, size - n)), np.repeat([1.0, 0.0], [n, size - n]), beta)


@jax.jit
def _energy_derivatives(levels, states, beta):
    zero = jnp.zeros_like(levels)
    first = jax.grad(partial(log_z, field=0.0, levels=levels, magnetization=zero, states=states))
    second = jax.grad(first)
    return jnp.stack([first(beta), second(beta), jax.grad(second)(beta)])


@jax.jit
def field_derivatives(levels, magnetization, beta, field):
    """d ln Z / dh, d^2 ln Z / dh^2 and d^2 ln Z / dh dbeta, float64[3]."""

    def of(h, b):
        return log_z(b, h, levels, magnetization)

    first = jax.grad(of)
    return jnp.stack(
        [first(field, beta), jax.grad(first)(field, beta), jax.grad(first, argnums=1)(field, beta)]
    )


@jax.jit
def likelihood_gradient(features, data, theta):
    """Gradient of the mean log-likelihood sum_x data(x) ln p_theta(x) in theta, float64[k]."""

    def mean_log_likelihood(parameters):
        weights = features @ parameters
        return data @ weights - jax.nn.logsumexp(weights)

    return jax.grad(mean_log_likelihood)(theta)
