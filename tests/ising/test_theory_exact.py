"""The exact solutions against enumeration, against each other, and against published digits."""

import math

import mpmath
import numpy as np
import pytest

from scripts.ising.theory import density_of_states, kaufman, onsager

TC = onsager.CRITICAL_TEMPERATURE
SPAN = np.array([0.3, 0.7, 1.0, 2.0, 2.2, TC, 2.3, 2.5, 4.0, 20.0])

# L, T, E/N, C/N, ln Z/N; the last row of each temperature is the infinite lattice
TABLE = [
    (8, 2.0, -1.745683170293, 0.7141226028551, 1.036634091863),
    (16, 2.0, -1.745530668991, 0.7255087677366, 1.028500822008),
    (64, 2.0, -1.745564575313, 0.7248714486052, 1.025962038081),
    (np.inf, 2.0, -1.745564575313, 0.7248714486016, 1.025792812695),
    (8, 2.269185, -1.491589467389, 1.145558933821, 0.9397154158485),
    (32, 2.269185, -1.433659046424, 1.846766199019, 0.9303204776684),
    (8, 2.5, -1.222320643251, 1.100475889362, 0.8843654493816),
    (32, 2.5, -1.107291660978, 0.8858125010662, 0.8793733474249),
    (np.inf, 2.5, -1.106079203746, 0.8616983568308, 0.8793638207749),
    (16, 3.0, -0.8176893678696, 0.4043325741653, 0.8158879889116),
    (64, 3.0, -0.8173095925025, 0.401379575897, 0.8158827318577),
    (np.inf, 3.0, -0.8173095925024, 0.4013795758959, 0.8158827318577),
]


def levels_by_enumeration(n, m):
    """Number of states of every energy of an n x m torus, by counting all of them."""
    states = np.arange(2 ** (n * m))
    spins = (1 - 2 * ((states[:, None] >> np.arange(n * m)) & 1)).reshape(-1, n, m)
    energy = -(spins * np.roll(spins, 1, axis=1) + spins * np.roll(spins, 1, axis=2)).sum(axis=(1, 2))
    return np.unique(energy, return_counts=True)


def kaufman_in_high_precision(n, m, K):
    """ln Z from the textbook formula, term by term; nothing is rearranged."""
    mode = [
        mpmath.acosh(mpmath.cosh(2 * K) * mpmath.coth(2 * K) - mpmath.cospi(mpmath.mpf(r) / n))
        for r in range(2 * n)
    ]
    mode[0] = 2 * K + mpmath.log(mpmath.tanh(K))
    products = [mpmath.mpf(1)] * 4
    for r, gamma in enumerate(mode):
        pair = 0 if r % 2 else 2
        products[pair] *= 2 * mpmath.cosh(m * gamma / 2)
        products[pair + 1] *= 2 * mpmath.sinh(m * gamma / 2)
    return mpmath.log(2 * mpmath.sinh(2 * K)) * n * m / 2 - mpmath.log(2) + mpmath.log(sum(products))


@pytest.mark.parametrize(("L", "T", "energy", "specific_heat", "log_z"), TABLE)
def test_tabulated_values_are_reproduced_to_their_last_digit(L, T, energy, specific_heat, log_z):
    if np.isinf(L):
        found = onsager.energy(T), onsager.specific_heat(T), onsager.log_partition_function(T)
    else:
        found = kaufman.energy(L, T), kaufman.specific_heat(L, T), kaufman.log_partition_function(L, T) / L**2
    assert found == pytest.approx((energy, specific_heat, log_z), abs=1.5e-12)


def test_the_infinite_lattice_at_the_critical_point_has_its_closed_form_values():
    catalan = float(mpmath.catalan)
    assert pytest.approx(2.269185314213022, abs=2e-16) == TC
    assert np.sinh(2 * onsager.CRITICAL_COUPLING) == pytest.approx(1, abs=2e-16)
    assert onsager.energy(TC) == pytest.approx(-np.sqrt(2), abs=1e-15)
    assert onsager.log_partition_function(TC) == pytest.approx(np.log(2) / 2 + 2 * catalan / np.pi, abs=1e-15)
    assert onsager.free_energy(TC) == pytest.approx(-2.109651144608207, abs=1e-14)
    assert np.isposinf(onsager.specific_heat(TC))
    assert onsager.spontaneous_magnetization(TC) == 0
    assert np.isposinf(onsager.correlation_length(TC))
    assert onsager.interface_rate(TC) == 0


def test_the_temperature_2_269185_is_not_the_critical_one():
    """It lies 3e-7 below, where C is 7.50374 and finite."""
    assert onsager.specific_heat(2.269185) == pytest.approx(7.50374, abs=1e-5)


@pytest.mark.parametrize("shape", [(3, 3), (4, 4), (3, 5), (5, 3), (4, 3)])
def test_kaufman_agrees_with_enumeration_at_every_temperature(shape):
    """A wrong sign of gamma_0 changes ln Z by ln 2 above T_c: caught at 1e13 tolerances."""
    energy, count = levels_by_enumeration(*shape)
    n_sites = shape[0] * shape[1]
    exponent = -energy / SPAN[:, None]
    weight = count * np.exp(exponent - exponent.max(axis=1, keepdims=True))
    mean = (weight @ energy) / weight.sum(axis=1)
    variance = (weight * (energy - mean[:, None]) ** 2).sum(axis=1) / weight.sum(axis=1)
    log_z = np.log(weight.sum(axis=1)) + exponent.max(axis=1)
    np.testing.assert_allclose(kaufman.log_partition_function(shape, SPAN), log_z, rtol=1e-14)
    np.testing.assert_allclose(kaufman.energy(shape, SPAN), mean / n_sites, atol=1e-14)
    np.testing.assert_allclose(kaufman.specific_heat(shape, SPAN), variance / SPAN**2 / n_sites, atol=2e-14)


@pytest.mark.parametrize("shape", [(3, 3), (4, 4), (4, 5), (3, 6)])
def test_the_density_of_states_is_the_enumerated_one(shape):
    energy, count = levels_by_enumeration(*shape)
    levels, counts = density_of_states.density_of_states(shape)
    found = {int(level): number for level, number in zip(levels, counts, strict=True) if number}
    assert found == dict(zip(energy.tolist(), count.tolist(), strict=True))


@pytest.mark.parametrize("shape", [5, 8, 16, (6, 9)])
def test_integer_counting_and_kaufmans_products_agree(shape):
    """Two roads: Pfaffians over prime fields, and products of hyperbolic functions."""
    n_sites = np.prod(np.broadcast_to(shape, 2))
    counted = density_of_states.log_partition_function(shape, SPAN)
    np.testing.assert_allclose(kaufman.log_partition_function(shape, SPAN), counted, rtol=1e-14)
    np.testing.assert_allclose(kaufman.energy(shape, SPAN), density_of_states.energy(shape, SPAN), atol=1e-14)
    heat = density_of_states.specific_heat(shape, SPAN)
    np.testing.assert_allclose(kaufman.specific_heat(shape, SPAN), heat, atol=2e-14)
    np.testing.assert_allclose(
        kaufman.entropy(shape, SPAN), density_of_states.entropy(shape, SPAN), atol=1e-14
    )
    assert density_of_states.entropy(shape, 0.05) == pytest.approx(np.log(2) / n_sites, rel=1e-12)


@pytest.mark.parametrize("T", [0.8, 2.1, 2.2691853, 2.4, 10.0])
@pytest.mark.parametrize("shape", [(64, 64), (7, 12)])
def test_derivatives_of_kaufmans_sum_are_those_of_high_precision_differences(shape, T):
    n, m = shape
    with mpmath.workdps(50):
        K, step = 1 / mpmath.mpf(T), mpmath.mpf(10) ** -12
        low, middle, high = (kaufman_in_high_precision(n, m, K + i * step) for i in (-1, 0, 1))
        energy = float(-(high - low) / (2 * step)) / (n * m)
        heat = float(K**2 * (high - 2 * middle + low) / step**2) / (n * m)
    assert kaufman.log_partition_function(shape, T) == pytest.approx(float(middle), rel=1e-14)
    assert kaufman.energy(shape, T) == pytest.approx(energy, abs=1e-14)
    assert kaufman.specific_heat(shape, T) == pytest.approx(heat, rel=1e-11)


@pytest.mark.parametrize("T", [0.7, 2.0, 2.265, 2.3, 5.0])
def test_onsagers_energy_and_specific_heat_are_derivatives_of_his_free_energy(T):
    with mpmath.workdps(40):

        def log_z(K):
            k = 2 * mpmath.sinh(2 * K) / mpmath.cosh(2 * K) ** 2
            points = [0, 1, 1.5, 1.57, 1.5707, mpmath.pi / 2]
            integral = mpmath.quad(
                lambda a: mpmath.log((1 + mpmath.sqrt(1 - (k * mpmath.sin(a)) ** 2)) / 2), points
            )
            return mpmath.log(2 * mpmath.cosh(2 * K)) + integral / mpmath.pi

        K, step = 1 / mpmath.mpf(T), mpmath.mpf(10) ** -10
        low, middle, high = (log_z(K + i * step) for i in (-1, 0, 1))
        energy = float(-(high - low) / (2 * step))
        heat = float(K**2 * (high - 2 * middle + low) / step**2)
    assert onsager.log_partition_function(T) == pytest.approx(float(middle), abs=1e-14)
    assert onsager.energy(T) == pytest.approx(energy, abs=1e-14)
    assert onsager.specific_heat(T) == pytest.approx(heat, rel=1e-11)


@pytest.mark.parametrize("T", [2.269, 2.269185, 2.2691853, 2.2692])
def test_nothing_is_lost_next_to_the_critical_point(T):
    """Against the elliptic integrals in 40 digits; a T_c wrong in its 16th digit fails at 2.2691853."""
    with mpmath.workdps(40):
        K = 1 / mpmath.mpf(T)
        modulus2 = (2 * mpmath.sinh(2 * K) / mpmath.cosh(2 * K) ** 2) ** 2
        first, second, t2 = mpmath.ellipk(modulus2), mpmath.ellipe(modulus2), mpmath.tanh(2 * K) ** 2
        bracket = mpmath.pi / 2 + (2 * t2 - 1) * first
        heat = 4 / mpmath.pi * (K * mpmath.coth(2 * K)) ** 2 * (first - second - (1 - t2) * bracket)
        energy = -mpmath.coth(2 * K) * 2 / mpmath.pi * bracket
    assert onsager.energy(T) == pytest.approx(float(energy), abs=1e-15)
    assert onsager.specific_heat(T) == pytest.approx(float(heat), rel=1e-14)


def test_a_large_torus_away_from_the_critical_point_is_the_infinite_lattice():
    T = np.array([1.5, 2.0, 2.1, 2.6, 3.0, 5.0])
    np.testing.assert_allclose(kaufman.energy(512, T), onsager.energy(T), atol=1e-14)
    np.testing.assert_allclose(kaufman.specific_heat(512, T), onsager.specific_heat(T), atol=1e-13)
    gap = kaufman.log_partition_function(512, T) - 512**2 * onsager.log_partition_function(T)
    np.testing.assert_allclose(gap, np.where(T < TC, np.log(2), 0), atol=1e-9)


def test_the_torus_at_the_critical_point_has_the_universal_corrections():
    """ln Z - N f -> ln[(theta_2 + theta_3 + theta_4)/(2 eta)] at tau = i; C grows like (8 K_c^2/pi) ln L."""
    q = mpmath.exp(-mpmath.pi)
    eta = mpmath.exp(-mpmath.pi / 12) * mpmath.qp(q**2)
    universal = float(sum(mpmath.jtheta(i, 0, q) for i in (2, 3, 4)) / (2 * eta))
    assert np.log(universal) == pytest.approx(0.639911947192, abs=1e-12)
    gap = kaufman.log_partition_function(256, TC) - 256**2 * onsager.log_partition_function(TC)
    assert gap == pytest.approx(np.log(universal), abs=5e-6)
    heat = [kaufman.specific_heat(size, TC) for size in (512, 1024, 2048)]
    slope, next_slope = np.diff(heat) / np.log(2)
    slope = 2 * next_slope - slope  # corrections fall like 1/L
    assert onsager.specific_heat_amplitude() == pytest.approx(0.494538589532, abs=1e-12)
    assert slope == pytest.approx(onsager.specific_heat_amplitude(), rel=2e-5)
    assert heat[-1] - slope * np.log(2048) == pytest.approx(0.1381, abs=2e-4)
    assert (kaufman.energy(1024, TC) + np.sqrt(2)) * 1024 == pytest.approx(-0.6224, abs=1e-4)


@pytest.mark.parametrize("size", [4, 7, 64, 2048])
def test_the_torus_has_the_right_limits_at_both_ends(size):
    N = size * size
    assert kaufman.energy(size, 0.01) == -2
    assert kaufman.entropy(size, 0.2) == pytest.approx(np.log(2) / N, abs=1e-14)
    assert kaufman.entropy(size, 1e6) == pytest.approx(np.log(2), abs=1e-11)
    assert kaufman.log_partition_function(size, 0.001) == pytest.approx(2000 * N + np.log(2), rel=1e-15)
    assert abs(kaufman.specific_heat(size, 0.001)) < 1e-13
    assert kaufman.specific_heat(size, 100.0) == pytest.approx(2e-4, rel=0.05 if size == 4 else 1e-3)


def test_exchanging_the_edges_of_a_torus_changes_nothing():
    """Rows and columns play different parts in the formula."""
    for quantity in (kaufman.log_partition_function, kaufman.energy, kaufman.specific_heat):
        np.testing.assert_allclose(quantity((6, 20), SPAN), quantity((20, 6), SPAN), rtol=1e-13, atol=2e-14)


def test_low_temperature_series_of_the_specific_heat():
    """c = 64 K^2 x^4 (1 + 4.5 x^2 + 18 x^4 + ...), x = e^(-2K), keeps its relative accuracy when counted."""
    K = 1 / 0.15
    x2 = np.exp(-4 * K)
    series = 64 * K**2 * x2**2 * (1 + 4.5 * x2 + 18 * x2**2)
    assert density_of_states.specific_heat(16, 0.15) == pytest.approx(series, rel=1e-12)


def test_duality_maps_high_temperature_to_low():
    """ln Z/N - ln sinh(2K)/2 is the same at K and K*, tanh K* = e^-2K; 1/xi is the interface rate there."""
    T = np.array([2.3, 2.5, 3.0, 5.0, 15.0])
    dual = 1 / np.arctanh(np.exp(-2 / T))
    side = [onsager.log_partition_function(t) - np.log(np.sinh(2 / t)) / 2 for t in (T, dual)]
    np.testing.assert_allclose(*side, atol=1e-13)
    for direction in ("axis", "diagonal"):
        rate = onsager.inverse_correlation_length(T, direction)
        np.testing.assert_allclose(rate, onsager.interface_rate(dual, direction), rtol=1e-11)


def test_lengths_and_interface_rates_have_their_known_values():
    T = np.array([2.3, 2.5, 3.0, 2.0])
    np.testing.assert_allclose(onsager.correlation_length(T), [42.1653, 5.96238, 2.13652, 2.19238], atol=5e-5)
    assert onsager.interface_rate(2.0) == pytest.approx(1 + np.log(np.tanh(0.5)), abs=1e-14)
    assert onsager.interface_rate(0.05) == pytest.approx(40, abs=1e-12)
    # at 45 degrees each step of a staircase may be taken up or across: ln 2 of entropy
    diagonal = onsager.interface_rate(0.05, "diagonal")
    assert diagonal == pytest.approx(np.sqrt(2) * (40 - np.log(2)), abs=1e-12)


def test_both_directions_have_one_correlation_length_near_the_critical_point():
    T = TC * np.array([1 - 1e-6, 1 + 1e-6])
    ratio = onsager.correlation_length(T) / onsager.correlation_length(T, "diagonal")
    np.testing.assert_allclose(ratio, 1, atol=1e-9)


def test_the_spontaneous_magnetization_has_exponent_one_eighth():
    gap = np.array([1e-6, 1e-8])
    m = onsager.spontaneous_magnetization(TC * (1 - gap))
    assert np.log(m[0] / m[1]) / np.log(100) == pytest.approx(1 / 8, abs=1e-6)
    assert onsager.spontaneous_magnetization(2.0) == pytest.approx(
        (1 - math.sinh(1) ** -4) ** 0.125, rel=1e-14
    )
    assert not onsager.spontaneous_magnetization(np.array([TC, 2.27, 50.0])).any()


@pytest.mark.parametrize("T", [0.0, -1.0, np.nan, np.inf, [2.0, 0.0]])
def test_a_temperature_that_is_not_positive_is_refused(T):
    for call in (
        onsager.energy,
        onsager.correlation_length,
        lambda t: kaufman.energy(8, t),
        lambda t: density_of_states.energy(4, t),
    ):
        with pytest.raises(ValueError, match="T: temperatures must be positive"):
            call(T)


@pytest.mark.parametrize("size", [2, 0, -4, 3.5, (8, 2)])
def test_an_impossible_size_is_refused(size):
    with pytest.raises(ValueError, match="size: must be an integer"):
        kaufman.energy(size, 2.0)
    with pytest.raises(ValueError, match="size: must be an integer"):
        density_of_states.density_of_states(size)


def test_scalars_stay_scalars_and_arrays_keep_their_shape():
    grid = SPAN[:6].reshape(2, 3)
    for quantity in (onsager.energy, onsager.specific_heat, onsager.correlation_length):
        assert np.ndim(quantity(2.0)) == 0
        assert quantity(grid).shape == grid.shape
    for quantity in (kaufman.energy, kaufman.specific_heat, kaufman.entropy):
        assert np.ndim(quantity(8, 2.0)) == 0
        assert quantity(8, grid).shape == grid.shape
        np.testing.assert_array_equal(quantity(8, grid)[1, 2], quantity(8, float(grid[1, 2])))
