"""The compiled chains: bit for bit their Python twins, in distribution the plain ones and enumeration."""

import numpy as np
import pytest
from scipy.special import chdtrc, logsumexp

from scripts.boltzmann.kernels import block_gibbs, heat_bath, plain
from scripts.boltzmann.parameters import Rbm, as_ising
from scripts.boltzmann.theory import rbm as exact
from scripts.common import enumeration
from scripts.common.seeds import words
from tests.boltzmann.small_machines import random_bits, small_rbm, without_weights

COMPILED = ("_fill", "_odds", "uniform", "_draw", "_log_ratio", "_sums", "_gibbs", "_anneal")


def interpreted(monkeypatch):
    """Run the kernels as Python; words of 64 bits then warn when they wrap round, as they must."""
    for name in COMPILED:
        monkeypatch.setattr(block_gibbs, name, getattr(block_gibbs, name).py_func)
    return np.errstate(over="ignore")


def chi_square_p(counts, p):
    """Probability of a larger chi-square, cells that expect fewer than five thrown together."""
    expected = counts.sum() * p
    rare = expected < 5
    seen = np.append(counts[~rare], counts[rare].sum())
    wanted = np.append(expected[~rare], expected[rare].sum())
    seen, wanted = seen[wanted > 0], wanted[wanted > 0]
    return chdtrc(len(seen) - 1, ((seen - wanted) ** 2 / wanted).sum())


def numbers(bits):
    return bits.astype(int) @ (1 << np.arange(bits.shape[1]))


@pytest.mark.parametrize("n", [1, 3, 4, 5, 9, 64])
def test_packing_is_undone_by_unpacking(n):
    bits = random_bits((7, n))
    assert np.array_equal(block_gibbs.unpacked(block_gibbs.packed(bits), n), bits)


def test_the_compiled_chain_is_its_python_twin_bit_for_bit(monkeypatch):
    rbm, start, streams = small_rbm(6, 5), block_gibbs.packed(random_bits((4, 6))), words(1, "twin", n=4)
    fast, fast_streams = start.copy(), streams.copy()
    hidden = block_gibbs.gibbs(fast, fast_streams, rbm, 3)
    slow, slow_streams = start.copy(), streams.copy()
    with interpreted(monkeypatch):
        assert np.array_equal(block_gibbs.gibbs(slow, slow_streams, rbm, 3), hidden)
    assert np.array_equal(slow, fast)
    assert np.array_equal(slow_streams, fast_streams)


def test_the_compiled_annealing_is_its_python_twin(monkeypatch):
    rbm, start, streams = small_rbm(6, 5), block_gibbs.packed(random_bits((3, 6))), words(1, "twin", n=3)
    betas, base, fast = np.linspace(0, 1, 5), np.full(6, 0.2), start.copy()
    log_weights = block_gibbs.anneal(fast, streams.copy(), rbm, base, betas)
    with interpreted(monkeypatch):
        slow = start.copy()
        again = block_gibbs.anneal(slow, streams.copy(), rbm, base, betas)
    assert np.array_equal(slow, fast)
    np.testing.assert_allclose(again, log_weights, rtol=1e-12)  # the order of a product is free


def test_one_step_of_annealing_is_the_closed_form():
    """A chain's first increment needs no random number: F_0(v) - F_1(v)."""
    rbm, v, base = small_rbm(7, 6), random_bits((20, 7)), np.linspace(-1, 1, 7)
    found = block_gibbs.anneal(block_gibbs.packed(v), words(1, "one", n=20), rbm, base, [0.0, 1.0])
    expected = -exact.free_energy(rbm, v) - (v @ base + 6 * np.log(2))
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_weights_that_are_zero_cost_no_work():
    """Then the annealing changes nothing, and every weight is exactly the ratio of the partition
    functions."""
    rbm = without_weights(6, 4, b=0.0)
    v = block_gibbs.packed(random_bits((50, 6)))
    found = block_gibbs.anneal(v, words(1, "free", n=50), rbm, rbm.a, np.linspace(0, 1, 11))
    np.testing.assert_allclose(found, 0.0, atol=1e-13)


@pytest.mark.parametrize("sampler", ["compiled", "plain"])
def test_chains_visit_states_as_often_as_enumeration_says(sampler):
    """Power: a temperature wrong by 5 % is rejected at p < 1e-6 with as many samples."""
    rbm, n = small_rbm(), 40000
    start = random_bits((n, 5))
    if sampler == "compiled":
        v = block_gibbs.packed(start)
        block_gibbs.gibbs(v, words(4, "chi", n=n), rbm, 40)
        v = block_gibbs.unpacked(v, 5)
    else:
        v, _ = plain.gibbs(start, np.random.default_rng(4), rbm, 40)
    counts = np.bincount(numbers(v), minlength=32)
    assert chi_square_p(counts, exact.probabilities(rbm)) > 1e-4
    hotter = Rbm(*(0.95 * part for part in rbm))
    assert chi_square_p(counts, exact.probabilities(hotter)) < 1e-6


def test_heat_bath_chains_visit_states_as_often_as_enumeration_says():
    J, h, _ = as_ising(small_rbm())
    streams = words(5, "bath", n=40000)
    spins = heat_bath.random_spins(streams, 8)
    heat_bath.sweeps(spins, streams, J, h, 40)
    counts = np.bincount(numbers(spins > 0), minlength=256)
    minus_e = -enumeration.energies(J, h)
    assert chi_square_p(counts, np.exp(minus_e - logsumexp(minus_e))) > 1e-4
    assert chi_square_p(counts, np.exp(0.95 * minus_e - logsumexp(0.95 * minus_e))) < 1e-6


@pytest.mark.parametrize("sampler", ["compiled", "plain", "heat_bath"])
def test_annealed_weights_average_to_the_partition_function(sampler):
    """Power: a bias of 1 % of Z is 7 standard errors."""
    rbm, n, betas = small_rbm(), 20000, np.linspace(0, 1, 21)
    streams, base = words(6, sampler, n=n), np.zeros(5)
    log_z0 = 8 * np.log(2)
    if sampler == "compiled":
        found = block_gibbs.anneal(block_gibbs.packed(random_bits((n, 5))), streams, rbm, base, betas)
    elif sampler == "plain":
        found = plain.anneal(random_bits((n, 5)), np.random.default_rng(6), rbm, base, betas)
    else:
        J, h, constant = as_ising(rbm)
        found = heat_bath.anneal(streams, J, h, betas) + constant
    weights = np.exp(found + log_z0 - exact.log_partition_function(rbm))
    error = weights.std() / np.sqrt(n)
    assert error < 0.0015 if sampler != "heat_bath" else error < 0.01
    assert abs(weights.mean() - 1) < 4.5 * error


def test_streams_give_uniform_numbers():
    """A unit without a field is on half of the time, and successive draws of a chain do not know each
    other."""
    rbm, v = without_weights(4, 4, 0.0, 0.0), block_gibbs.packed(np.zeros((1, 4)))
    streams, seen = words(7, "uniform", n=1), []
    for _ in range(20000):
        hidden = block_gibbs.gibbs(v, streams, rbm, 1)
        seen.append([hidden[0, 0], v[0, 0]])
    counts = np.bincount(np.array(seen) @ [16, 1], minlength=256)
    assert chi_square_p(counts, np.full(256, 1 / 256)) > 1e-4


def test_weights_too_large_for_the_tables_are_refused():
    rbm = Rbm(np.full((10, 2), 100.0), np.zeros(10), np.zeros(2))
    v = block_gibbs.packed(np.zeros((1, 10)))
    with pytest.raises(ValueError, match="a field of 1000 is too large"):
        block_gibbs.gibbs(v, words(1, "x", n=1), rbm, 1)
    with pytest.raises(ValueError, match="at most 650"):
        block_gibbs.anneal(v, words(1, "x", n=1), rbm, np.zeros(10), [0.0, 1.0])
