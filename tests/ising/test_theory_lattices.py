"""Transfer matrices and Toeplitz determinants against enumeration, each other, and published digits."""

import numpy as np
import pytest

from scripts.ising.theory import (
    correlations,
    critical_torus,
    enumeration,
    kac_ward,
    kaufman,
    onsager,
    strip,
    transfer_matrix,
)

TC = onsager.CRITICAL_TEMPERATURE

# at T_c: L, <m^2>, Binder parameter
CRITICAL = [
    (3, 0.8094299893, 0.6201465606),
    (4, 0.7613589086, 0.6171993184),
    (5, 0.7236972732, 0.6154755344),
    (6, 0.6933165911, 0.6143562391),
    (7, 0.6681767939, 0.6135903938),
    (8, 0.6469115750, 0.6130453849),
    (9, 0.6285912590, 0.6126443106),
    (10, 0.6125676827, 0.6123405340),
]


def spins_of_all_states(L):
    N = L * L
    return (1 - 2 * ((np.arange(2**N)[:, None] >> np.arange(N)) & 1)).reshape(-1, L, L)


def enumerated_moments(L, T, h):
    """Means over all 2^N states."""
    spins = spins_of_all_states(L)
    M = spins.sum(axis=(1, 2)).astype(float)
    E = -(spins * np.roll(spins, 1, axis=1) + spins * np.roll(spins, 1, axis=2)).sum(axis=(1, 2)) - h * M
    p = np.exp(-(E - E.min()) / T)
    p /= p.sum()
    size = np.abs(M)
    products = (E, E * E, size, M, M**2, M**4, E * size, E * M**2, E * M**4)
    return {name: p @ product for name, product in zip(transfer_matrix.MOMENTS, products, strict=True)}


@pytest.mark.parametrize(("T", "h"), [(2.0, 0.0), (TC, 0.1), (3.0, -0.3), (0.5, 0.02), (10.0, 2.0)])
@pytest.mark.parametrize("L", [3, 4])
def test_all_moments_are_those_of_enumeration(L, T, h):
    found = transfer_matrix.moments(L, T, h)
    for name, value in enumerated_moments(L, T, h).items():
        assert found[name] == pytest.approx(value, rel=1e-12, abs=1e-12), name


@pytest.mark.parametrize(("L", "m2", "binder"), CRITICAL)
def test_critical_moments_have_their_tabulated_digits(L, m2, binder):
    exact = transfer_matrix.observables(L, TC)
    assert exact["magnetization2"] == pytest.approx(m2, abs=6e-11)
    assert exact["binder"] == pytest.approx(binder, abs=6e-11)


def test_the_binder_parameter_extrapolates_to_the_published_value():
    """0.610690(1) of G. Kamieniarz and H. W. J. Bloete, J. Phys. A 26, 201 (1993).

    Corrections L^-7/4 (the regular part of the susceptibility), L^-2 and their product. Other
    sets of powers move the limit by 2e-5, so that is what the test can tell.
    """
    L = np.arange(7, 11)
    values = [transfer_matrix.observables(size, TC)["binder"] for size in L]
    powers = np.stack([np.ones(4), L**-1.75, L**-2.0, L**-3.75], axis=1)
    assert np.linalg.solve(powers, values)[0] == pytest.approx(0.61069, abs=3e-5)


@pytest.mark.parametrize("T", [0.6, 1.5, TC, 3.0, 8.0])
@pytest.mark.parametrize("L", [5, 8])
def test_energy_and_specific_heat_agree_with_kaufman(L, T):
    exact = transfer_matrix.observables(L, T)
    assert exact["energy"] == pytest.approx(kaufman.energy(L, T), abs=1e-13)
    assert exact["specific_heat"] == pytest.approx(kaufman.specific_heat(L, T), abs=1e-12)


def test_the_partition_function_generates_energy_and_magnetization():
    """At h = 0 it is Kaufman's; in a field -d ln Z / d beta = E and T d ln Z / dh = M."""
    for T in (0.5, TC, 5.0):
        found = transfer_matrix.log_partition_function(7, T)
        assert found == pytest.approx(kaufman.log_partition_function(7, T), rel=1e-13)
    T, h, step = 2.5, -0.3, 1e-5
    mean = transfer_matrix.moments(6, T, h)
    low, high = (transfer_matrix.log_partition_function(6, 1 / (1 / T + x), h) for x in (-step, step))
    assert (low - high) / (2 * step) == pytest.approx(mean["E"], rel=1e-8)
    low, high = (transfer_matrix.log_partition_function(6, T, h + x) for x in (-step, step))
    assert T * (high - low) / (2 * step) == pytest.approx(mean["M"], rel=1e-8)


@pytest.mark.parametrize(("T", "h"), [(TC, 0.0), (2.5, 0.2)])
def test_fluctuations_are_responses(T, h):
    """chi = dm/dh, c = du/dT and d binder/dK by central differences: detects a factor of 1 + 2e-6."""
    step = 1e-4
    exact = transfer_matrix.observables(6, T, h)
    above, below = (transfer_matrix.observables(6, T, h + sign * step) for sign in (1, -1))
    slope = (above["magnetization"] - below["magnetization"]) / (2 * step)
    assert exact["susceptibility_full"] == pytest.approx(slope, rel=2e-6)
    warm, cool = (transfer_matrix.observables(6, T + sign * step, h) for sign in (1, -1))
    assert exact["specific_heat"] == pytest.approx((warm["energy"] - cool["energy"]) / (2 * step), rel=1e-6)
    K = 1 / T
    strong, weak = (transfer_matrix.observables(6, 1 / (K + x), h / T / (K + x)) for x in (step, -step))
    assert exact["binder_slope"] == pytest.approx((strong["binder"] - weak["binder"]) / (2 * step), rel=2e-6)


@pytest.mark.parametrize(("T", "h"), [(1.0, 0.0), (TC, 0.3), (6.0, -1.0)])
def test_the_distribution_is_a_distribution_with_the_symmetry_of_the_field(T, h):
    M, p = transfer_matrix.magnetization_distribution(6, T, h)
    _, mirrored = transfer_matrix.magnetization_distribution(6, T, -h)
    assert p.sum() == pytest.approx(1, abs=1e-14)
    assert p.min() > -1e-14
    np.testing.assert_allclose(p, mirrored[::-1], atol=1e-14)
    np.testing.assert_array_equal(M, np.arange(-36, 37, 2))


def test_below_the_transition_the_magnetization_is_twofold():
    M, p = transfer_matrix.magnetization_distribution(8, 1.5)
    assert p[np.abs(M) < 32].sum() < 1e-2
    assert p[M < 0].sum() == pytest.approx(0.5, abs=1e-3)
    assert transfer_matrix.observables(8, 1.5)["abs_magnetization"] == pytest.approx(
        onsager.spontaneous_magnetization(1.5), abs=2e-4
    )


@pytest.mark.parametrize(
    "arguments", [(2, 2.0), (13, 2.0), (4.5, 2.0), (4, 0.0), (4, 2.0, np.nan), (4, [2.0, 3.0])]
)
def test_the_small_torus_refuses_what_it_cannot_do(arguments):
    with pytest.raises(ValueError, match=r"^(L|T)[:,]"):
        transfer_matrix.observables(*arguments)


def test_the_cylinder_is_an_endless_torus():
    """ln Z per site of n x m sites with m = 40 n: the strip of width 6, to rounding."""
    T = 2.5
    long_torus = -T * kaufman.log_partition_function((6, 240), T) / (6 * 240)
    assert strip.free_energy(6, T) == pytest.approx(long_torus, abs=1e-10)
    assert strip.free_energy(14, 8.0) == pytest.approx(onsager.free_energy(8.0), abs=1e-10)


def test_the_magnetization_of_the_cylinder_is_the_slope_of_its_free_energy():
    T, h, step = TC, 0.2, 1e-4
    slope = -(strip.free_energy(8, T, h + step) - strip.free_energy(8, T, h - step)) / (2 * step)
    assert strip.magnetization(8, T, h) == pytest.approx(slope, rel=1e-8)
    assert strip.magnetization(8, T, -h) == pytest.approx(-slope, rel=1e-8)


def test_the_critical_isotherm_has_its_tabulated_magnetization():
    assert strip.magnetization(14, TC, 0.05 * TC) == pytest.approx(0.8625414, abs=6e-8)
    assert strip.magnetization(14, TC, 0.10 * TC) == pytest.approx(0.8992270, abs=6e-8)
    low, error = strip.infinite_magnetization(TC, 0.05 * TC, widths=(10, 12, 14))
    assert low == pytest.approx(0.862552, abs=2e-6)
    assert error < 2e-5
    assert strip.infinite_magnetization(TC, 0.1 * TC, widths=(10, 12, 14))[0] == pytest.approx(
        0.8992271, abs=1e-7
    )


def test_the_critical_isotherm_bends_with_delta_15():
    """The local exponent d ln m / d ln h tends to 1/15 = 0.0667 as h falls."""
    low, high = (strip.infinite_magnetization(TC, x * TC, widths=(12, 14, 16))[0] for x in (0.02, 0.05))
    assert np.log(high / low) / np.log(2.5) == pytest.approx(1 / 15, rel=0.06)


def test_a_field_too_small_for_the_widths_is_refused():
    with pytest.raises(ValueError, match="h: too small for width 10"):
        strip.infinite_magnetization(2.2, 1e-4, widths=(6, 8, 10))
    with pytest.raises(ValueError, match="h: must not be 0"):
        strip.infinite_magnetization(2.2, 0.0)
    with pytest.raises(ValueError, match="width: must be an integer"):
        strip.free_energy(2, 2.0)


@pytest.mark.parametrize("T", [1.0, 2.0, 2.2, TC, 2.3, 3.0, 20.0])
def test_the_nearest_neighbor_correlation_is_half_the_energy(T):
    assert correlations.correlation(T, 1)[1] == pytest.approx(-onsager.energy(T) / 2, abs=2e-15)


def test_critical_correlations_have_their_closed_forms():
    """1/sqrt 2 and 1 - 4/pi^2 along an axis; 2/pi and 16/(3 pi^2) along the diagonal."""
    axis, diagonal = (correlations.correlation(TC, 64, direction) for direction in ("axis", "diagonal"))
    np.testing.assert_allclose(axis[:3], [1, np.sqrt(0.5), 1 - 4 / np.pi**2], atol=1e-14)
    np.testing.assert_allclose(diagonal[:3], [1, 2 / np.pi, 16 / (3 * np.pi**2)], atol=1e-14)
    amplitude = correlations.critical_amplitude()
    assert amplitude == pytest.approx(0.70338, abs=5e-6)
    assert axis[64] * 64**0.25 == pytest.approx(amplitude, rel=1e-4)
    assert diagonal[64] * (64 * np.sqrt(2)) ** 0.25 == pytest.approx(amplitude, rel=1e-4)


def test_the_local_exponent_of_the_critical_correlation_is_one_quarter():
    axis = correlations.correlation(TC, 128)
    assert np.log2(axis[64] / axis[128]) == pytest.approx(1 / 4, abs=2e-5)


@pytest.mark.parametrize("direction", ["axis", "diagonal"])
def test_far_correlations_are_the_squared_spontaneous_magnetization(direction):
    """Yang's formula by Szego's theorem."""
    for T in (1.0, 1.8, 2.1):
        square = onsager.spontaneous_magnetization(T) ** 2
        assert correlations.correlation(T, 60, direction)[60] == pytest.approx(square, abs=1e-8)


def test_correlations_decay_with_the_exact_length():
    """e^(-r/xi) r^(-1/2) above T_c and e^(-r/xi) r^(-2) below.

    Taken 14 correlation lengths away, where the next term still holds 1.5 %: detects a 5 % error of xi.
    """
    below = onsager.spontaneous_magnetization(1.9) ** 2
    for T, r, power, square in ((2.8, 36, 0.5, 0.0), (1.9, 20, 2.0, below)):
        for direction, unit in (("axis", 1), ("diagonal", np.sqrt(2))):
            pair = np.array([r, r + 1])
            g = (correlations.correlation(T, r + 1, direction)[pair] - square) * pair**power
            xi = unit / np.log(g[0] / g[1])
            assert xi == pytest.approx(onsager.correlation_length(T, direction), rel=2.5e-2)


def test_correlations_agree_with_a_small_torus_at_high_temperature():
    """Enumeration of 4 x 4 at T = 20: the torus differs by t^2 at r = 2, where both ways round count."""
    spins = spins_of_all_states(4).reshape(-1, 16)
    energy = -sum(
        (spins.reshape(-1, 4, 4) * np.roll(spins.reshape(-1, 4, 4), 1, a)).sum(axis=(1, 2)) for a in (1, 2)
    )
    p = np.exp(-energy / 20.0)
    p /= p.sum()
    assert correlations.correlation(20.0, 1)[1] == pytest.approx(p @ (spins[:, 0] * spins[:, 1]), abs=1e-3)
    assert correlations.correlation(20.0, 1, "diagonal")[1] == pytest.approx(
        p @ (spins[:, 0] * spins[:, 5]), abs=1e-3
    )


def test_a_correlation_out_of_range_is_refused():
    with pytest.raises(ValueError, match="n_max: must be an integer, between 0 and 256"):
        correlations.correlation(2.0, 257)
    with pytest.raises(ValueError, match="direction: must be axis or diagonal"):
        correlations.correlation(2.0, 4, "row")


def test_the_critical_torus_has_the_published_correlation_length():
    """0.9050488292(4) of J. Salas and A. D. Sokal, arXiv:cond-mat/9904038, to nine digits."""
    assert critical_torus.scaling_constants()["correlation_length"] == pytest.approx(0.9050488292, abs=1e-9)


def test_small_tori_extrapolate_to_the_critical_torus():
    """<m^2> L^(1/4): conformal theory against transfer matrix, with the Binder parameter's corrections."""
    L = np.arange(7, 11)
    values = [transfer_matrix.observables(size, TC)["magnetization2"] * size**0.25 for size in L]
    powers = np.stack([np.ones(4), L**-1.75, L**-2.0, L**-3.75], axis=1)
    limit = critical_torus.scaling_constants()["magnetization2"]
    assert np.linalg.solve(powers, values)[0] == pytest.approx(limit, abs=1e-4)


def test_the_critical_torus_correlation_is_periodic_symmetric_and_plane_at_short_range():
    x, y = np.array([0.1, 0.3, 0.5]), np.array([0.2, 0.0, 0.4])
    value = critical_torus.correlation(x, y)
    for other in ((y, x), (-x, y), (1 - x, y), (x, y - 1)):
        np.testing.assert_allclose(critical_torus.correlation(*other), value, rtol=1e-12)
    near = critical_torus.correlation(1e-5) * 1e-5**0.25
    assert near == pytest.approx(correlations.critical_amplitude(), rel=1e-4)
    assert np.argmin(critical_torus.correlation(x, x)) == 2, "the farthest point is the least correlated"


def test_the_determinant_of_a_planar_grid_is_the_sum_over_all_its_states():
    """Random couplings of both signs; a wrong angle of one turn changes ln Z in the second digit."""
    rng = np.random.default_rng(4)
    for size in (2, 3, 4):
        across, down = rng.normal(size=(size, size - 1)), rng.normal(size=(size - 1, size))
        sites, J = np.arange(size**2).reshape(size, size), np.zeros((size**2, size**2))
        J[sites[:, :-1], sites[:, 1:]], J[sites[:-1], sites[1:]] = across, down
        log_z, rows = kac_ward.log_partition_function(across, down, 0.8)
        expected = enumeration.log_partition_function(enumeration.energies(J + J.T), 0.8)
        assert log_z == pytest.approx(expected, abs=1e-11)
        assert rows == 4 * size * (size - 1)
