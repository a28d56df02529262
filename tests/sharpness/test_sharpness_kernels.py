"""Networks and their Hessians against derivatives written by hand; training, Lanczos, traces."""

import numpy as np
import pytest

from scripts.common.jax_setup import jax, jnp
from scripts.sharpness.data import task
from scripts.sharpness.kernels import hessian, measures, network, training
from scripts.sharpness.theory import network as theory

NETS = {"relu": (6, 7, 5, 3), "tanh": (2, 9, 1)}


def problem(kind, seed=0):
    rng, sizes = np.random.default_rng(seed), NETS[kind]
    theta = network.initial(sizes, rng)
    theta += 0.1 * rng.normal(size=len(theta))
    x = rng.normal(size=(20, sizes[0]))
    y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], 20)]
    function = network.cross_entropy if kind == "relu" else network.squared_error
    return theta, sizes, x, y, lambda t: function(network.layers(t, sizes), x, y)


@pytest.mark.parametrize("kind", NETS)
def test_loss_gradient_and_hessian_agree_with_those_written_by_hand(kind):
    """Power: a term of 1e-10 anywhere in the Hessian."""
    theta, sizes, x, y, loss = problem(kind)
    assert float(loss(theta)) == pytest.approx(theory.loss(theta, sizes, x, y, kind), abs=1e-13)
    np.testing.assert_allclose(jax.grad(loss)(theta), theory.gradient(theta, sizes, x, y, kind), atol=1e-13)
    by_hand = [theory.product(theta, v, sizes, x, y, kind) for v in np.eye(len(theta))]
    np.testing.assert_allclose(hessian.dense(loss, theta), by_hand, atol=1e-10)


@pytest.mark.parametrize("kind", NETS)
def test_gradient_and_products_agree_with_differences(kind):
    theta, _, _, _, loss = problem(kind, 1)
    v, h = np.random.default_rng(2).normal(size=len(theta)), 1e-6
    slope = (loss(theta + h * v) - loss(theta - h * v)) / (2 * h)
    assert float(slope) == pytest.approx(float(jax.grad(loss)(theta) @ v), abs=1e-6)
    change = (jax.grad(loss)(theta + h * v) - jax.grad(loss)(theta - h * v)) / (2 * h)
    np.testing.assert_allclose(hessian.product(loss, theta, v), change, atol=1e-6)


def test_lanczos_finds_the_largest_eigenvalue_and_its_vector():
    theta, _, _, _, loss = problem("relu")
    H = np.asarray(hessian.dense(loss, theta))
    values, vectors = np.linalg.eigh(H)
    start = np.random.default_rng(3).choice([-1.0, 1.0], size=len(theta))
    value, residual, vector = hessian.largest_eigenvalue(lambda v: H @ v, start, 30)
    assert float(value) == pytest.approx(values[-1], abs=1e-10)
    assert abs(np.asarray(vector) @ vectors[:, -1]) == pytest.approx(1.0, abs=1e-8)
    assert float(residual) < 1e-8


def test_too_few_steps_of_lanczos_show_in_the_residual():
    theta, _, _, _, loss = problem("relu")
    H = np.asarray(hessian.dense(loss, theta))
    start = np.random.default_rng(3).choice([-1.0, 1.0], size=len(theta))
    value, residual, _ = hessian.largest_eigenvalue(lambda v: H @ v, start, 4)
    assert np.abs(float(value) - np.linalg.eigvalsh(H)).min() <= float(residual)
    assert float(residual) > 1e-3


def test_the_random_trace_has_an_honest_error():
    """Power: 3000 probes give 1 %; an estimate of the trace of the square would be off by much more."""
    theta, sizes, x, _, loss = problem("relu")
    H = np.asarray(hessian.dense(loss, theta))
    probes = np.random.default_rng(4).choice([-1.0, 1.0], size=(3000, len(theta)))
    value, error = hessian.trace(lambda v: H @ v, probes)
    assert abs(float(value) - np.trace(H)) < 4 * float(error)
    assert float(error) < 0.05 * np.trace(H)
    exact, relative = theory.relu_traces(theta, sizes, x)
    assert exact == pytest.approx(np.trace(H), abs=1e-10)
    assert relative == pytest.approx((theta**2 * np.diag(H)).sum(), abs=1e-10)


def test_curvatures_by_hand_are_those_of_the_dense_hessian():
    theta, sizes, x, y, loss = problem("relu")
    unit, H = np.abs(theta), np.asarray(hessian.dense(loss, theta))
    probes = np.random.default_rng(4).choice([-1.0, 1.0], size=(3, len(theta)))
    largest, trace = theory.curvature(theta, unit, probes, sizes, x, y)
    scaled = unit[:, None] * H * unit
    assert largest == pytest.approx(np.linalg.eigvalsh(scaled)[-1], rel=1e-9)
    assert trace == pytest.approx(np.mean([z @ scaled @ z for z in probes]), rel=1e-12)
    np.testing.assert_allclose(
        [theory.product(theta, v, sizes, x, y) for v in np.eye(len(theta))], H, atol=1e-10
    )


@pytest.mark.parametrize("factor", [0.1, 7.0])
def test_rescaling_changes_the_weights_and_not_the_function(factor):
    theta, sizes, x, y, _ = problem("relu")
    moved = np.asarray(network.rescaled(jnp.asarray(theta), sizes, factor))
    before, after = (network.outputs(network.layers(jnp.asarray(t), sizes), x) for t in (theta, moved))
    np.testing.assert_allclose(before, after, atol=1e-12)
    probes = np.random.default_rng(5).choice([-1.0, 1.0], size=(4, len(theta)))
    relative = [measures.curvature(t, np.abs(t), probes, x, y, sizes) for t in (theta, moved)]
    assert float(relative[0].largest) == pytest.approx(float(relative[1].largest), rel=1e-9)
    plain = [measures.curvature(t, np.ones_like(t), probes, x, y, sizes) for t in (theta, moved)]
    assert abs(float(plain[1].largest / plain[0].largest) - 1) > 1


def test_a_network_of_tanh_is_not_left_alone_by_rescaling():
    theta, sizes, x, _, _ = problem("relu")
    moved = network.rescaled(jnp.asarray(theta), sizes, 3.0)
    before, after = (
        network.outputs(network.layers(t, sizes), x, jnp.tanh) for t in (jnp.asarray(theta), moved)
    )
    assert float(jnp.abs(before - after).max()) > 1e-2


def test_training_stops_at_the_loss_and_gives_the_same_bits_again():
    data, sizes = task("digits", 32, 0.0, 1, 0), (64, 16, 16, 10)
    start = network.initial(sizes, np.random.default_rng(0))[None].repeat(2, 0)
    hyper = training.Settings(np.array([0.1, 0.05]), np.zeros(2), np.array([[1, 2], [3, 4]], np.uint32))
    x, y = (np.stack([array] * 2) for array in (data.x, data.y))
    first, loss, steps = training.trained(start, hyper, x, y, (0.1, 20000), sizes, 8)
    again, _, _ = training.trained(start, hyper, x, y, (0.1, 20000), sizes, 8)
    assert np.array_equal(first, again)
    assert (np.asarray(loss) <= 0.1).all()
    for theta, value in zip(np.asarray(first, float), loss, strict=True):
        assert theory.loss(theta, sizes, data.x, data.y) == pytest.approx(float(value), abs=1e-5)
    assert (np.asarray(steps) % 8 == 0).all()
    _, short, few = training.trained(start, hyper, x, y, (0.1, 8), sizes, 8)
    assert (np.asarray(short) > 0.1).all()
    assert (np.asarray(few) == 8).all()


def test_a_full_batch_step_is_a_step_of_gradient_descent():
    data, sizes = task("teacher", 16, 0.0, 1, 0), (10, 4, 4, 3)
    start = network.initial(sizes, np.random.default_rng(0))
    hyper = training.Settings(np.array([0.01]), np.array([0.1]), np.array([[1, 2]], np.uint32))
    end, _, steps = training.trained(start[None], hyper, data.x[None], data.y[None], (0.0, 1), sizes, 16)
    theta = start.copy()
    for _ in range(int(steps[0])):
        theta -= 0.01 * (theory.gradient(theta, sizes, data.x, data.y) + 0.1 * theta)
    np.testing.assert_allclose(np.asarray(end)[0], theta, atol=1e-5)


def test_the_worst_rise_is_close_to_that_of_a_quadratic_valley():
    """For small moves the worst direction is the leading eigenvector, up to the slope that is left."""
    theta, sizes, x, y, loss = problem("relu")
    _, _, vector = hessian.largest_eigenvalue(
        lambda v: hessian.product(loss, theta, v), np.ones(len(theta)), 40
    )
    worst = float(measures.worst_rise(theta, vector, x, y, sizes))
    random = np.random.default_rng(6).normal(size=(200, len(theta)))
    random *= measures.RADIUS / np.linalg.norm(random, axis=1, keepdims=True)
    assert worst > float(measures.rises(theta, random, np.ones(1), x, y, sizes).max())


def test_filters_of_a_slice_are_as_long_as_those_of_the_weights():
    theta, sizes, _, _, _ = problem("relu")
    direction = measures.filter_normalized(
        jnp.asarray(np.random.default_rng(7).normal(size=len(theta))), jnp.asarray(theta), sizes
    )
    for (V, c), (W, _) in zip(network.layers(direction, sizes), network.layers(theta, sizes), strict=True):
        np.testing.assert_allclose(jnp.linalg.norm(V, axis=0), np.linalg.norm(W, axis=0), rtol=1e-12)
        assert not np.any(c)
