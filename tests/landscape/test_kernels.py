"""Kernels of the landscapes: derivatives against finite differences and JAX, searches against twins."""

import numpy as np
import pytest

from scripts.common.seeds import generator
from scripts.landscape.kernels import bowl, critical, descent, exhaust, network, optimizers, pspin, valley
from scripts.landscape.theory import adam
from scripts.landscape.theory import bowl as bottom
from scripts.landscape.theory import glass as plain_glass
from scripts.landscape.theory import network as plain

SEED = 20250918


def glass(n, label="glass"):
    rng = generator(SEED, "tests/landscape", label, str(n))
    tensor = pspin.couplings(n, rng)
    u = rng.standard_normal((3, n))
    return tensor, pspin.Sphere(tensor), u / np.linalg.norm(u, axis=1, keepdims=True)


def task(units, n=30, d=5, label="network"):
    rng = generator(SEED, "tests/landscape", label, str(units))
    x, y, teacher = network.teacher_task(n, d, np.array([1.0, -1.0, 1.0]), rng)
    return network.Network(x, y, units), network.random_start(4, d, units, rng), teacher


def plain_energy(tensor, u):
    """e(u) as the triple sum it is, the twin of `Sphere`."""
    n = len(u)
    return sum(tensor[i, j, k] * u[i] * u[j] * u[k] for i in range(n) for j in range(n) for k in range(n)) / 6


def test_the_energy_of_the_glass_is_the_triple_sum():
    tensor, sphere, u = glass(6)
    expected = [plain_energy(tensor, point) for point in u]
    assert np.allclose(sphere.slope(u)[0], expected, rtol=0, atol=1e-14)
    assert np.allclose(tensor, tensor.transpose(2, 0, 1), rtol=0, atol=1e-15)


def test_the_glass_has_the_variance_of_its_covariance():
    """Var e = 1 / (2 N) at every point, and the overlap enters cubed; detects 3 % at 4 sigma."""
    n, samples = 5, 20000
    u = np.zeros((2, n))
    u[0, 0], u[1, :2] = 1.0, [0.6, 0.8]
    rng = generator(SEED, "tests/landscape/variance")
    energies = np.array([pspin.Sphere(pspin.couplings(n, rng)).slope(u)[0] for _ in range(samples)])
    covariance = energies.T @ energies / samples * 2 * n
    assert abs(covariance[0, 0] - 1) < 4 * np.sqrt(2 / samples)
    assert abs(covariance[0, 1] - 0.6**3) < 4 / np.sqrt(samples)


def test_gradient_and_hessian_of_the_glass_are_those_of_a_walk_on_the_sphere():
    """Against finite differences along great circles, gradient to 1e-7 and Hessian to 1e-5."""
    _, sphere, u = glass(7)
    direction = generator(SEED, "tests/landscape/direction").standard_normal(u.shape)
    direction -= (direction * u).sum(axis=1, keepdims=True) * u
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    energy, gradient, hessian = sphere.derivatives(u)
    assert np.allclose(gradient, sphere.slope(u)[1], rtol=0, atol=1e-14)
    step = 1e-4
    ahead, behind = (sphere.slope(np.cos(t) * u + np.sin(t) * direction)[0] for t in (step, -step))
    assert np.allclose((ahead - behind) / (2 * step), (gradient * direction).sum(axis=1), rtol=0, atol=1e-7)
    curvature = np.einsum("bi,bij,bj->b", direction, hessian, direction)
    assert np.allclose((ahead + behind - 2 * energy) / step**2, curvature, rtol=0, atol=1e-5)
    assert np.abs(np.einsum("bij,bj->bi", hessian, u)).max() < 1e-13


def test_the_spectrum_on_the_sphere_leaves_out_the_radial_direction():
    _, sphere, u = glass(6)
    _, _, hessian = sphere.derivatives(u)
    for matrix, point, found in zip(hessian, u, pspin.tangent_spectrum(hessian, u), strict=True):
        basis = np.linalg.qr(np.column_stack([point, np.eye(6)[:, :5]]))[0][:, 1:]
        assert np.allclose(found, np.linalg.eigvalsh(basis.T @ matrix @ basis), rtol=0, atol=1e-12)


def test_the_search_for_critical_points_finds_saddles_and_no_others():
    _, sphere, _ = glass(15)
    u = generator(SEED, "tests/landscape/search").standard_normal((60, 15))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    u, size = critical.minimize_gradient(sphere, u, 300, 1e-11)
    found = size <= 1e-11
    assert 10 < found.sum() < 60  # some searches end at a minimum of the squared gradient
    _, gradient, hessian = sphere.derivatives(u[found])
    assert np.linalg.norm(gradient, axis=1).max() < 1e-10
    assert (pspin.tangent_spectrum(hessian, u[found]) < 0).sum(axis=1).max() > 3


def test_the_compiled_newton_step_is_its_plain_twin_bit_for_bit():
    tensor, _, u = glass(6)
    for point in u:
        fast, plain = point.copy(), point.copy()
        lengths = [
            step(tensor, place, np.empty((6, 6)), np.empty(6))
            for step, place in ((exhaust._newton_step, fast), (exhaust._newton_step.py_func, plain))
        ]
        assert lengths[0] == lengths[1]
        assert (fast == plain).all()


def test_elimination_solves_and_notices_singular_matrices():
    rng = generator(SEED, "tests/landscape/elimination")
    a, b = rng.standard_normal((7, 7)), rng.standard_normal(7)
    expected, copy = np.linalg.solve(a, b), b.copy()
    assert exhaust._solve(a.copy(), copy)
    assert np.allclose(copy, expected, rtol=1e-10)
    assert not exhaust._solve(np.zeros((3, 3)), np.ones(3))


def test_three_spins_have_the_critical_points_of_a_fine_grid():
    """Against a search of every minimum and maximum on a grid of the sphere, an independent road."""
    tensor, sphere, _ = glass(3, "grid")
    points, reached = exhaust.critical_points(tensor, 20, 100000, generator(SEED, "tests/landscape/newton"))
    energy, gradient, hessian = sphere.derivatives(points)
    assert np.linalg.norm(gradient, axis=1).max() < 1e-12
    assert reached.min() >= 20
    below = (pspin.tangent_spectrum(hessian, points) < 0).sum(axis=1)
    theta = np.linspace(0, np.pi, 801)[1:-1, None]
    phi = np.linspace(0, 2 * np.pi, 1601)[None, :-1]
    grid = np.stack(
        [np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta) + 0 * phi], axis=-1
    )
    values = sphere.slope(grid.reshape(-1, 3))[0].reshape(799, 1600)
    inner = values[1:-1]
    lowest = np.ones_like(inner, bool)
    for i in (-1, 0, 1):
        for j in (-1, 0, 1):
            if i or j:
                lowest &= inner < np.roll(values, -j, axis=1)[1 + i : 798 + i]
    assert lowest.sum() == (below == 0).sum() + (below == 2).sum()
    assert abs(inner[lowest].min() - (-np.abs(energy)).min()) < 1e-4


def test_derivatives_of_the_network_are_those_of_jax():
    """Gradient and dense Hessian by automatic differentiation, to 1e-10; and finite differences, to 1e-6."""
    from scripts.common.jax_setup import jax, jnp

    landscape, theta, _ = task(4)

    def loss(parameters):
        weights, v = parameters[:20].reshape(4, 5), parameters[20:]
        return jnp.mean((jnp.tanh(landscape.x @ weights.T) @ v - landscape.y) ** 2) / 2

    value, gradient, hessian = landscape.derivatives(theta)
    for k in range(len(theta)):
        assert abs(value[k] - loss(theta[k])) < 1e-14
        assert np.allclose(gradient[k], jax.grad(loss)(theta[k]), rtol=0, atol=1e-12)
        assert np.allclose(hessian[k], jax.hessian(loss)(theta[k]), rtol=0, atol=1e-10)
    step = 1e-5 * np.eye(theta.shape[1])
    numeric = (landscape.loss(theta[:1] + step) - landscape.loss(theta[:1] - step)) / 2e-5
    assert np.allclose(numeric, gradient[0], rtol=0, atol=1e-8)
    product = (landscape.slope(theta[:1] + step)[1] - landscape.slope(theta[:1] - step)[1]) / 2e-5
    assert np.allclose(product, hessian[0], rtol=0, atol=1e-6)


def test_the_plain_loss_has_the_same_derivatives():
    """Complex steps against the closed form: gradient to 1e-14, Hessian to 1e-8."""
    landscape, theta, _ = task(3)
    loss, gradient, hessian = landscape.derivatives(theta)
    for k, point in enumerate(theta):
        data = landscape.x, landscape.y, 3
        assert abs(plain.loss(point, *data) - loss[k]) < 1e-15
        assert np.allclose(plain.gradient(point, *data), gradient[k], rtol=0, atol=1e-14)
        assert np.allclose(plain.hessian(point, *data), hessian[k], rtol=0, atol=1e-8)


def test_the_plain_gradient_of_the_glass_is_the_fast_one():
    tensor, sphere, u = glass(7)
    assert np.allclose(plain_glass.gradient(tensor, u), sphere.slope(u)[1], rtol=0, atol=1e-14)


def test_slope_and_jacobian_agree_with_the_full_derivatives():
    landscape, theta, teacher = task(3)
    value, gradient, _ = landscape.derivatives(theta)
    for found, expected in zip(landscape.slope(theta), (value, gradient), strict=True):
        assert np.allclose(found, expected, rtol=0, atol=1e-14)
    residual, jacobian, _ = landscape.jacobian(theta)
    assert np.allclose(np.einsum("bnp,bn->bp", jacobian, residual) / 30, gradient, rtol=0, atol=1e-14)
    assert landscape.loss(teacher[None])[0] < 1e-30


@pytest.mark.parametrize("units", [3, 12])
def test_least_squares_descends_to_rest_in_both_spaces(units):
    """3 units: fewer parameters than examples; 12: more, and zero loss."""
    landscape, theta, _ = task(units)
    start = landscape.loss(theta)
    end, loss, slope = descent.least_squares(landscape, theta, 500)
    assert (loss <= start).all()
    assert np.allclose(loss, landscape.loss(end), rtol=1e-12, atol=0)
    assert ((slope < 1e-10) | (loss < 1e-20)).mean() >= 0.5
    if units == 12:
        assert loss.max() < 1e-16


def test_the_walk_keeps_to_the_floor_and_the_line_does_not():
    landscape, theta, _ = task(12, label="valley")
    theta, _, _ = descent.least_squares(landscape, theta, 500)
    start, goal = (valley.onto_floor(landscape, point)[0] for point in theta[:2])
    path = valley.walk(landscape, start, goal, 40, 800)
    assert (path[-1] == goal).all()
    assert landscape.loss(path).max() < 1e-22
    assert valley.losses_along(landscape, path).max() < 1e-3
    assert valley.losses_along(landscape, np.array([start, goal]), 40).max() > 0.05
    inside = valley.losses_along(landscape, path, 1)
    assert np.allclose(inside, landscape.loss(path), rtol=0, atol=1e-15)


@pytest.mark.parametrize("method", [optimizers.DESCENT, optimizers.HEAVY_BALL])
def test_only_adam_feels_the_axes(method):
    starts = generator(SEED, "tests/landscape/axes").uniform(0.001, 0.5, (20, 2))
    straight = optimizers.escape_steps(starts, 30, method, 1.0)
    turned = optimizers.escape_steps(starts, 30, method, 1.0, turn=0.7)
    assert np.abs(straight - turned).max() <= 1
    adam = [optimizers.escape_steps(starts, 30, optimizers.ADAM, 0.01, turn=turn) for turn in (0.0, 0.7)]
    assert np.median(adam[1]) > 1.5 * np.median(adam[0])


def test_the_compiled_escape_is_its_plain_twin_and_adam_is_optax():
    """Aligned and turned; a constant of Adam that is 1 % off shifts the turned one by steps."""
    start = np.array([0.8, 0.01])
    for method in (optimizers.DESCENT, optimizers.HEAVY_BALL, optimizers.ADAM):
        arguments = (start, 1.0, 0.1, 0.3, method, 0.02, 3000)
        assert optimizers._escape(*arguments) == optimizers._escape.py_func(*arguments)
    starts = generator(SEED, "tests/landscape/adam").uniform(0.001, 0.5, (10, 2))
    for turn in (0.0, 0.7):
        fast = optimizers.escape_steps(starts, 30, optimizers.ADAM, 0.01, turn=turn)
        assert np.abs(fast - np.array(adam.escape_steps(starts, 30, 0.01, turn))).max() <= 1


def test_the_bowl_has_the_derivatives_of_its_loss_and_one_bottom():
    rng = generator(SEED, "tests/landscape/bowl")
    x, y = rng.standard_normal((40, 3)), np.where(rng.random(40) < 0.5, 1.0, -1.0)
    theta, ridge = rng.standard_normal(3), 0.1

    def loss(at):
        return np.log1p(np.exp(-y * (x @ at))).mean() + ridge * at @ at / 2

    step = 1e-4 * np.eye(3)
    numeric = [(loss(theta + e) - loss(theta - e)) / 2e-4 for e in step]
    assert np.allclose(bowl.gradient(theta[None], x, y, ridge)[0], numeric, rtol=0, atol=1e-8)
    numeric = [
        (bowl.gradient((theta + e)[None], x, y, ridge) - bowl.gradient((theta - e)[None], x, y, ridge))[0]
        / 2e-4
        for e in step
    ]
    assert np.allclose(bottom.hessian(theta, x, y, ridge), numeric, rtol=0, atol=1e-7)
    assert np.linalg.eigvalsh(bottom.hessian(theta, x, y, ridge))[-1] <= bowl.steepest(x, ridge)
    lowest = bottom.lowest_point(x, y, ridge)
    assert np.abs(bowl.gradient(lowest[None], x, y, ridge)).max() < 1e-14
    axis = np.array([0.0, 0.6, 0.8])
    starts = 3 * rng.standard_normal((5, 3))
    ends, distance, along = bowl.descent(starts, (x, y, ridge, lowest, axis), 1.0, 1e-12, 10000)
    assert np.abs(ends - lowest).max() < 1e-12
    assert np.allclose(along[0], (starts - lowest) @ axis)
    assert np.allclose(distance[0], np.linalg.norm(starts - lowest, axis=1))
