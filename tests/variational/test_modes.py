"""One Gaussian fitted to two: two roads, limits, published points."""

import json

import numpy as np
import pytest
from scipy.integrate import quad

from scripts.variational import modes
from scripts.variational.kernels import mode_fit
from scripts.variational.theory import mode_seeking as theory
from scripts.variational.widgets import mode_curves


def test_both_roads_give_the_same_divergence():
    for m, s, a in ((0.0, 2.0, 1.5), (2.0, 1.1, 2.5), (-1.0, 0.7, 4.0)):
        assert mode_fit.divergence(m, s, a) == pytest.approx(theory.reverse_divergence(m, s, a), abs=1e-12)


def test_the_divergences_of_the_direct_fits_are_those_of_the_theory():
    for m, s, a in ((0.0, 2.0, 1.5), (2.0, 1.1, 2.5), (-1.0, 0.7, 4.0)):
        assert mode_fit.forward_divergence(m, s, a) == pytest.approx(
            theory.forward_divergence(m, s, a), abs=1e-9
        )


def test_the_part_from_where_q_is_small_is_that_of_a_sum():
    x = np.linspace(-20, 20, 200_001)
    for m, s, a in ((3.0, 1.02, 3.0), (0.0, 3.2, 3.0)):
        log_p = -(x**2 + a * a + np.log(2 * np.pi)) / 2 + theory.log_cosh(a * x)
        log_q = -(((x - m) / s) ** 2 + np.log(2 * np.pi)) / 2 - np.log(s)
        exact = (np.exp(log_q) * np.minimum(log_q - log_p, 0)).sum() * (x[1] - x[0])
        assert mode_fit.below(m, s, a) == pytest.approx(exact, abs=1e-8)


def test_published_points_of_the_transition():
    """Power: 200-point Gauss-Hermite quadrature, off in the fourth digit, fails at 60 tolerances."""
    a, m, s = theory.spinodal()
    assert (a, m, s) == pytest.approx((2.41223, 2.1457, 1.2910), abs=5e-5)
    assert theory.switch() == pytest.approx((2.80008, 0.684266), abs=5e-6)


def test_there_is_no_fit_of_one_mode_below_the_spinodal_and_one_above():
    a = theory.spinodal()[0]
    assert theory.asymmetric(a - 1e-3) is None
    m, s = theory.asymmetric(a + 1e-3)
    assert np.linalg.eigvalsh(theory.hessian(m, s, a + 1e-3)).min() > 0


def test_the_hessian_is_the_second_derivative():
    m, s, a, d = 1.9, 1.2, 2.5, 1e-4

    def D(x, y):
        return theory.reverse_divergence(x, y, a)

    second = (D(m + d, s) - 2 * D(m, s) + D(m - d, s)) / d**2
    mixed = (D(m + d, s + d) - D(m + d, s - d) - D(m - d, s + d) + D(m - d, s - d)) / (4 * d * d)
    H = theory.hessian(m, s, a)
    assert H[0, 0] == pytest.approx(second, abs=1e-5)
    assert H[0, 1] == pytest.approx(mixed, abs=1e-5)


def test_the_forward_divergence_is_its_integral_and_least_at_the_moments():
    a = 1.7

    def integrand(x, m, s):
        log_p = -(x**2 + a * a + np.log(2 * np.pi)) / 2 + theory.log_cosh(a * x)
        log_q = -(((x - m) / s) ** 2) / 2 - np.log(s * np.sqrt(2 * np.pi))
        return np.exp(log_p) * (log_p - log_q)

    best = theory.forward_fit(a)
    for fit in (best, (0.4, 1.5)):
        value = theory.forward_divergence(*fit, a)
        assert value == pytest.approx(quad(integrand, -12, 12, args=fit)[0], abs=1e-8)
        assert value >= theory.forward_divergence(*best, a)


def test_dropping_a_mode_costs_ln_2_from_below():
    values = [theory.reverse_divergence(*theory.asymmetric(a), a) for a in (2.5, 3.0, 4.0, 6.0)]
    assert np.all(np.diff(values) > 0)
    assert values[-1] < np.log(2)
    assert values[1:3] == pytest.approx([0.6888, 0.69305], abs=5e-5)


def test_a_few_distances_are_enough_for_the_table_and_the_player():
    table = modes.curves([0.3])
    assert set(modes.CHECKED) <= set(table["a"])
    assert table["broad_curvature"].to_numpy() == pytest.approx(table["broad_s"].to_numpy() ** -2, abs=1e-8)
    player = mode_curves(table)
    assert len(player["frames"]) == len(player["labels"]["en"]) == len(player["labels"]["ja"]) == len(table)
    for frame in player["frames"]:
        assert [len(curve) for curve in frame] == [len(player["x"])] * len(player["series"])
        for curve in frame[:2]:
            assert np.trapezoid(curve, player["x"]) == pytest.approx(1, abs=2e-2)
    json.dumps(player, allow_nan=False)
