"""Observables against brute force on the 4 x 4 torus, where all 65536 states are known."""

import numpy as np
import pytest

from scripts.common.seeds import generator
from scripts.ising import observables
from tests.common.calibration import assert_calibrated

L, N, T = 4, 16, 2.5
RUNS = 300


def all_states():
    """Bond energy and magnetization of every state of the 4 x 4 torus: int64[65536] each."""
    spins = 1 - 2 * ((np.arange(2**N)[:, None] >> np.arange(N)) & 1).reshape(-1, L, L)
    bonds = spins * np.roll(spins, 1, axis=1) + spins * np.roll(spins, 1, axis=2)
    return -bonds.sum(axis=(1, 2)), spins.sum(axis=(1, 2))


BONDS, SPINS = all_states()
LEVELS, COUNTS = np.unique(np.stack([BONDS, SPINS], axis=1), axis=0, return_counts=True)


def mean(quantity, temperature=T, field=0.0):
    weights = np.exp(-(BONDS - field * SPINS + 2 * N) / temperature)
    return weights @ quantity / weights.sum()


def exact_moments(temperature=T, field=0.0):
    products = observables.moment_products(BONDS - field * SPINS, SPINS)
    return observables.named(mean(products, temperature, field))


def at(beta, name):
    return observables.OBSERVABLES[name](exact_moments(1 / beta), beta, N)


def slope(function, x, step=1e-4):
    return (function(x + step) - function(x - step)) / (2 * step)


def drawn_series(rng, n, replicas):
    """Independent draws from the Boltzmann distribution: the moments' exact means are `exact_moments`."""
    weights = COUNTS * np.exp(-(LEVELS[:, 0] + 2 * N) / T)
    picks = rng.choice(len(LEVELS), size=(n, replicas), p=weights / weights.sum())
    return LEVELS[picks, 0].astype(np.int32), LEVELS[picks, 1].astype(np.int32)


def test_energy_and_specific_heat_are_derivatives_of_the_free_energy():
    """-d lnZ/dbeta = E and d<E>/dT = C: detects any misplaced factor of beta or N."""

    def ln_z(beta):
        return np.log(np.exp(-beta * (BONDS + 2 * N)).sum()) + 2 * N * beta

    means = exact_moments()
    assert np.isclose(observables.energy(means, 1 / T, N), -slope(ln_z, 1 / T) / N, rtol=1e-7)
    heat = slope(lambda temperature: mean(BONDS, temperature) / N, T)
    assert np.isclose(observables.specific_heat(means, 1 / T, N), heat, rtol=1e-7)


def test_the_specific_heat_in_a_field_is_the_derivative_of_the_whole_energy():
    heat = slope(lambda temperature: mean(BONDS - 0.3 * SPINS, temperature, 0.3) / N, T)
    assert np.isclose(observables.specific_heat(exact_moments(T, 0.3), 1 / T, N), heat, rtol=1e-6)


def test_the_susceptibility_has_the_mean_size_taken_off():
    """Of the response to a field, beta <M^2> / N at h = 0, the square of <|M|> is not part."""
    response = slope(lambda h: mean(SPINS, T, h) / N, 0.0)
    found = observables.susceptibility(exact_moments(), 1 / T, N)
    assert np.isclose(response - found, mean(np.abs(SPINS)) ** 2 / (N * T), rtol=1e-6)


def test_the_slopes_are_derivatives_with_respect_to_the_coupling():
    means, beta = exact_moments(), 1 / T
    for name, function in {
        "dln_abs_magnetization": lambda k: np.log(at(k, "abs_magnetization")),
        "dln_squared_magnetization": lambda k: np.log(at(k, "squared_magnetization")),
        "binder_slope": lambda k: at(k, "binder"),
    }.items():
        assert np.isclose(observables.OBSERVABLES[name](means, beta, N), slope(function, beta), rtol=1e-6)


def test_the_binder_parameter_has_its_known_limits():
    """2/3 in full order, 0 for free spins up to -2/(3N), the torus value at Tc."""
    assert np.isclose(at(5.0, "binder"), 2 / 3, atol=1e-6)
    assert np.isclose(at(1e-12, "binder"), 2 / (3 * N), atol=1e-6)
    assert np.isclose(at(np.log(1 + np.sqrt(2)) / 2, "binder"), 0.6171993184, rtol=0, atol=1e-10)


def test_the_slopes_at_tc_are_those_of_the_transfer_matrix():
    """The second road to the L = 4 row of the table in `test_finite_size`."""
    beta = np.log(1 + np.sqrt(2)) / 2
    for name, exact in {
        "abs_magnetization": 0.84386044481,
        "squared_magnetization": 0.76135890857,
        "dln_abs_magnetization": 1.96949857793,
        "dln_squared_magnetization": 3.022652437,
        "binder_slope": 0.67587858463,
    }.items():
        assert np.isclose(at(beta, name), exact, rtol=1e-9)


def test_moments_of_a_series_are_the_averages_of_its_products():
    energy, magnetization = drawn_series(generator(1, "tests/observables"), 30, 3)
    moments = observables.moments_from_series(energy, magnetization)
    assert moments.shape == (3, len(observables.MOMENTS))
    e, m = energy[:, 1].astype(object), magnetization[:, 1].astype(object)  # Python integers: exact
    direct = [e, e * e, abs(m), m, m * m, m**4, e * abs(m), e * m * m, e * m**4]
    assert np.allclose(moments[1], [sum(x) / 30 for x in direct], rtol=1e-14)


def test_moments_of_a_large_lattice_do_not_overflow():
    """L = 1024 in full order: E M^4 is about -2.5e30, far beyond int64."""
    n_spins = 1024**2
    series = np.full((8, 2), -2 * n_spins, dtype=np.int32), np.full((8, 2), -n_spins, dtype=np.int32)
    moments = observables.moments_from_series(*series)
    named = observables.named(moments)
    assert np.allclose(named["M4"], float(n_spins) ** 4, rtol=1e-14)
    assert np.allclose(named["EM4"], -2 * float(n_spins) ** 5, rtol=1e-14)
    assert observables.estimates(moments, 0.1, n_spins)["binder"].value == pytest.approx(2 / 3)


def test_every_error_bar_over_64_replicas_is_calibrated():
    """300 runs: an error wrong by a factor 1.5, or a bias of half an error, fails in over 99.9 %."""
    rng, exact = generator(7, "tests/observables/errors"), exact_moments()
    runs = [
        observables.estimates(observables.moments_from_series(*drawn_series(rng, 40, 64)), T, N)
        for _ in range(RUNS)
    ]
    for name, observable in observables.OBSERVABLES.items():
        reference = observable(exact, 1 / T, N)
        z = [(run[name].value - reference) / run[name].err for run in runs]
        assert_calibrated(z, runs[0][name].degrees_of_freedom)


def test_a_temperature_wrong_by_one_percent_is_detected():
    """Negative control: one long run, the reference of T = 1.01 * 2.5."""
    series = drawn_series(generator(8, "tests/observables/control"), 400, 64)
    run = observables.estimates(observables.moments_from_series(*series), T, N)["energy"]
    for temperature, within in ((T, True), (1.01 * T, False)):
        reference = observables.energy(exact_moments(temperature), 1 / temperature, N)
        assert (abs(run.value - reference) < 4 * run.err) == within
