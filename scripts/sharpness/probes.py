"""What is looked at in a few networks only: slices through the landscape, the rescaling attack, forces."""

import numpy as np

from scripts.common.jax_setup import jax, jnp
from scripts.sharpness.kernels import measures, network

LINE = np.linspace(-1.0, 1.0, 41)
PLANE = np.linspace(-1.0, 1.0, 25)
FACTORS = np.array([1.0, 3.0, 10.0, 30.0, 100.0])  # of the first layer
ATTACKED = 6  # networks


def slices(theta, data, sizes, rng):
    """Loss along one and on two random directions with normalized filters.

    Returns
    -------
    line : float64[41]
    plane : float64[25, 25]
    """
    random = rng.normal(size=(2, len(theta)))
    directions = jnp.stack([measures.filter_normalized(v, jnp.asarray(theta), sizes) for v in random])
    grid = np.stack(np.meshgrid(PLANE, PLANE, indexing="ij"), axis=-1).reshape(-1, 2)
    places = np.concatenate([np.stack([LINE, np.zeros_like(LINE)], axis=1), grid])
    loss = np.asarray(measures.along(theta, directions, places, data.x, data.y, sizes))
    return loss[: len(LINE)], loss[len(LINE) :].reshape(len(PLANE), len(PLANE))


def attack(theta, data, sizes, rng):
    """Curvature, plain and relative, of one function written with many weights.

    Returns
    -------
    list of dict
        For each factor: ``factor``, ``largest``, ``trace``, ``relative_largest``, ``relative_trace`` and
        ``output_change``, the largest change of an output on the test set.
    """
    probes = rng.choice([-1.0, 1.0], size=(measures.PROBES, len(theta)))
    before = network.outputs(network.layers(jnp.asarray(theta), sizes), data.x_test)
    rows = []
    for factor in FACTORS:
        moved = np.asarray(network.rescaled(jnp.asarray(theta), sizes, factor))
        after = network.outputs(network.layers(jnp.asarray(moved), sizes), data.x_test)
        plain = measures.curvature(moved, np.ones_like(moved), probes, data.x, data.y, sizes)
        relative = measures.curvature(moved, np.abs(moved), probes, data.x, data.y, sizes)
        found = {"factor": factor, "largest": plain.largest, "trace": plain.trace}
        found |= {"relative_largest": relative.largest, "relative_trace": relative.trace}
        found["output_change"] = jnp.abs(after - before).max()
        rows.append({name: float(value) for name, value in found.items()})
    return rows


def forces(theta, data, sizes, rng, step=1e-6):
    """Whether gradient descent is motion along the force, minus the slope of the energy.

    Returns
    -------
    dict of str to float
        ``force``: gradient times a random unit vector against a central difference of the loss, the largest
        deviation of eight; ``descent``: fall of the loss in a step of gradient descent over step
        |gradient|^2; ``ascent``: the same for a step along the gradient.
    """
    loss = jax.jit(measures.loss_of(sizes, data.x, data.y))
    gradient = np.asarray(jax.grad(loss)(theta))
    found = []
    for _ in range(8):
        v = rng.normal(size=len(theta))
        v /= np.linalg.norm(v)
        slope = (loss(theta + step * v) - loss(theta - step * v)) / (2 * step)
        found.append(abs(float(slope) - gradient @ v))
    fall = {
        name: float(loss(theta) - loss(theta - side * 1e-5 * gradient)) / (1e-5 * gradient @ gradient)
        for name, side in (("descent", 1.0), ("ascent", -1.0))
    }
    return {"force": max(found), **fall}
