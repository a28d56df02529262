"""Kernels of the renormalization group against plain twins and brute force."""

import itertools

import numpy as np
import pytest

from scripts.common.lattice.rows import unpacked
from scripts.common.seeds import generator
from scripts.renormalization.kernels import (
    blocking,
    clusters,
    counting,
    couplings,
    machine,
    parity,
    rules,
    tensor_rg,
)
from scripts.renormalization.kernels.words import packed, stored
from scripts.renormalization.theory import blocks, square, strips

SEED = 20250918
TC = square.critical_temperature()


def random_spins(n, L, *label):
    bits = generator(SEED, "test", f"L={L}", *label).integers(0, 2, (n, L, L), dtype=np.int8)
    return (2 * bits - 1).astype(np.int8)


@pytest.mark.parametrize("L", [4, 8, 32, 64, 128, 256])
def test_words_hold_the_spins_and_the_stored_bits_are_read_as_they_were_written(L):
    spins = random_spins(5, L)
    assert np.array_equal(unpacked(packed(spins)), spins)
    assert np.array_equal(unpacked(stored(np.packbits(spins.reshape(5, -1) > 0, axis=1), L)), spins)


def test_an_edge_that_does_not_fill_words_is_refused():
    with pytest.raises(ValueError, match="power of two from 4 on, not 12"):
        packed(random_spins(1, 12))


@pytest.mark.parametrize("L", [8, 16, 64, 128, 256])
def test_the_majority_on_bits_is_that_of_the_plain_twin_bit_for_bit(L):
    """All sixteen blocks occur thousands of times, so that one wrong rule would show."""
    spins = random_spins(20, L)
    coins = blocking.coins(generator(SEED, "coins"), packed(spins))
    rows = np.ascontiguousarray(coins, dtype="<u8").view(np.uint8).reshape(20, L // 2, -1)
    bits = np.unpackbits(rows, axis=2, bitorder="little")[:, :, :L:2]
    blocked = unpacked(blocking.majority(packed(spins), coins))
    assert np.array_equal(blocked, rules.plain_majority(spins, bits))
    assert not np.array_equal(blocked, rules.plain_majority(spins, 1 - bits))


@pytest.mark.parametrize("L", [4, 8, 32, 64, 128])
def test_interactions_on_bits_are_those_of_rolled_arrays(L):
    spins = random_spins(7, L)
    assert np.array_equal(blocking.interactions(packed(spins)), rules.plain_interactions(spins))


def test_all_spins_up_count_every_product_once():
    up = np.ones((1, 8, 8), dtype=np.int8)
    per_site = [2, 2, 1, 2, 4, 1, 1, 4, 2]
    assert blocking.interactions(packed(up))[0].tolist() == [64 * k for k in per_site]


def test_average_pooling_and_sign_is_the_majority_and_a_stride_of_one_is_not():
    spins = random_spins(50, 16)
    bits = rules.coin_bits(generator(SEED, "pool"), (50, 8, 8))
    pooled = rules.average_pooling_and_sign(spins, generator(SEED, "pool"))
    assert np.array_equal(pooled, rules.plain_majority(spins, bits))
    assert rules.convolution(spins, 1).shape == spins.shape
    assert np.array_equal(rules.convolution(spins, 2), rules.always_up(spins))


def test_rules_by_probability_follow_their_table():
    """Detects 1 % of any of the five probabilities at more than 4 sigma."""
    spins = random_spins(2000, 32, "table")
    up = np.array([0.1, 0.3, 0.5, 0.6, 0.9])
    drawn, sums = rules.by_probability(spins, up, generator(SEED, "rule")), rules.block_sums(spins)
    for value, p in zip(rules.SUMS, up, strict=True):
        chosen = drawn[sums == value] > 0
        assert abs(chosen.mean() - p) < 4 * np.sqrt(p * (1 - p) / chosen.size)


def test_kadanoffs_rule_becomes_the_majority_rule():
    assert rules.kadanoff_rule(30.0) == pytest.approx(rules.majority_rule(), abs=1e-12)


@pytest.mark.parametrize("rule", [rules.corner, rules.decimation, rules.max_pooling, rules.always_up])
def test_rules_on_spins_are_those_of_the_sum_over_states(rule):
    """All 65 536 states of the 4x4 torus; the theory names the same rules."""
    name = {"max_pooling": "maximum", "always_up": "up"}.get(rule.__name__, rule.__name__)
    expected = blocks.chances(name).reshape(-1, 2, 2)
    assert np.array_equal(rule(blocks.states()) > 0, expected > 0.5)


@pytest.mark.parametrize("rule", blocks.RULES)
def test_states_counted_one_by_one_are_those_of_the_theory(rule):
    """Entropies and probabilities of blocks to rounding; a temperature 1 % off shows."""
    for T in (TC, np.inf):
        assert counting.information(T, rule, 0.8) == pytest.approx(
            blocks.information(T, rule, 0.8), abs=1e-11
        )
    off = counting.information(1.01 * TC, rule, 0.8)
    assert abs(off[1] - blocks.information(TC, rule, 0.8)[1]) > 1e-3


def test_couplings_of_counted_blocks_are_those_of_the_theory():
    for rule in ("majority", "corner", "kadanoff", "decimation"):
        found = counting.couplings_of_blocks(TC, rule, 0.8)
        assert found == pytest.approx(blocks.effective_couplings(TC, rule, 0.8), abs=1e-10)


def test_couplings_of_the_exact_distribution_are_those_of_the_model():
    """Pseudo-likelihood with all states, each by its weight: no noise, so 1e-9."""
    counts = blocks.probabilities(2.5) @ couplings.neighborhoods(blocks.states())
    assert couplings.fitted(counts) == pytest.approx([0.4, 0, 0], abs=1e-9)
    wrong = blocks.probabilities(2.525) @ couplings.neighborhoods(blocks.states())
    assert abs(couplings.fitted(wrong)[0] - 0.4) > 1e-3


def test_a_coupling_of_four_spins_is_found():
    """All states of a 4x4 torus with K1 = 0.2, K2 = 0.05 and K4 = -0.1."""
    s = blocks.states().astype(np.int64)
    right, down = np.roll(s, -1, 2), np.roll(s, -1, 1)
    corner = np.roll(down, -1, 2)
    terms = 0.2 * s * (right + down) + 0.05 * (s * corner + right * down) - 0.1 * s * right * down * corner
    weights = np.exp(terms.sum((1, 2)))
    counts = (weights / weights.sum()) @ couplings.neighborhoods(blocks.states())
    assert couplings.fitted(counts) == pytest.approx([0.2, 0.05, -0.1], abs=1e-9)


def test_couplings_of_ordered_blocks_stay_finite():
    up = np.ones((4, 8, 8), dtype=np.int8)
    assert np.isfinite(couplings.fitted(couplings.neighborhoods(up).sum(axis=0))).all()


@pytest.mark.parametrize("lattice", list(clusters.BONDS))
def test_cluster_runs_have_the_exact_binder_parameter(lattice):
    """4x4 torus, 60 000 sweeps: detects 1 % of U4 at 4 sigma; exact by the transfer matrix."""
    K = {"square": 0.4, "square_diagonal": 0.18, "triangular": 0.25}[lattice]
    _, run = clusters.chain(lattice, 4, K, SEED, "test", lattice)
    second, fourth, _, m = run(60000).T
    exact = strips.binder(lattice, 4, K)
    assert 1 - fourth.mean() / (3 * second.mean() ** 2) == pytest.approx(exact, abs=2.5e-3)
    assert second.mean() == pytest.approx((m**2).mean(), rel=0.02)
    assert abs(strips.binder(lattice, 4, 1.1 * K) - exact) > 5e-3


def test_cluster_runs_have_the_exact_energy():
    """Mean product over the bonds of the 4x4 torus at T_c, 40 000 sweeps: detects 1 % at 4 sigma."""
    _, run = clusters.chain("square", 4, 1 / TC, SEED, "test", "energy")
    products = run(40000)[:, 2]
    assert products.mean() == pytest.approx(blocks.probabilities(TC) @ blocks.bonds() / 32, abs=4e-3)


def dense(tensor):
    """The whole array: on every index the even states first, then the odd ones."""
    n = len(next(iter(tensor)))
    sizes = [[0, 0] for _ in range(n)]
    for p, block in tensor.items():
        for axis, q in enumerate(p):
            sizes[axis][q] = block.shape[axis]
    whole = np.zeros([sum(pair) for pair in sizes])
    for p, block in tensor.items():
        whole[tuple(slice(s[0], None) if q else slice(0, s[0]) for q, s in zip(p, sizes, strict=True))] = (
            block
        )
    return whole


def test_contraction_by_parity_is_that_of_whole_arrays():
    rng = generator(SEED, "parity")
    sizes = ((2, 3), (1, 2), (3, 1), (2, 2))

    def tensor():
        return {
            p: rng.standard_normal([s[q] for s, q in zip(sizes, p, strict=True)])
            for p in itertools.product((0, 1), repeat=4)
            if sum(p) % 2 == 0
        }

    a, b = tensor(), tensor()
    found = dense(parity.contract(a, b, ((1, 3), (1, 3))))
    assert found == pytest.approx(np.tensordot(dense(a), dense(b), ((1, 3), (1, 3))))
    assert dense(parity.permuted(a, (2, 0, 3, 1))) == pytest.approx(dense(a).transpose(2, 0, 3, 1))


def test_shares_take_the_largest_of_both_sectors():
    assert parity.shares((np.array([5.0, 1.0]), np.array([4.0, 3.0, 0.5])), 3) == (1, 2)


@pytest.mark.parametrize("T", [1.9, TC, 3.1])
def test_tensors_without_truncation_are_exact(T):
    """4x4 torus against all 65 536 states, for both methods; with four states the error shows."""
    exact = (np.log(np.exp((blocks.bonds() - 32) / T).sum()) + 32 / T) / 16
    coarse, few = tensor_rg.site_tensor(T), tensor_rg.site_tensor(T)
    for _ in range(4):
        coarse, few = tensor_rg.hotrg_step(coarse, 16), tensor_rg.hotrg_step(few, 3)
    assert tensor_rg.log_z(coarse) == pytest.approx(exact, abs=1e-13)
    assert abs(tensor_rg.log_z(few) - exact) > 1e-7
    trg = tensor_rg.site_tensor(T)
    for _ in range(2):
        trg = tensor_rg.trg_step(trg, 64)
    assert tensor_rg.log_z(trg) == pytest.approx(_two_by_two(T), abs=1e-13)


def _two_by_two(T):
    """ln Z per site of the 2x2 torus with its double bonds."""
    s = np.array(list(itertools.product((1, -1), repeat=4)))
    bonds = 2 * (s[:, 0] * s[:, 1] + s[:, 2] * s[:, 3] + s[:, 0] * s[:, 2] + s[:, 1] * s[:, 3])
    return np.log(np.exp(bonds / T).sum()) / 4


def test_the_spectrum_of_a_small_torus_is_that_of_its_transfer_matrix():
    """Four columns without truncation: ratios of eigenvalues of V^4, even and odd."""
    coarse = tensor_rg.site_tensor(2.5)
    for _ in range(4):
        coarse = tensor_rg.hotrg_step(coarse, 16)
    even, odd = tensor_rg.spectrum(coarse, 2)
    V = strips.transfer_matrix(4, *strips.couplings("square", 0.4))
    values = np.sort(np.abs(np.linalg.eigvals(V)))[::-1] ** 4
    assert odd[0] / even[0] == pytest.approx(values[1] / values[0], rel=1e-10)


def test_a_temperature_that_is_not_positive_is_refused():
    with pytest.raises(ValueError, match="positive, not 0"):
        tensor_rg.site_tensor(0)


def test_a_machine_learns_the_one_pattern_it_sees():
    """Power: an untrained machine turns half of the bits, this one under 2 %."""
    data = np.tile((np.arange(16) % 2).astype(np.uint8), (200, 1))
    rng = generator(SEED, "machine")
    learned = machine.trained(data, 8, 40, rng)
    assert (machine.reconstructed(learned, data.astype(float), rng) != data).mean() < 0.02
