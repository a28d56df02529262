r"""How sharp a minimum is, by many rulers.

Sharpness proper takes the loss as a function of the weights; a *relative* measure first divides each weight
by its own size, w = |w_0| u, so that no rescaling of weights that leaves the function alone changes it (for
single weights: Kwon et al., ICML 2021, arXiv:2102.11600).
"""

from functools import partial
from typing import NamedTuple

from scripts.common.jax_setup import jax, jnp
from scripts.sharpness.kernels import hessian
from scripts.sharpness.kernels.network import cross_entropy, layers

LANCZOS = 40
PROBES = 48
ASCENT = 12  # steps of the search for the worst perturbation
RADIUS = 0.05  # of the ball that it searches (Foret et al., ICLR 2021, arXiv:2010.01412)


class Curvature(NamedTuple):
    """Largest eigenvalue with its residual and its vector, and trace with its error."""

    largest: float
    residual: float
    vector: jnp.ndarray
    trace: float
    trace_err: float


def loss_of(sizes, x, y):
    """The training loss as a function of the flat weights."""
    return lambda theta: cross_entropy(layers(theta, sizes), x, y)


@partial(jax.jit, static_argnames="sizes")
def curvature(theta, unit, probes, x, y, sizes):
    """Curvature of the loss in the coordinates u = theta / unit: of the matrix unit_i H_ij unit_j.

    Parameters
    ----------
    theta, unit : float64[P]
        Weights; ones for the plain Hessian, |theta| for the relative one.
    probes : float64[M, P]
        Independent signs; the first one starts Lanczos too.
    x, y : float64[n, d], float64[n, K]
    sizes : tuple of int

    Returns
    -------
    Curvature
    """
    loss = loss_of(sizes, x, y)

    def apply(v):
        return unit * hessian.product(loss, theta, unit * v)

    value, residual, vector = hessian.largest_eigenvalue(apply, probes[0], min(LANCZOS, len(theta)))
    return Curvature(value, residual, vector, *hessian.trace(apply, probes))


@partial(jax.jit, static_argnames="sizes")
def worst_rise(theta, start, x, y, sizes):
    """Largest rise of the loss within a distance of `RADIUS`, found by ascent from either side.

    Parameters
    ----------
    theta, start : float64[P]
        Weights, and the direction to start from and against, such as the leading eigenvector.

    Returns
    -------
    float
        A lower bound of the true maximum, since the ascent may find a lesser one.
    """
    value_and_slope = jax.value_and_grad(loss_of(sizes, x, y))

    def climb(_, state):
        move, best = state
        value, slope = value_and_slope(theta + move)
        return RADIUS * slope / jnp.linalg.norm(slope), jnp.maximum(best, value)

    begin = loss_of(sizes, x, y)(theta)
    ends = [
        jax.lax.fori_loop(0, ASCENT, climb, (side * RADIUS * start / jnp.linalg.norm(start), begin))[1]
        for side in (1.0, -1.0)
    ]
    return jnp.maximum(*ends) - begin


@partial(jax.jit, static_argnames="sizes")
def rises(theta, moves, radii, x, y, sizes):
    """Rise of the loss after theta -> theta + radius * move.

    Parameters
    ----------
    theta : float64[P]
    moves : float64[M, P]
        Such as standard normal numbers, times |theta| for relative perturbations.
    radii : float64[R]

    Returns
    -------
    float64[R, M]
    """
    loss = loss_of(sizes, x, y)
    begin = loss(theta)
    return jax.lax.map(lambda r: jax.lax.map(lambda move: loss(theta + r * move) - begin, moves), radii)


@partial(jax.jit, static_argnames="sizes")
def along(theta, directions, places, x, y, sizes):
    """Loss on a plane of weights, float64[Q].

    Parameters
    ----------
    theta : float64[P]
    directions : float64[2, P]
    places : float64[Q, 2]
        Coordinates in units of the directions.
    """
    loss = loss_of(sizes, x, y)
    return jax.lax.map(lambda place: loss(theta + place @ directions), places)


def filter_normalized(direction, theta, sizes):
    """A direction whose every filter is as long as that of the weights; biases stay where they are.

    A filter is the weights into one unit (Li, Xu, Taylor, Studer and Goldstein, NeurIPS 2018,
    arXiv:1712.09913).
    """
    parts = []
    for (V, _), (W, b) in zip(layers(direction, sizes), layers(theta, sizes), strict=True):
        length = jnp.linalg.norm(W, axis=0) / jnp.linalg.norm(V, axis=0)
        parts += [(V * length).ravel(), jnp.zeros_like(b)]
    return jnp.concatenate(parts)
