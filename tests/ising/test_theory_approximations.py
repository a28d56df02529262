"""Mean field, Bethe, Curie-Weiss, the chain and Potts: identities, limits, known constants."""

import numpy as np
import pytest

from scripts.ising.theory import bethe, curie_weiss, mean_field, one_dimension, onsager, potts, published

T_GRID = np.array([0.4, 1.0, 2.0, 2.5, 3.0, 3.9, 3.9999, 4.0, 4.5, 10.0])
FIELDS = [0.0, 0.1, -0.7, 3.0]


@pytest.mark.parametrize("h", FIELDS)
@pytest.mark.parametrize("z", [1, 2, 4, 8])
def test_mean_field_is_self_consistent(z, h):
    m = mean_field.magnetization(T_GRID, z, h)
    assert np.abs(m - np.tanh((z * m + h) / T_GRID)).max() < 1e-12
    assert np.all(m * h >= 0)
    assert h < 0 or np.all(m[z > T_GRID] > 0)


@pytest.mark.parametrize("h", FIELDS)
@pytest.mark.parametrize("theory", [mean_field, bethe])
def test_energy_and_magnetization_are_derivatives_of_the_free_energy(theory, h):
    """u = d(f/T)/d(1/T), m = -df/dh, away from the transition."""
    T = np.array([0.9, 1.5, 2.2, 2.6, 3.2, 3.6, 4.5, 9.0])
    K, step = 1 / T, 1e-5
    low, high = (x * theory.free_energy(1 / x, 4, h) for x in (K - step, K + step))
    np.testing.assert_allclose(theory.energy(T, 4, h), (high - low) / (2 * step), rtol=1e-6, atol=1e-9)
    if h:
        m = -(theory.free_energy(T, 4, h + step) - theory.free_energy(T, 4, h - step)) / (2 * step)
        np.testing.assert_allclose(theory.magnetization(T, 4, h), m, rtol=1e-7)


@pytest.mark.parametrize("theory", [mean_field, bethe])
def test_the_approximate_transition_is_where_order_appears_with_exponent_one_half(theory):
    T_c = theory.critical_temperature(4)
    gap = np.array([1e-4, 1e-6])
    m = theory.magnetization(T_c * (1 - gap), 4)
    assert np.log(m[0] / m[1]) / np.log(100) == pytest.approx(1 / 2, abs=1e-4)
    assert theory.magnetization(T_c * (1 + 1e-9), 4) == 0


def test_critical_temperatures_fall_from_mean_field_over_bethe_to_the_exact_one():
    assert mean_field.critical_temperature(4) == 4
    assert bethe.critical_temperature(4) == pytest.approx(2 / np.log(2), rel=1e-15)
    assert bethe.critical_temperature(4) == pytest.approx(2.88539008, abs=5e-9)
    assert mean_field.critical_temperature(4) / onsager.critical_temperature() == pytest.approx(
        1.7627472, abs=5e-8
    )


@pytest.mark.parametrize("theory", [mean_field, bethe])
def test_approximations_have_the_exact_limits(theory):
    T = np.array([0.2, 1e5])
    np.testing.assert_allclose(theory.energy(T), [-2, 0], atol=1e-4)
    entropy = (theory.energy(T) - theory.free_energy(T)) / T
    np.testing.assert_allclose(entropy, [0, np.log(2)], atol=1e-6)
    assert theory.free_energy(0.01, 4, 0.5) == pytest.approx(-2.5, abs=1e-12)


def test_mean_field_bounds_the_free_energy_from_above():
    """Gibbs-Bogoliubov, at every temperature; the Bethe value is closer but no bound."""
    T = np.linspace(0.5, 8, 60)
    gap = mean_field.free_energy(T) - onsager.free_energy(T)
    assert gap.min() > 0
    assert np.all(np.abs(bethe.free_energy(T) - onsager.free_energy(T)) <= gap)


def test_mean_field_entropy_is_that_of_independent_spins():
    m = mean_field.magnetization(T_GRID)
    up, down = (1 + m) / 2, np.maximum((1 - m) / 2, 1e-300)
    entropy = (mean_field.energy(T_GRID) - mean_field.free_energy(T_GRID)) / T_GRID
    np.testing.assert_allclose(entropy, -up * np.log(up) - down * np.log(down), atol=1e-13)


@pytest.mark.parametrize("h", [0.0, 0.3, -1.0])
def test_bethe_with_two_neighbors_is_the_chain(h):
    T = np.array([0.3, 0.7, 1.0, 2.0, 5.0])
    np.testing.assert_allclose(bethe.magnetization(T, 2, h), one_dimension.magnetization(T, h), atol=1e-12)
    root = np.hypot(np.sinh(h / T), np.exp(-2 / T))  # of the larger eigenvalue of the transfer matrix
    np.testing.assert_allclose(bethe.free_energy(T, 2, h), -1 - T * np.log(np.cosh(h / T) + root), atol=1e-13)
    if h == 0:
        np.testing.assert_allclose(bethe.energy(T, 2), one_dimension.energy(T), atol=1e-14)


def test_bethe_has_its_tabulated_values():
    np.testing.assert_allclose(bethe.magnetization(np.array([2.0, 2.5])), [0.928584, 0.735735], atol=6e-7)
    assert -bethe.free_energy(5.0) / 5 == pytest.approx(0.7328833242, abs=5e-11)
    assert -bethe.free_energy(2.0) / 2 == pytest.approx(1.0248028355, abs=5e-11)
    np.testing.assert_allclose(
        mean_field.magnetization(np.array([2.0, 3.0])), [0.957504, 0.775516], atol=6e-7
    )
    assert -mean_field.free_energy(2.5) / 2.5 == pytest.approx(0.8466628656, abs=5e-11)


def test_bethe_solves_its_equation():
    for h in FIELDS:
        x = bethe.cavity_field(T_GRID, 4, h)
        again = h / T_GRID + 3 * np.arctanh(np.tanh(1 / T_GRID) * np.tanh(x))
        finite = np.abs(x) < 15  # beyond, tanh is 1 to rounding in this check
        assert np.abs(x - again)[finite].max() < 1e-10


def enumerated_ring(n, T, h):
    spins = 1 - 2 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
    energy = -(spins * np.roll(spins, 1, axis=1)).sum(axis=1) - h * spins.sum(axis=1)
    weight = np.exp(-energy / T)
    return spins, energy, weight


@pytest.mark.parametrize("n", [3, 8])
def test_the_ring_agrees_with_enumeration(n):
    T = 1.3
    spins, energy, weight = enumerated_ring(n, T, 0.0)
    p = weight / weight.sum()
    assert one_dimension.energy(T, n) == pytest.approx(p @ energy / n, abs=1e-14)
    found = one_dimension.correlation(T, np.arange(n), n)
    np.testing.assert_allclose(found, p @ (spins[:, :1] * spins), atol=1e-14)


def test_the_chain_never_orders_where_mean_field_says_it_does():
    T = np.array([0.05, 0.5, 1.0, 1.9])
    assert not one_dimension.magnetization(T).any()
    assert np.all(mean_field.magnetization(T, 2) > 0.3)
    assert np.all(one_dimension.correlation(T[1:], 1000) < 1e-10)


def test_the_response_of_the_chain_to_a_field_is_the_sum_of_its_correlations():
    T, h = np.array([0.4, 1.0, 3.0]), 1e-8
    total = 1 + 2 * sum(one_dimension.correlation(T, r) for r in range(1, 3000))
    np.testing.assert_allclose(T * one_dimension.magnetization(T, h) / h, total, rtol=1e-6)


@pytest.mark.parametrize("h", [0.0, 0.2])
def test_curie_weiss_agrees_with_enumeration(h):
    N, T = 10, 1.2
    spins, _, _ = enumerated_ring(N, T, h)
    M = spins.sum(axis=1)
    weight = np.exp((M**2 / (2 * N) + h * M) / T)
    p, m = weight / weight.sum(), M / N
    found = curie_weiss.moments(N, T, h)
    assert curie_weiss.log_partition_function(N, T, h) == pytest.approx(np.log(weight.sum()) / N, abs=1e-14)
    expected = {"m": p @ m, "abs_m": p @ np.abs(m), "m2": p @ m**2, "m4": p @ m**4}
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, abs=1e-14)
    assert found["binder"] == pytest.approx(1 - expected["m4"] / (3 * expected["m2"] ** 2), abs=1e-14)


@pytest.mark.parametrize(("beta", "N", "log_z"), [(0.5, 100, 0.6965885524), (1.5, 1000, 0.8092863367)])
def test_curie_weiss_has_its_tabulated_values(beta, N, log_z):
    assert curie_weiss.log_partition_function(N, 1 / beta) == pytest.approx(log_z, abs=6e-11)


@pytest.mark.parametrize(("beta", "limit"), [(0.5, 0.346574), (1.5, 0.943843)])
def test_mean_field_becomes_exact_for_infinite_range(beta, limit):
    """ln Z - N f tends to a constant, so the free energy per spin is off by 1/N."""
    T, N = 1 / beta, 100_000
    gap = N * (curie_weiss.log_partition_function(N, T) - curie_weiss.infinite_log_partition_function(T))
    assert curie_weiss.finite_size_correction(T) == pytest.approx(limit, abs=6e-7)
    assert gap == pytest.approx(limit, abs=1e-4)
    assert curie_weiss.moments(N, T)["abs_m"] == pytest.approx(mean_field.magnetization(T, 1), abs=5e-3)


def test_curie_weiss_at_its_critical_point():
    limit, binder = curie_weiss.critical_moments()
    assert limit == pytest.approx(1.17082866, abs=5e-9)
    assert binder == pytest.approx(0.270520, abs=5e-7)
    found = curie_weiss.moments(1_000_000, 1.0)
    assert found["m2"] * 1000 == pytest.approx(1.17055463, abs=5e-8)
    assert found["binder"] == pytest.approx(binder, abs=5e-4)
    assert np.isposinf(curie_weiss.finite_size_correction(1.0))


def test_potts_with_ten_states_has_its_published_values():
    """xi of q = 10, 15, 20 confirmed by W. Janke and S. Kappler, arXiv:hep-lat/9410019."""
    assert potts.transition_temperature(10) == pytest.approx(0.7012315679, abs=5e-11)
    assert potts.latent_heat(10) == pytest.approx(0.6960494315, abs=5e-11)
    assert potts.disordered_energy(10) == pytest.approx(-0.9682030503, abs=5e-11)
    assert potts.ordered_energy(10) == pytest.approx(-1.6642524818, abs=5e-11)
    lengths = [potts.disordered_correlation_length(q) for q in (10, 15, 20)]
    np.testing.assert_allclose(lengths, [10.559519, 4.180954, 2.695502], atol=1e-6)


def test_potts_with_two_states_is_the_ising_model_and_large_q_has_full_latent_heat():
    """delta = (1 + s s')/2 halves the temperature; for large q the gap tends to that of 2 and 0 bonds."""
    assert 2 * potts.transition_temperature(2) == pytest.approx(onsager.critical_temperature(), rel=1e-15)
    assert potts.latent_heat(1e8) == pytest.approx(2, abs=1e-3)
    assert potts.latent_heat(4.5) < 0.01
    assert potts.disordered_correlation_length(5) == pytest.approx(2512.2, abs=0.1)


def test_published_temperatures_approach_mean_field_with_the_dimension():
    known = published.critical_temperatures()
    assert [entry.dimension for entry in known] == [2, 3, 4]
    np.testing.assert_allclose([entry.value for entry in known], [2.269185314, 4.5115232, 6.68029], atol=1e-4)
    ratios = [mean_field.critical_temperature(2 * entry.dimension) / entry.value for entry in known]
    np.testing.assert_allclose(ratios, [1.76275, 1.32993, 1.19755], atol=2e-5)
    assert known[0].error == 0
    assert all(entry.source for entry in known)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_field.magnetization(0.0), "T: temperatures must be positive"),
        (lambda: mean_field.magnetization(1.0, 0), "z: must be an integer, at least 1"),
        (lambda: bethe.magnetization(-2.0), "T: temperatures must be positive"),
        (lambda: bethe.magnetization(2.0, 1), "z: must be an integer, at least 2"),
        (lambda: curie_weiss.moments(1, 1.0), "N: must be an integer, at least 2"),
        (lambda: curie_weiss.moments(10, 0.0), "T: temperatures must be positive"),
        (lambda: one_dimension.energy(0.0), "T: temperatures must be positive"),
        (lambda: one_dimension.energy(1.0, 2), "n: must be an integer, at least 3"),
        (lambda: potts.latent_heat(4), "q: must be more than 4"),
        (lambda: potts.transition_temperature(1), "q: must be at least 2"),
    ],
)
def test_bad_arguments_are_refused_in_one_line(call, message):
    with pytest.raises(ValueError, match=message):
        call()
