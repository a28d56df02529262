"""Mean field, TAP and belief propagation against sums over all states."""

import numpy as np
import pandas as pd
import pytest

from scripts.common.enumeration import enumerated
from scripts.variational import models, networks
from scripts.variational.kernels import belief_propagation as bp
from scripts.variational.kernels import factors, mean_field, tap
from scripts.variational.theory import linear_response, plain


def glass(n, seed=0):
    return models.sherrington_kirkpatrick(n, np.random.default_rng(seed))


@pytest.mark.parametrize("name", ["chain", "tree"])
@pytest.mark.parametrize("beta", [0.1, 1.0, 3.0])
def test_belief_propagation_is_exact_without_loops(name, beta):
    make, n = models.NETWORKS[name]
    for seed in range(5):
        J, h = make(n, np.random.default_rng(seed))
        exact = enumerated(J, h, beta)
        u, _, converged = bp.messages(J, h, beta)
        assert converged
        assert bp.log_partition_function(J, h, beta, u) == pytest.approx(exact.log_z, abs=1e-11)
        np.testing.assert_allclose(bp.magnetization(h, beta, u), exact.magnetization, atol=1e-12)


def test_belief_propagation_is_not_exact_with_a_loop():
    J, h = models.torus(9, np.random.default_rng(0))
    u, _, _ = bp.messages(J, h, 0.3)
    assert abs(bp.log_partition_function(J, h, 0.3, u) - enumerated(J, h, 0.3).log_z) > 1e-3


def test_the_bethe_paramagnet_of_the_torus():
    """ln 2 + 2 ln cosh K per site, published for T = 5: 0.7328833242."""
    J, _ = models.torus(16, np.random.default_rng(0))
    u, _, _ = bp.messages(J, np.zeros(16), 0.2)
    value = bp.log_partition_function(J, np.zeros(16), 0.2, u) / 16
    assert value == pytest.approx(np.log(2) + 2 * np.log(np.cosh(0.2)), abs=1e-13)
    assert value == pytest.approx(0.7328833242, abs=1e-10)
    assert enumerated(J, np.zeros(16), 0.2).log_z / 16 == pytest.approx(0.7357168974, abs=1e-10)


@pytest.mark.parametrize("beta", [0.2, 0.7, 3.0, 10.0])
def test_mean_field_solves_its_equations_and_stays_below(beta):
    for seed in range(5):
        J, h = glass(10, seed)
        m, _, converged = mean_field.coordinate_ascent(J, h, beta, np.tanh(beta * h))
        assert converged
        np.testing.assert_allclose(m, np.tanh(beta * (h + J @ m)), atol=1e-12)
        assert mean_field.elbo(J, h, beta, m) <= enumerated(J, h, beta).log_z


def test_the_general_formula_and_the_tanh_are_one_update():
    J, h = glass(6)
    states = 2.0 * ((np.arange(2**6)[:, None] >> np.arange(6)) & 1) - 1
    table = (((states @ J) * states).sum(1) / 2 + states @ h).reshape((2,) * 6).transpose(range(6)[::-1])
    m = np.random.default_rng(1).uniform(-0.9, 0.9, 6)
    q = [np.array([1 - x, 1 + x]) / 2 for x in m]
    assert factors.elbo(table, q) == pytest.approx(mean_field.elbo(J, h, 1.0, m), abs=1e-13)
    for j in range(6):
        assert factors.best_factor(table, q, j)[1] == pytest.approx((1 + np.tanh(h[j] + J[j] @ m)) / 2)


def test_the_watched_change_of_the_elbo_is_the_change_of_the_elbo():
    """The kernel adds up what one factor changes; the plain twin takes two whole ELBOs."""
    J, h = glass(8)
    m = np.random.default_rng(2).uniform(-0.9, 0.9, 8)
    _, smallest, gain = mean_field._climb(J, h, 1.3, m.copy())
    before, changes = m.copy(), []
    for i in range(8):
        start = mean_field.elbo(J, h, 1.3, before)
        before[i] = np.tanh(1.3 * (h[i] + J[i] @ before))
        changes.append(mean_field.elbo(J, h, 1.3, before) - start)
    assert smallest == pytest.approx(min(changes), abs=1e-13)
    assert gain == pytest.approx(sum(changes), abs=1e-12)


def test_an_ascent_that_goes_downhill_is_seen():
    """Negative control: with couplings that are not symmetric an update need not raise the ELBO."""
    rng = np.random.default_rng(0)
    J = rng.normal(size=(8, 8))
    np.fill_diagonal(J, 0)
    starts = rng.uniform(-1, 1, (5, 8))
    smallest = [mean_field.parallel_update(J, np.zeros(8), 2.0, start, 1000)[2] for start in starts]
    assert min(smallest) < -1e-3


def test_compiled_iterations_equal_their_python_twins():
    J, h = glass(5)
    ascent, start = mean_field.coordinate_ascent, np.tanh(h)
    for fast, slow in zip(ascent(J, h, 1.0, start), ascent.py_func(J, h, 1.0, start), strict=True):
        np.testing.assert_array_equal(fast, slow)
    np.testing.assert_array_equal(start, np.tanh(h))  # left as it is
    fast, slow = bp.messages(J, h, 1.0), bp.messages.py_func(J, h, 1.0)
    assert fast[1:] == slow[1:]
    np.testing.assert_allclose(fast[0], slow[0], atol=1e-15)


def test_tap_is_right_to_the_second_order():
    """At beta -> 0 its error falls as the third power of beta; a wrong reaction term leaves the second."""
    J, h = glass(8, seed=3)
    errors = []
    for beta in (0.02, 0.04):
        m, _, _ = tap.magnetization(J, h, beta, np.zeros(8))
        errors.append(abs(tap.log_partition_function(J, h, beta, m) - enumerated(J, h, beta).log_z))
    assert 2.7 < np.log2(errors[1] / errors[0]) < 4.3


def test_linear_response_is_the_derivative_of_the_magnetization():
    J, h = glass(7, seed=1)
    for solve, formula in (
        (mean_field.coordinate_ascent, linear_response.mean_field_correlation),
        (tap.magnetization, linear_response.tap_correlation),
    ):
        step = 1e-5
        up, down, middle = (
            solve(J, h + shift * np.eye(7)[2], 0.8, np.zeros(7))[0] for shift in (step, -step, 0)
        )
        np.testing.assert_allclose((up - down) / (2 * step * 0.8), formula(J, 0.8, middle)[2], atol=1e-7)


def test_another_program_finds_the_same_averages_on_the_spin_glass():
    """To nine digits: a fault of one per cent in any of the three free energies or its means is seen."""
    rows = pd.DataFrame(networks.sk_rows(10, 20, ["2.00"], seed=1))
    found = networks.accuracy(rows).set_index("method")
    other = networks.plain_averages(10, 20, ["2.00"], seed=1).set_index("method")
    for name in ("gap", "m_error", "c_error"):
        np.testing.assert_allclose(found[name], other[name], rtol=1e-9 if name != "c_error" else 1e-6)
    assert networks.plain_averages(10, 20, ["1.00"], seed=1).empty


def test_the_second_order_by_all_states_is_that_of_tap():
    J, h = glass(8, seed=3)
    m = np.random.default_rng(4).uniform(-0.8, 0.8, 8)
    assert plain.expanded(J, h, 0.7, m, 1) == pytest.approx(mean_field.elbo(J, h, 0.7, m), abs=1e-12)
    assert plain.expanded(J, h, 0.7, m, 2) == pytest.approx(
        tap.log_partition_function(J, h, 0.7, m), abs=1e-12
    )


def test_one_temperature_far_below_everything_does_not_break_the_tables():
    rows = pd.DataFrame(networks.sk_rows(4, 2, ["0.10"], seed=1))
    assert np.isfinite(rows[["ln_z", "ln_z_exact", "rms_m_error"]].to_numpy()).all()
    assert len(networks.accuracy(rows)) == 3


def test_a_torus_of_no_square_number_is_refused():
    with pytest.raises(ValueError, match="10 spins"):
        models.torus(10, np.random.default_rng(0))
