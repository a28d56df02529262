"""Exact theory against brute force of another kind, limits, and itself."""

import numpy as np
import pytest
from scipy.special import logsumexp

from scripts.boltzmann.parameters import Rbm, as_ising, flat, random_rbm, shaped
from scripts.boltzmann.theory import bars, block_gibbs, em, machine, naive, rbm
from scripts.common.enumeration import enumerated
from tests.boltzmann.small_machines import random_bits, small_machine, small_rbm, without_weights


def test_the_energy_is_the_printed_double_sum():
    found, m = machine.energies(small_machine()), small_machine()
    v, h = machine.states(4)[13], machine.states(3)[6]
    expected = -sum(m.W[i, j] * v[i] * h[j] for i in range(4) for j in range(3))
    expected -= sum(m.U[i, k] * v[i] * v[k] for i in range(4) for k in range(4))
    expected -= sum(m.J[j, k] * h[j] * h[k] for j in range(3) for k in range(3))
    expected -= sum(m.a * v) + sum(m.b * h)
    assert found[13, 6] == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("coding", [machine.BITS, machine.SPINS])
def test_the_gradient_is_the_slope_of_the_likelihood(coding):
    """Power: a missing factor two in U or J moves it by more than 0.01."""
    m, data = small_machine(), np.random.default_rng(5).dirichlet(np.ones(16))
    gradient, step = machine.log_likelihood_gradient(m, data, coding), 1e-5
    for name, place in (("W", (1, 2)), ("U", (0, 3)), ("J", (1, 2)), ("a", (2,)), ("b", (1,))):
        ends = []
        for sign in (1, -1):
            part = getattr(m, name).copy()
            part[place] += sign * step
            if name in "UJ":
                part[place[::-1]] += sign * step
            ends.append(machine.log_likelihood(m._replace(**{name: part}), data, coding))
        slope = (ends[0] - ends[1]) / (2 * step)
        assert getattr(gradient, name)[place] == pytest.approx(slope, abs=1e-9)


def test_both_codings_are_the_same_machine():
    m = small_machine()
    spins, constant = machine.for_spins(m)
    np.testing.assert_allclose(
        machine.energies(m), machine.energies(spins, machine.SPINS) + constant, atol=1e-13
    )


def test_the_free_energy_is_the_sum_over_hidden_units():
    r = small_rbm()
    whole = machine.Machine(r.W, np.zeros((5, 5)), np.zeros((3, 3)), r.a, r.b)
    np.testing.assert_allclose(
        rbm.free_energy(r, machine.states(5)), machine.clamped_free_energies(whole), atol=1e-13
    )


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (14, 13)])
def test_both_layers_give_the_same_partition_function(shape):
    """The second number comes from the same machine written in spins, by the common sum over all states."""
    r = random_rbm(np.random.default_rng(7), *shape)
    log_z = rbm.log_partition_function(r)
    assert log_z == pytest.approx(rbm.log_partition_function(rbm.turned(r)), abs=1e-11)
    if sum(shape) < 12:
        J, h, constant = as_ising(r)
        assert log_z == pytest.approx(enumerated(J, h).log_z + constant, abs=1e-12)


def test_layers_too_large_are_refused():
    with pytest.raises(ValueError, match="at most 24 units, not 25 and 30"):
        rbm.log_partition_function(without_weights(25, 30))


def test_model_expectations_do_not_depend_on_the_layer_summed():
    wide, tall = small_rbm(3, 6), small_rbm(6, 3)
    for r in (wide, tall):
        found, _ = rbm.model_expectations(r)
        p = rbm.probabilities(r)
        v = machine.states(len(r.a))
        direct = rbm.data_expectations(r, v, p)
        for one, other in zip(found, direct, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-14)


def test_the_gradient_of_the_restricted_machine_is_the_slope():
    r, data, weights = small_rbm(), random_bits((6, 5)), np.full(6, 1 / 6)
    value, gradient = rbm.log_likelihood_and_gradient(r, data, weights)
    assert value == pytest.approx(rbm.log_likelihood(r, data, weights), abs=1e-14)
    x, slope = flat(r), flat(gradient)
    for i in range(0, len(x), 4):
        e = 1e-5 * np.eye(len(x))[i]
        ends = [rbm.log_likelihood(shaped(x + s * e, r), data, weights) for s in (1, -1)]
        assert slope[i] == pytest.approx((ends[0] - ends[1]) / 2e-5, abs=1e-9)


def test_numbers_undo_states():
    np.testing.assert_array_equal(machine.numbers(machine.states(5)), np.arange(32))


def test_pseudo_likelihood_is_the_product_of_conditionals():
    r = small_rbm(4, 3)
    p, v = rbm.probabilities(r), machine.states(4)
    expected = [sum(np.log(p[s] / (p[s] + p[s ^ (1 << i)])) for i in range(4)) for s in range(16)]
    np.testing.assert_allclose(rbm.log_pseudo_likelihood(r, v), expected, atol=1e-12)


def test_pseudo_likelihood_of_independent_units_is_the_likelihood():
    means = np.array([0.2, 0.5, 0.9])
    r = Rbm(np.zeros((3, 1)), np.log(means / (1 - means)), np.zeros(1))
    v = machine.states(3)
    expected = -rbm.free_energy(r, v) - rbm.log_partition_function(r)
    np.testing.assert_allclose(rbm.log_pseudo_likelihood(r, v), expected, atol=1e-12)
    np.testing.assert_allclose(rbm.probabilities(r) @ v, means, atol=1e-12)


def test_the_block_kernel_is_reversible_and_has_a_real_spectrum():
    r = small_rbm()
    kernel, p = block_gibbs.hidden_kernel(r), rbm.probabilities(rbm.turned(r))
    np.testing.assert_allclose(kernel.sum(1), 1.0, atol=1e-12)
    np.testing.assert_allclose(p[:, None] * kernel, (p[:, None] * kernel).T, atol=1e-15)
    values = np.linalg.eigvals(kernel)
    assert np.abs(values.imag).max() < 1e-10
    assert values.real.min() > -1e-12
    assert np.sort(values.real)[-2] == pytest.approx(
        block_gibbs.second_eigenvalue(r, block_gibbs.hidden_kernel(r)), abs=1e-12
    )


def test_the_bias_of_contrastive_divergence_is_that_of_the_chain_written_out():
    """k steps by powers of the kernel over visible states, which the module never builds."""
    r, data, weights = small_rbm(), random_bits((4, 5)), np.full(4, 0.25)
    down, up = block_gibbs.conditional(r), block_gibbs.conditional(rbm.turned(r))
    p0, v = np.zeros(32), machine.states(5)
    for row in data:
        p0[int(row @ 2 ** np.arange(5))] += 0.25
    model = flat(rbm.model_expectations(r)[0])
    for k, found in zip(
        (1, 3), block_gibbs.bias(r, block_gibbs.hidden_kernel(r), data, weights, (1, 3)), strict=True
    ):
        pk = p0 @ np.linalg.matrix_power(down @ up, k)
        np.testing.assert_allclose(found, flat(rbm.data_expectations(r, v, pk)) - model, atol=1e-13)


def test_the_bias_decays_by_the_second_eigenvalue():
    r, data = small_rbm(), random_bits((4, 5))
    sizes = np.linalg.norm(
        block_gibbs.bias(r, block_gibbs.hidden_kernel(r), data, np.full(4, 0.25), (60, 61)), axis=1
    )
    assert sizes[1] / sizes[0] == pytest.approx(
        block_gibbs.second_eigenvalue(r, block_gibbs.hidden_kernel(r)), abs=1e-6
    )


def test_one_hidden_unit_has_the_eigenvalue_of_a_two_state_chain():
    """A chain on two states with flip probabilities p and q has the eigenvalue 1 - p - q."""
    r = Rbm(np.array([[1.3]]), np.array([0.2]), np.array([-0.4]))
    kernel = block_gibbs.hidden_kernel(r)
    assert block_gibbs.second_eigenvalue(r, block_gibbs.hidden_kernel(r)) == pytest.approx(
        1 - kernel[0, 1] - kernel[1, 0], abs=1e-14
    )


@pytest.mark.parametrize(
    ("size", "distinct", "all_images"),
    [(3, -36.94680261461, -41.58883083360), (4, -102.03592144986, -108.13096016735)],
)
def test_bars_and_stripes_have_their_two_optima(size, distinct, all_images):
    """14 log 14, 14 log 16 - 2 log ... : by hand from the counts; a third convention would differ by
    more than 1."""
    found = bars.conventions(size)
    assert bars.largest_log_likelihood(found["distinct"]) == pytest.approx(distinct, abs=1e-10)
    assert bars.largest_log_likelihood(found["multiplicity"]) == pytest.approx(all_images, abs=1e-10)
    assert found["multiplicity"].sum() == 2 ** (size + 1)


def test_every_image_is_made_of_whole_rows_or_whole_columns():
    for image in bars.images(4).reshape(-1, 4, 4):
        assert (image == image[:1]).all() or (image == image[:, :1]).all()


def test_each_half_step_of_em_lowers_the_free_energy_and_bounds_the_loss():
    data = np.random.default_rng(8).dirichlet(np.ones(16) / 2)
    objectives, machines = em.descent(small_machine(), data, 4)
    losses = np.array([-naive.log_likelihood(each, data) for each in machines])
    assert (np.diff(objectives) <= 1e-9).all()
    assert (objectives >= losses - 1e-10).all()
    np.testing.assert_allclose(objectives[1::2], losses[1::2], atol=1e-10)  # after an E step they meet


def test_em_without_the_partition_function_makes_the_loss_grow():
    data = np.random.default_rng(8).dirichlet(np.ones(16) / 2)
    _, machines = em.descent(small_machine(), data, 20, keep_log_z=False)
    assert naive.log_likelihood(machines[-1], data) < naive.log_likelihood(machines[0], data)


def test_the_naive_sums_are_those_of_the_machine():
    m, data = small_machine(), np.random.default_rng(8).dirichlet(np.ones(16))
    for values in (machine.BITS, machine.SPINS):
        np.testing.assert_allclose(-np.log(naive.weights(m, values)), machine.energies(m, values), atol=1e-13)
    assert naive.log_likelihood(m, data) == pytest.approx(machine.log_likelihood(m, data), abs=1e-13)
    energy, entropy = naive.clamped_energy_and_entropy(m)
    np.testing.assert_allclose(energy - entropy, machine.clamped_free_energies(m), atol=1e-13)


@pytest.mark.parametrize("shape", [(5, 3), (3, 5)])
def test_the_second_eigenvalue_is_the_squared_maximal_correlation(shape):
    r = small_rbm(*shape)
    expected = block_gibbs.second_eigenvalue(r, block_gibbs.hidden_kernel(r))
    assert naive.second_eigenvalue(r) == pytest.approx(expected, abs=1e-12)


def test_the_m_step_matches_the_moments():
    """At the minimum over theta the model has the expectations of the clamped states."""
    m, data = small_machine(3, 2), np.full(8, 1 / 8)
    Q = machine.posterior(m)
    best = em.m_step(m, Q, data, steps=400)
    wanted = machine.expectations(data[:, None] * Q, machine.BITS, 3, 2)
    found = machine.expectations(machine.joint_probabilities(best), machine.BITS, 3, 2)
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_the_variational_free_energy_exceeds_the_clamped_one_by_a_divergence():
    m, rng = small_machine(), np.random.default_rng(9)
    Q, P = rng.dirichlet(np.ones(8), size=16), machine.posterior(small_machine())
    excess = machine.variational_free_energy(m, Q) - machine.clamped_free_energies(m)
    np.testing.assert_allclose(excess, (Q * np.log(Q / P)).sum(1), atol=1e-12)


def test_the_joint_sum_is_the_partition_function():
    m = small_machine()
    assert machine.log_partition_function(m) == pytest.approx(
        logsumexp(-machine.clamped_free_energies(m)), abs=1e-13
    )
