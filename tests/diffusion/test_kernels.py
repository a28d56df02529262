"""What runs, against plain twins, exact laws and each other."""

from itertools import pairwise

import numpy as np
import pytest

from scripts.common.seeds import generator
from scripts.diffusion import laws
from scripts.diffusion.kernels import fokker_planck as solver
from scripts.diffusion.kernels import particles
from scripts.diffusion.kernels.spins import ising_chain, swendsen_wang_sweep
from scripts.diffusion.theory import collapse
from scripts.diffusion.theory import mixture as theory
from scripts.ising.theory import kaufman

SEED = 20250918
MIXTURE = np.array([0.3, 0.7]), np.array([-2.0, 1.5]), np.array([0.25, 0.16])


@pytest.mark.parametrize("dimension", [1, 2])
def test_the_compiled_score_is_that_of_the_theory(dimension):
    law = MIXTURE if dimension == 1 else laws.ring()
    out, x = np.empty(dimension), generator(SEED, "points").normal(size=(40, dimension)) * 2
    noised = particles.noised_mixture(0.3, laws.as_columns(law))
    for point in x:
        particles.mixture_score(out, point, noised)
        exact = theory.score(point if dimension == 2 else point[0], theory.noised(law, 0.3))
        np.testing.assert_allclose(out, exact, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("name", ["sde", "ddpm", "literal", "no_score"])
def test_the_compiled_samplers_are_their_plain_twins(name):
    times = particles.reverse_times(2.0, 12)
    x = generator(SEED, "start").normal(size=(5, 1))
    plain, rng = x.copy(), generator(SEED, "noise")
    for before, after in pairwise(times):
        step = before - after
        for i in range(5):
            s, z = theory.score(plain[i, 0], theory.noised(MIXTURE, before)), None
            if not (name == "ddpm" and after == 0):
                z = rng.standard_normal()
            noise = np.sqrt(2 * step) * (z or 0.0)
            now = plain[i, 0]
            if name == "ddpm":
                beta = 1 - np.exp(-2 * step)
                spread = np.sqrt(beta * (1 - np.exp(-2 * after)) / (1 - np.exp(-2 * before)))
                plain[i, 0] = (now + beta * s) / np.sqrt(1 - beta) + spread * (z or 0.0)
            elif name == "sde":
                plain[i, 0] = now + (now + 2 * s) * step + noise
            elif name == "no_score":
                plain[i, 0] = now + now * step + noise
            else:
                plain[i, 0] = now - (now + 2 * s) * step + noise
    rng = generator(SEED, "noise")
    particles.reverse(x, times, laws.as_columns(MIXTURE), particles.SAMPLERS[name], 1.0, rng)
    np.testing.assert_allclose(x, plain, rtol=1e-10)


def test_compiled_loops_give_the_same_bits_as_their_python():
    for kernel in (particles.forward, particles.discrete_forward):
        args = (0.3, 0.1, (1.0, 1.0)) if kernel is particles.forward else (np.array([0.1, 0.2, 0.3]),)
        x = np.linspace(-1, 1, 7)
        y = x.copy()
        kernel(x, *args, generator(SEED, "twin"))
        kernel.py_func(y, *args, generator(SEED, "twin"))
        np.testing.assert_allclose(x, y, rtol=1e-14)


def test_langevin_particles_have_the_exact_moments():
    """Detects 1 % of the variance at four sigma, and a noise of the wrong factor at once."""
    x = laws.drawn(MIXTURE, 400000, generator(SEED, "particles"))
    particles.forward(x, 0.5, 0.02, (1.0, 1.0), generator(SEED, "motion"))
    mean, variance = theory.moments(theory.noised(MIXTURE, 0.5))
    assert abs(x.mean() - mean) < 4 * np.sqrt(variance / len(x))
    assert abs(x.var() - variance) < 4 * np.std((x - mean) ** 2) / np.sqrt(len(x))


def test_the_chain_has_the_moments_of_its_recursion_and_not_those_of_a_shifted_schedule():
    """Detects one step of the schedule at ten sigma."""
    x, betas = laws.drawn(MIXTURE, 400000, generator(SEED, "chain")), np.linspace(0.004, 0.08, 25)
    particles.discrete_forward(x, betas, generator(SEED, "steps"))
    error = np.std((x - x.mean()) ** 2) / np.sqrt(len(x))
    assert abs(x.var() - theory.chained(MIXTURE, betas)[1]) < 4 * error
    assert abs(x.var() - theory.chained(MIXTURE, betas + betas[1] - betas[0])[1]) > 10 * error


def test_the_solver_keeps_equilibrium_mass_and_sign():
    centers, width = solver.cells(7.0, 200)
    gauss = np.exp(-(centers**2) / 2) / np.sqrt(2 * np.pi)
    assert np.abs(solver.currents(gauss, centers, width)).max() < 1e-12
    p = np.zeros(200)
    p[50] = 1 / width
    later = solver.evolve(p, [0.5, 5.0], width / 4, centers, width)
    np.testing.assert_allclose(later.sum(1) * width, 1.0, rtol=1e-12)
    assert later.min() > -1e-12
    np.testing.assert_allclose(solver.spectrum(centers, width, 4), np.arange(4), atol=5e-3)


def test_a_wrong_diffusion_constant_is_noticed_by_the_solver():
    centers, width = solver.cells(8.0, 400)
    first = theory.density(centers, MIXTURE)
    exact = theory.density(centers, theory.noised(MIXTURE, 0.3))
    right, wrong = (
        np.abs(solver.evolve(first, [0.3], width / 4, centers, width, (1.0, d))[0] - exact).sum() * width
        for d in (1.0, 1.05)
    )
    assert right < 1e-3 < 10e-3 < wrong


def test_clones_agree_as_the_quadrature_says():
    """Detects 3 % of the agreement at four sigma; at half the distance they must agree less."""
    for dimension in (3, 50):
        classes = np.empty((3000, 4), np.int8)
        first = collapse.speciation_time(dimension)
        times = np.linspace(first, max(0.0, first - 3), 31)
        particles.clone_classes(classes, dimension, times, generator(SEED, f"clones {dimension}"))
        pairs = ((classes.sum(1, dtype=float) ** 2 - 4) / 12 + 1) / 2
        error = pairs.std() / np.sqrt(len(pairs))
        exact = collapse.overlap(np.array([1.0, 0.5]))
        if dimension > 20:  # in few dimensions t = 0 comes before the choice is made
            assert abs(pairs.mean() - exact[0]) < 4 * error
        assert pairs.mean() - exact[1] > 5 * error


def test_a_sweep_is_its_plain_twin():
    spins = np.where(generator(SEED, "spins").random(16) < 0.5, 1, -1).astype(np.int8)
    twin = spins.copy()
    first, second = generator(SEED, "sweep"), generator(SEED, "sweep")
    for _ in range(20):
        a = swendsen_wang_sweep(spins, np.empty(16, np.int64), 0.5, first)
        b = swendsen_wang_sweep.py_func(twin, np.empty(16, np.int64), 0.5, second)
        assert a == b
    assert (spins == twin).all()


@pytest.mark.parametrize("temperature", [2.0, 3.0])
def test_the_chain_has_the_energy_of_kaufman(temperature):
    """Detects 0.5 % of the temperature at four sigma."""
    _, measured = ising_chain(8, temperature, 3000, 10, generator(SEED, "chain", str(temperature)))
    e = measured[:, 0].reshape(60, -1).mean(1) / 64
    assert abs(e.mean() - kaufman.energy(8, temperature)) < 4 * e.std(ddof=1) / np.sqrt(60)
    assert abs(e.mean() - kaufman.energy(8, 1.01 * temperature)) > 4 * e.std(ddof=1) / np.sqrt(60)
