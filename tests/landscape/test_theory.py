"""Exact laws of the landscapes: limits, sum rules, and a second road to each."""

import numpy as np
import pytest

from scripts.common.seeds import generator
from scripts.landscape.theory import escape, kac_rice, semicircle

SEED = 20250918


def test_a_circle_has_the_zeros_of_a_random_wave():
    """N = 2: the covariance is cos^3; by Rice 2 sqrt(3 p - 2) = 2 sqrt(7) points, half minima."""
    assert abs(kac_rice.mean_number(2) - 2 * np.sqrt(7)) < 1e-9
    assert abs(kac_rice.mean_minima(2) - np.sqrt(7)) < 1e-9


def test_two_points_are_a_sphere_of_one_dimension():
    assert abs(kac_rice.mean_number(1) - 2) < 1e-9


@pytest.mark.parametrize("n", [1, 2, 5, 8, 13])
def test_the_density_holds_all_eigenvalues(n):
    x, level = kac_rice.density(n)
    assert abs(np.trapezoid(level, x) - n) < 1e-8
    assert level.min() > -1e-12


@pytest.mark.parametrize("n", [5, 8])
def test_counts_agree_with_random_matrices(n):
    """Means over sampled matrices; detects an error of 1.2 % in both numbers at 4 sigma."""
    matrices = semicircle.gaussian_orthogonal(n, 60000, generator(SEED, "tests/landscape/matrices", str(n)))
    weights = kac_rice.prefactor(n) * np.exp(-n * matrices**2 / 6)
    for found, exact in (
        (weights.sum(axis=1), kac_rice.mean_number(n)),
        (weights[:, 0], kac_rice.mean_minima(n)),
    ):
        error = found.std() / np.sqrt(len(found))
        assert error < 0.003 * exact
        assert abs(found.mean() - exact) < 4 * error


@pytest.mark.parametrize("n", [3, 6])
def test_the_smallest_eigenvalue_has_the_law_of_sampled_ones(n):
    x, above = kac_rice.smallest_above(n)
    assert above[0] == pytest.approx(1, abs=1e-9)
    assert above[-1] < 1e-6
    assert np.diff(above).max() < 1e-7
    matrices = semicircle.gaussian_orthogonal(n, 40000, generator(SEED, "tests/landscape/smallest", str(n)))
    smallest = np.sort(matrices[:, 0] * np.sqrt(n))
    share = np.interp(smallest, x, above)
    gap = np.abs(share - (1 - np.arange(0.5, len(smallest)) / len(smallest))).max()
    assert gap < 2 / np.sqrt(len(smallest))  # Kolmogorov and Smirnov, beyond 4 sigma


def test_the_share_of_minima_falls_as_the_exponent_says():
    sizes = range(16, 49, 4)
    shares = [np.log(kac_rice.mean_minima(n) / kac_rice.mean_number(n)) for n in sizes]
    assert abs(kac_rice.extrapolated_slope(sizes, shares) + 1 / 3) < 1e-3
    assert abs(kac_rice.extrapolated_slope(sizes, np.array(shares) * 1.05) + 1 / 3) > 1e-2


def test_extrapolation_gives_back_a_slope_that_was_put_in():
    n = np.arange(16, 49, 4.0)
    made = -0.25 * n + 0.3 - 0.7 * n**-0.25 + 0.2 * n**-0.5 + kac_rice.known_corrections(n)
    assert abs(kac_rice.extrapolated_slope(n, made) + 0.25) < 1e-9


def test_the_index_curve_is_the_semicircle_below_zero():
    for energy in (-1.1, -0.6, 0.0, 0.4):
        x = np.linspace(-6, 0, 200001)
        below = np.trapezoid(semicircle.spectrum(x, energy), x)
        assert abs(below - semicircle.index_share(energy)) < 1e-5
    assert semicircle.index_share(0.0) == 0.5
    assert semicircle.index_share(kac_rice.threshold(3)) == pytest.approx(0, abs=1e-12)
    found = semicircle.index_share(-np.array([0.2, 0.4, 0.6, 0.8, 0.9]) * 2 / np.sqrt(3))
    assert np.allclose(found, [0.37353, 0.252316, 0.142378, 0.052044, 0.018693], rtol=0, atol=1e-5)


def test_the_law_of_finite_size_approaches_the_limit():
    energies, gaps = np.array([-0.9, -0.5, 0.0]), []
    for n in (20, 80):
        matrices = semicircle.gaussian_orthogonal(n, 400, generator(SEED, "tests/landscape/finite", str(n)))
        law = semicircle.finite_index_share(energies, n, matrices)
        gaps.append(np.abs(law - semicircle.index_share(energies)).max())
    assert gaps[1] < gaps[0] / 2
    assert gaps[1] < 0.006
    assert np.isnan(semicircle.finite_index_share(np.array([-3.0]), 20, matrices[:, :20])).all()


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_escape_times_are_those_of_the_recursion(beta):
    for rate_curvature in (1e-3, 0.1, 1.0):
        for start in (1e-6, 0.3):
            before, here, steps = start, start, 0
            while here < 1:
                before, here, steps = here, (1 + beta + rate_curvature) * here - beta * before, steps + 1
            assert np.ceil(escape.escape_time(start, rate_curvature, beta)) == steps


def test_growth_and_contraction_have_their_limits():
    assert escape.growth(0.25) == pytest.approx(1.25)
    assert np.log(escape.growth(1e-6, 0.9)) == pytest.approx(1e-6 / (1 - 0.9), rel=1e-3)
    assert escape.contraction(0.5, [0.1, 1.0, 3.9]) == pytest.approx(0.95)
