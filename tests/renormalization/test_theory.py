"""Exact recursions, strips and blocks: limits, sum rules, published digits."""

import math

import numpy as np
import pytest

from scripts.renormalization.theory import blocks, recursions, square, strips

TC = square.critical_temperature()


@pytest.mark.parametrize(("K", "h"), [(0.3, 0.0), (0.7, 0.3), (1.4, -0.8)])
def test_a_decimated_ring_has_the_same_partition_function(K, h):
    """Identity of ln Z to rounding; a coupling off by 1e-6 would show."""
    after, field, constant = recursions.decimated(K, h)
    exact = recursions.chain_log_z(K, h, 12)
    assert recursions.chain_log_z(after, field, 6) + 6 * constant == pytest.approx(exact, abs=1e-12)
    assert abs(recursions.chain_log_z(after + 1e-6, field, 6) + 6 * constant - exact) > 1e-9


def test_the_ring_is_a_sum_over_its_states():
    s = 1.0 - 2 * ((np.arange(2**6)[:, None] >> np.arange(6)) & 1)
    weights = np.exp(0.6 * (s * np.roll(s, 1, 1)).sum(1) + 0.2 * s.sum(1))
    assert recursions.chain_log_z(0.6, 0.2, 6) == pytest.approx(math.log(weights.sum()), abs=1e-13)


def test_fixed_points_have_their_published_digits():
    point = recursions.migdal_kadanoff_point()
    assert pytest.approx(0.3046889317, abs=1e-10) == point.K
    assert 1 / point.y_t == pytest.approx(1.33826579, abs=1e-8)
    assert point.y_h == pytest.approx(1.879146, abs=1e-6)
    cubic = recursions.migdal_kadanoff_point(2, 3)
    assert pytest.approx(0.06526629, abs=1e-8) == cubic.K
    assert 1 / cubic.y_t == pytest.approx(1.064817, abs=1e-6)
    triangle = recursions.niemeijer_van_leeuwen_point()
    assert pytest.approx(math.log(1 + 2 * math.sqrt(2)) / 4, abs=1e-12) == triangle.K
    assert 1 / triangle.y_t == pytest.approx(1.133526, abs=1e-6)
    assert triangle.y_h == pytest.approx(math.log(3 / math.sqrt(2)) / math.log(math.sqrt(3)), abs=1e-12)


def test_small_blocks_lead_to_the_exact_coupling():
    """b = 1.01 lies close to the limit b -> 1, whose K* is exact in two dimensions."""
    limit = recursions.infinitesimal_point()
    assert pytest.approx(1 / TC, abs=1e-14) == limit.K
    assert 1 / limit.y_t == pytest.approx(1.327053, abs=1e-6)
    near = recursions.migdal_kadanoff_point(1.01)
    assert pytest.approx(limit.K, abs=5e-3) == near.K
    assert near.y_t == pytest.approx(limit.y_t, abs=5e-3)


def test_a_distance_grows_by_its_eigenvalue():
    point = recursions.migdal_kadanoff_point()
    growth = recursions.log_slope(recursions.migdal_kadanoff, point.K) / math.log(2)
    assert growth == pytest.approx(point.y_t, abs=1e-7)
    assert abs(growth - 1) > 0.1


def test_the_flow_ends_at_a_trivial_point_from_both_sides():
    K = recursions.migdal_kadanoff_point().K
    assert recursions.orbit(recursions.migdal_kadanoff, K * (1 - 1e-6), 60)[-1] < 1e-12
    assert recursions.orbit(recursions.migdal_kadanoff, K * (1 + 1e-6), 60)[-1] > 4


@pytest.mark.parametrize(
    ("T", "value"), [(2.0, 1.025792812695), (2.5, 0.8793638207749), (3.0, 0.8158827318577)]
)
def test_the_free_energy_has_onsagers_digits(T, value):
    assert square.log_z_per_site(T) == pytest.approx(value, abs=1e-12)


def test_the_free_energy_is_smooth_through_the_critical_point():
    assert square.log_z_per_site(TC) == pytest.approx(0.929695398341610, abs=1e-14)
    assert square.log_z_per_site(2.269185) == pytest.approx(0.9296954846394, abs=1e-12)
    step = 1e-3
    slope = (square.log_z_per_site(1 / (0.4 + step)) - square.log_z_per_site(1 / (0.4 - step))) / (2 * step)
    assert -slope == pytest.approx(-1.106079203746, abs=1e-5)  # Onsager's energy


@pytest.mark.parametrize(
    ("lattice", "low", "high", "known"),
    [
        ("square", 0.3, 0.6, 1 / TC),
        ("triangular", 0.2, 0.35, square.TRIANGULAR_K),
        ("square_diagonal", 0.17, 0.22, 0.1901926807),  # Nightingale and Bloete (1996), by another method
    ],
)
def test_strips_find_the_critical_couplings_that_are_known(lattice, low, high, known):
    """Widths 6, 7, 8 and the next: the error covers what is missing, and is below 1e-4 of the value."""
    K, error = strips.critical_coupling(lambda x: strips.couplings(lattice, x), low, high, (6, 7, 8))
    assert abs(K - known) < 2 * error < 2e-4 * known


def test_an_extrapolation_from_two_widths_is_refused():
    with pytest.raises(ValueError, match="three widths, not 2"):
        strips.critical_coupling(lambda x: strips.couplings("square", x), 0.3, 0.6, (3, 4))


def test_binder_parameters_have_their_published_digits():
    assert strips.binder("square", 6, 1 / TC) == pytest.approx(0.6143562391, abs=1e-9)
    assert strips.binder("triangular", 7, square.TRIANGULAR_K) == pytest.approx(0.613784, abs=1e-6)
    assert strips.binder("square", 5, 1e-9) == pytest.approx(2 / (3 * 25), abs=1e-6)  # random spins
    with pytest.raises(ValueError, match="edges from 3 to 10"):
        strips.binder("square", 2, 0.4)


def test_binder_parameter_is_that_of_all_states():
    """3x3 torus with diagonals, 512 states."""
    s = (1.0 - 2 * ((np.arange(512)[:, None] >> np.arange(9)) & 1)).reshape(-1, 3, 3)
    shifts = ((1, 0), (0, 1), (1, 1), (1, -1))
    bonds = sum((s * np.roll(s, (-y, -x), (1, 2))).sum((1, 2)) for x, y in shifts)
    p, m = np.exp(0.2 * bonds), s.mean((1, 2))
    exact = 1 - p @ m**4 * p.sum() / (3 * (p @ m**2) ** 2)
    assert strips.binder("square_diagonal", 3, 0.2) == pytest.approx(exact, abs=1e-12)


def test_moments_of_a_torus_are_those_of_all_states():
    """4x4 torus: <m^2> by 65 536 states, and dU4/dK by their covariances."""
    p, e, m = blocks.probabilities(1 / 0.4), blocks.bonds().astype(float), blocks.states().mean((1, 2))
    m2, m4 = m.astype(float) ** 2, m.astype(float) ** 4
    assert strips.moments("square", 4, 0.4)[0] == pytest.approx(p @ m2, rel=1e-12)
    d2, d4 = (p @ (x * e) - (p @ x) * (p @ e) for x in (m2, m4))
    slope = -(d4 / (p @ m2) ** 2 - 2 * (p @ m4) * d2 / (p @ m2) ** 3) / 3
    assert strips.binder_slope("square", 4, 0.4) == pytest.approx(slope, rel=1e-6)


def test_extrapolation_finds_the_constant_of_a_power_law():
    L = np.array([4.0, 5.0, 6.0])
    assert strips.extrapolated(L, 0.61 + 0.3 * L**-1.7) == pytest.approx(0.61, abs=1e-10)


def test_exact_blocks_have_their_published_couplings():
    """The constant of the plaquettes counts the one square of the 2x2 torus four times."""
    K1, K2, K4 = blocks.effective_couplings(TC, "majority")
    assert pytest.approx(0.34645017, abs=1e-8) == K1
    assert pytest.approx(0.08184602, abs=1e-8) == K2
    assert pytest.approx(0.01963453, abs=1e-8) == 4 * K4


def test_random_spins_keep_their_bits():
    """A quarter with a corner spin; a coin costs 3/8 of a bit for each block; max pooling keeps H(1/16)."""
    nats = 16 * math.log(2)
    assert blocks.information(math.inf, "corner") == pytest.approx((nats, nats / 4))
    assert blocks.information(math.inf, "majority")[1] == pytest.approx(nats / 4 * 5 / 8)
    p = 1 / 16
    entropy = -p * math.log(p) - (1 - p) * math.log(1 - p)
    assert blocks.information(math.inf, "maximum")[1] == pytest.approx(4 * entropy)


def test_no_rule_knows_more_than_there_is():
    for T in (0.5, 1.5, TC, 4.0):
        for rule in blocks.RULES:
            entropy, kept = blocks.information(T, rule)
            assert 0 <= kept <= entropy


def test_pooled_spins_are_counted():
    once = 2 * blocks.chances("maximum").mean() - 1
    assert once == pytest.approx(blocks.pooled_magnetization(1))
