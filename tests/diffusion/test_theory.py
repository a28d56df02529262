"""What is known exactly, against itself, against derivatives and sums, and against published digits."""

import numpy as np
import pytest

from scripts.diffusion.theory import collapse, ising
from scripts.diffusion.theory import mixture as theory
from scripts.diffusion.theory import thermodynamics as heat
from scripts.ising.theory import kaufman

MIXTURE = np.array([0.3, 0.7]), np.array([-2.0, 1.5]), np.array([0.25, 0.16])
PLANE = np.array([0.4, 0.6]), np.array([[-1.0, 0.5], [1.0, 2.0]]), np.array([0.3, 0.1])


@pytest.mark.parametrize("t", [0.0, 0.1, 1.0])
def test_score_and_its_slope_are_derivatives_of_the_log_density(t):
    """Detects a relative error of 1e-6 in either."""
    law, x, h = theory.noised(MIXTURE, t), np.linspace(-3, 3, 31), 1e-5
    slope = (theory.log_density(x + h, law) - theory.log_density(x - h, law)) / (2 * h)
    np.testing.assert_allclose(theory.score(x, law), slope, rtol=1e-6, atol=1e-7)
    slope = (theory.score(x + h, law) - theory.score(x - h, law)) / (2 * h)
    np.testing.assert_allclose(theory.score_slope(x, law), slope, rtol=1e-5, atol=1e-6)


def test_score_in_the_plane_is_the_gradient():
    x, h = np.random.default_rng(0).normal(size=(50, 2)), 1e-5
    for k in range(2):
        step = h * np.eye(2)[k]
        slope = (theory.log_density(x + step, PLANE) - theory.log_density(x - step, PLANE)) / (2 * h)
        np.testing.assert_allclose(theory.score(x, PLANE)[:, k], slope, rtol=1e-6, atol=1e-6)


def test_a_mixture_in_the_plane_with_one_axis_is_the_mixture_on_a_line():
    weights, means, variances = MIXTURE
    flat, x = (weights, means[:, None], variances), np.linspace(-3, 3, 9)
    np.testing.assert_allclose(theory.score(x[:, None], flat)[:, 0], theory.score(x, MIXTURE), rtol=1e-13)


def test_densities_obey_the_fokker_planck_equation():
    """Detects a missing factor of two in either term."""
    x, t, h = np.linspace(-3, 3, 13), 0.4, 1e-3
    ahead, behind = (theory.density(x, theory.noised(MIXTURE, t + sign * h)) for sign in (1, -1))
    p = [theory.density(x + k * h, theory.noised(MIXTURE, t)) for k in (-1, 0, 1)]
    drift = ((x + h) * p[2] - (x - h) * p[0]) / (2 * h)
    diffusion = (p[2] - 2 * p[1] + p[0]) / h**2
    np.testing.assert_allclose((ahead - behind) / (2 * h), drift + diffusion, atol=2e-5)


def test_quantiles_invert_the_distribution_and_moments_are_sums():
    levels = np.array([1e-6, 0.2, 0.3, 0.5, 0.999])
    np.testing.assert_allclose(
        theory.distribution(theory.quantiles(levels, MIXTURE), MIXTURE), levels, rtol=1e-9
    )
    x = np.linspace(-8, 8, 8001)
    p = theory.density(x, MIXTURE) * (x[1] - x[0])
    np.testing.assert_allclose(theory.moments(MIXTURE), (p @ x, p @ x**2 - (p @ x) ** 2), rtol=1e-9)
    np.testing.assert_allclose(theory.mean_distance(MIXTURE), p @ np.abs(x), rtol=1e-6)


def test_three_deviations_hold_less_in_the_plane_than_on_a_line():
    np.testing.assert_allclose([theory.within(3, 1), theory.within(3, 2)], [0.9973002, 0.9888910], atol=1e-7)


def test_entropy_production_is_the_loss_of_divergence():
    found = heat.production(MIXTURE, 0.0, 12.0)
    loss = heat.state(MIXTURE, 0.0)["kl"] - heat.state(MIXTURE, 12.0)["kl"]
    np.testing.assert_allclose([found, loss], 1.2196138322, atol=1e-9)
    assert abs(heat.production(MIXTURE, 0.0, 6.0) - found) > 1e-7  # a shorter time is noticed


def test_gaussians_have_their_known_entropy_and_transport():
    broad = np.array([1.0]), np.array([1.0]), np.array([4.0])
    np.testing.assert_allclose(heat.state(broad, 0.0)["entropy"], np.log(8 * np.pi * np.e) / 2, rtol=1e-10)
    for t in (0.3, 2.0):
        mean, width = np.exp(-t), np.sqrt(1 + 3 * np.exp(-2 * t))
        np.testing.assert_allclose(
            heat.transport(broad, 0.0, t), (1 - mean) ** 2 + (2 - width) ** 2, rtol=1e-6
        )


def test_the_speed_limit_holds_for_the_mixture():
    for t in (0.05, 1.0, 6.0):
        assert heat.transport(MIXTURE, 0.0, t) / t < heat.production(MIXTURE, 0.0, t)


def test_the_two_times_have_their_published_digits():
    np.testing.assert_allclose(collapse.overlap(np.array(1.0)), 0.7752, atol=5e-5)
    np.testing.assert_allclose(collapse.overlap(np.array([1e-9, 30.0])), [0.5, 1.0], atol=1e-9)
    ratios = (0.1, 0.25, 0.5, np.log(2))
    found = [collapse.collapse_time(ratio) for ratio in ratios]
    np.testing.assert_allclose(found, [0.853886, 0.466376, 0.229338, 0.143841], atol=1e-6)
    np.testing.assert_allclose([collapse.collapse_time_by_entropy(r) for r in ratios], found, atol=1e-10)


@pytest.mark.parametrize("temperature", [1.5, 2.0 / np.log1p(np.sqrt(2.0)), 3.5])
def test_the_sum_over_states_has_kaufmans_energy(temperature):
    _, energies = ising.states(4)
    weight = np.exp(-(energies + 32) / temperature)
    mean = (weight @ energies) / weight.sum() / 16
    np.testing.assert_allclose(kaufman.energy(4, temperature), mean, rtol=1e-12)


@pytest.mark.parametrize("temperature", [1.5, 2.0 / np.log1p(np.sqrt(2.0)), 2.5, 3.5])
def test_the_energy_of_a_torus_is_kaufmans_and_that_of_enumeration(temperature):
    for size in (4, 8, 16):
        np.testing.assert_allclose(
            ising.energy(size, temperature), kaufman.energy(size, temperature), rtol=1e-7
        )


def test_the_perfect_noise_remover_knows_its_limits():
    """Without noise the spins themselves, at infinite temperature one by one, with much noise nothing."""
    table = ising.states(2)
    y = np.random.default_rng(1).normal(size=(5, 2, 2))
    alone = ising.posterior_mean(y, np.full(5, 0.7), 1e9, table)
    np.testing.assert_allclose(alone, np.tanh(y / 0.49), atol=1e-7)
    assert np.abs(ising.posterior_mean(y, np.full(5, 1e4), 2.0, table)).max() < 1e-3
    spins = np.sign(y)
    np.testing.assert_allclose(ising.posterior_mean(spins, np.full(5, 0.05), 3.0, table), spins, atol=1e-9)
