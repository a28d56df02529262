"""What is looked at in a few networks only: slices through the landscape, the rescaling attack, forces."""

import numpy as np

from scripts.common.jax_setup import jax, jnp
from scripts.sharpness.kernels import measures, network
from scripts.sharpness.theory import network as by_hand

LINE = np.linspace(-1.0, 1.0, 41)
PLANE = np.linspace(-1.0, 1.0, 25)
FACTORS = np.array([1.0, 3.0, 10.0, 30.0, 100.0])  # of the first layer
ATTACKED = 6  # networks
HAND = ("hand_largest", "hand_trace", "hand_relative_largest", "hand_relative_trace")
RATE, RATE_OFF = 1e-5, 1.05  # of a small step of descent, and the planted fault of a control


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
        For each factor: ``factor``, ``largest``, ``trace``, ``relative_largest``, ``relative_trace``,
        ``output_change``, the largest change of an output on the test set, and `HAND`, the curvatures
        once more by hand, with the same probes; not numbers beyond the first factor.
    """
    probes = rng.choice([-1.0, 1.0], size=(measures.PROBES, len(theta)))
    before = network.outputs(network.layers(jnp.asarray(theta), sizes), data.x_test)
    units = np.ones_like(theta), np.abs(theta)
    hand = sum((by_hand.curvature(theta, unit, probes, sizes, data.x, data.y) for unit in units), ())
    rows = []
    for factor in FACTORS:
        moved = np.asarray(network.rescaled(jnp.asarray(theta), sizes, factor))
        after = network.outputs(network.layers(jnp.asarray(moved), sizes), data.x_test)
        plain = measures.curvature(moved, np.ones_like(moved), probes, data.x, data.y, sizes)
        relative = measures.curvature(moved, np.abs(moved), probes, data.x, data.y, sizes)
        found = {"factor": factor, "largest": plain.largest, "trace": plain.trace}
        found |= {"relative_largest": relative.largest, "relative_trace": relative.trace}
        found["output_change"] = jnp.abs(after - before).max()
        found |= dict(zip(HAND, hand if factor == FACTORS[0] else (np.nan,) * 4, strict=True))
        rows.append({name: float(value) for name, value in found.items()})
    return rows


def forces(theta, data, sizes, rng, step=1e-6):
    """Whether gradient descent is motion along the force, minus the slope of the energy.

    Returns
    -------
    dict of str to float
        ``force``: gradient times a random unit vector against a central difference of the loss by hand, the
        largest deviation of eight; ``descent``: fall of that loss in a step of gradient descent over
        rate |gradient|^2; ``rate_off``: the same for a rate that is 5 % larger.
    """
    gradient = np.asarray(jax.grad(measures.loss_of(sizes, data.x, data.y))(theta))

    def loss(place):
        return by_hand.loss(place, sizes, data.x, data.y)

    found = []
    for _ in range(8):
        v = rng.normal(size=len(theta))
        v /= np.linalg.norm(v)
        slope = (loss(theta + step * v) - loss(theta - step * v)) / (2 * step)
        found.append(abs(slope - gradient @ v))
    fall = {
        name: (loss(theta) - loss(theta - fault * RATE * gradient)) / (RATE * gradient @ gradient)
        for name, fault in (("descent", 1.0), ("rate_off", RATE_OFF))
    }
    return {"force": max(found), **fall}
