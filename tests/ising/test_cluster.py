"""Cluster kernels: the packed Swendsen-Wang against its plain twin, and all of them against exact numbers.

J = k_B = 1, E = -sum_<ij> s_i s_j. The exact energies at L = 16 and 32 are Kaufman's.
"""

import math
from functools import cache

import numpy as np
import pytest
from scipy import stats

from scripts.common.lattice.rows import packed, unpacked
from scripts.common.lattice.streams import stream, threshold
from scripts.common.statistics import correlated_mean
from scripts.ising.kernels import wolff
from scripts.ising.kernels.swendsen_wang import plain, simulation, streams, words
from scripts.ising.kernels.swendsen_wang.series import bond_threshold

SEED = 20240607
MASK = 2**64 - 1
KAUFMAN = {
    (16, "2.0"): -1.745530668991,
    (16, "2.269185"): -1.453065323726,
    (32, "2.269185"): -1.433659046424,
    (32, "2.5"): -1.107291660978,
    (32, "3.0"): -0.8173097389342,
}
ERROR = 1e-3  # largest allowed error of an energy per site


def reference_word(state):
    """xoshiro256++ in Python integers; advances the list ``state``."""
    s0, s1, s2, s3 = state

    def rotated(x, k):
        return (x << k | x >> (64 - k)) & MASK

    word = (rotated((s0 + s3) & MASK, 23) + s0) & MASK
    s2, s3 = s2 ^ s0, s3 ^ s1
    state[:] = s0 ^ s3, s1 ^ s2, s2 ^ (s1 << 17) & MASK, rotated(s3, 45)
    return word


def reference_bernoulli(lanes, t):
    """One group of eight words, bit by bit: digits of t against random digits until all are settled."""
    below, still_open = [0] * 8, [MASK] * 8
    for digit in range(63, -1, -1):
        for lane in range(8):
            word = reference_word(lanes[lane])
            for bit in (b for b in range(64) if still_open[lane] >> b & 1):
                if word >> bit & 1 != t >> digit & 1:
                    still_open[lane] ^= 1 << bit
                    below[lane] |= (t >> digit & 1) << bit
        if not any(still_open) or not t & ((1 << digit) - 1):
            break
    return below


@pytest.mark.parametrize("t", [0, 1 << 63, int(threshold(0.6)), MASK])
def test_bernoulli_words_match_their_python_twin(t):
    state = streams.lanes(SEED, "twin")
    twin = [[int(word) for word in state[:, lane]] for lane in range(8)]
    out = np.empty(24, dtype=np.uint64)
    streams.bernoulli_words(out, state, np.uint64(t))
    assert out.tolist() == [word for _ in range(3) for word in reference_bernoulli(twin, t)]
    assert [[int(word) for word in state[:, lane]] for lane in range(8)] == twin


def test_uniform_words_match_their_python_twin():
    state = streams.lanes(SEED, "uniform")
    twin = [[int(word) for word in state[:, lane]] for lane in range(8)]
    out = np.empty(64, dtype=np.uint64)
    streams.uniform_words(out, state)
    assert out.tolist() == [reference_word(twin[i % 8]) for i in range(64)]


@pytest.mark.parametrize("p", [1e-3, 0.3, 0.585786])
def test_bernoulli_bits_have_their_probability_and_no_neighbor_correlation(p):
    """Detects a shift of p by 0.1 % at p = 0.3 with more than 4 sigma."""
    out = np.empty(2**20, dtype=np.uint64)
    streams.bernoulli_words(out, streams.lanes(SEED, "marginal", str(p)), threshold(p))
    n = 64 * out.size
    assert abs(np.bitwise_count(out).sum() - n * p) < 4 * math.sqrt(n * p * (1 - p))
    variance = p**2 * (1 - p**2) + 2 * p**3 * (1 - p)  # of a pair, with the two pairs it shares a bit with
    rotated = (out << np.uint64(1)) | (out >> np.uint64(63))
    for other in (np.roll(out, 1), np.roll(out, streams.LANES), rotated):
        assert abs(np.bitwise_count(out & other).sum() - n * p**2) < 4 * math.sqrt(n * variance)


@pytest.mark.parametrize("p", [0.0, 0.3, 0.5858, 0.9, 1.0])
@pytest.mark.parametrize("L", [4, 6, 30, 64, 66, 128, 130])
def test_packed_update_equals_the_plain_one_for_the_same_bits(L, p):
    rng = np.random.default_rng([SEED, L, int(1e4 * p)])
    for up in (0.5, 0.95):
        spins = np.where(rng.random((L, L)) < up, 1, -1).astype(np.int8)
        bits = rng.random((3, L, L)) < np.array([p, p, 0.5])[:, None, None]
        work, bit_spins = simulation.workspace(L), packed(spins)
        work.draws[:] = [packed(np.where(b, 1, -1)) for b in bits]
        simulation.update(bit_spins, work)
        plain.plain_update(spins, np.empty(L * L, dtype=np.int32), *bits)
        np.testing.assert_array_equal(unpacked(bit_spins), spins)
        assert words.energy_and_magnetization(bit_spins) == wolff.energy_and_magnetization(spins)


def packed_chain(L, T, n, every, *labels):
    spins, state = words.ordered(L), streams.lanes(SEED, "packed", *labels)
    simulation.simulate(spins, state, T, 200)
    return simulation.simulate(spins, state, T, n * every, every)


def wolff_chain(L, T, n, every, *labels):
    spins, state = np.ones((L, L), dtype=np.int8), stream(SEED, "wolff", *labels)
    wolff.simulate(spins, state, T, 200)
    return wolff.simulate(spins, state, T, n * every, every)


@cache
def enumerated(L=4):
    """E and M of all 2^16 states."""
    states = np.arange(2 ** (L * L))
    s = (2 * (states[:, None] >> np.arange(L * L) & 1) - 1).reshape(-1, L, L)
    energy = -(s * np.roll(s, 1, 1) + s * np.roll(s, 1, 2)).sum(axis=(1, 2))
    return energy, s.sum(axis=(1, 2))


def chi_square_p(energy, magnetization, T):
    """p-value of the (E, |M|) classes of independent samples at L = 4; rare classes are pooled."""
    all_energy, all_magnetization = enumerated()
    codes = {c: i for i, c in enumerate(np.unique(1000 * all_energy + abs(all_magnetization)).tolist())}

    def counts(e, m, weights=None):
        index = [codes[c] for c in (1000 * e + abs(m)).tolist()]
        return np.bincount(index, weights, minlength=len(codes))

    weight = np.exp(-(all_energy - all_energy.min()) / T)
    expected = counts(all_energy, all_magnetization, weight / weight.sum()) * len(energy)
    observed = counts(energy, magnetization)
    rare = expected < 10
    expected = np.append(expected[~rare], expected[rare].sum())
    observed = np.append(observed[~rare], observed[rare].sum())
    return stats.chisquare(observed, expected).pvalue


@pytest.mark.parametrize("chain", [packed_chain, wolff_chain])
def test_states_of_the_4x4_lattice_come_with_their_boltzmann_weights(chain):
    """Detects a 1 % error of T, and p = 1 - e^{-K}, with p < 1e-5; the samples are 8 tau apart."""
    T = 2.4
    run = chain(4, T, 50_000, 16, "enumeration")
    assert 1e-4 < chi_square_p(run.energy, run.magnetization, T) < 1 - 1e-4
    for wrong in (1.01 * T, 2 * T):  # p = 1 - e^{-K} is the temperature 2 T
        faulty = chain(4, wrong, 50_000, 16, "fault")
        assert chi_square_p(faulty.energy, faulty.magnetization, T) < 1e-5


@pytest.mark.parametrize("chain", [packed_chain, wolff_chain])
def test_signs_of_the_magnetization_are_even(chain):
    run = chain(4, 2.4, 50_000, 16, "sign")
    sign = np.sign(run.magnetization)
    assert abs(sign.sum()) < 4 * math.sqrt(np.abs(sign).sum())


@pytest.mark.parametrize(("L", "T"), KAUFMAN)
def test_packed_energy_agrees_with_kaufman(L, T):
    """Detects a 1 % error of T at more than 10 sigma."""
    n = 250_000 if L == 16 else 100_000
    mean = correlated_mean(packed_chain(L, float(T), n, 1, str(L), T).energy / L**2)
    assert mean.err < ERROR
    assert abs(mean.value - KAUFMAN[L, T]) < 4 * mean.err
    faulty = correlated_mean(packed_chain(L, 1.01 * float(T), 50_000, 1, str(L), T).energy / L**2)
    assert abs(faulty.value - KAUFMAN[L, T]) > 10 * faulty.err


@pytest.mark.parametrize(("L", "T"), [(16, "2.0"), (32, "2.269185"), (32, "2.5")])
def test_wolff_energy_agrees_with_kaufman(L, T):
    """Detects a 1 % error of T at more than 10 sigma."""
    every = 1 if float(T) < 2.4 else 8
    mean = correlated_mean(wolff_chain(L, float(T), 100_000, every, str(L), T).energy / L**2)
    assert mean.err < ERROR
    assert abs(mean.value - KAUFMAN[L, T]) < 4 * mean.err
    faulty = correlated_mean(wolff_chain(L, 1.01 * float(T), 50_000, every, str(L), T).energy / L**2)
    assert abs(faulty.value - KAUFMAN[L, T]) > 10 * faulty.err


def test_plain_energy_agrees_with_kaufman():
    L, T, n = 16, 2.269185, 60_000
    spins, parent = np.ones((L, L), dtype=np.int8), np.empty(L * L, dtype=np.int32)
    state, energy = stream(SEED, "plain"), np.empty(n)
    for i in range(-200, n):
        plain.plain_sweep(spins, parent, state, bond_threshold(T))
        if i >= 0:
            energy[i] = wolff.energy_and_magnetization(spins)[0] / L**2
    mean = correlated_mean(energy)
    assert mean.err < 2 * ERROR
    assert abs(mean.value - KAUFMAN[L, "2.269185"]) < 4 * mean.err


@pytest.mark.parametrize("chain", [packed_chain, wolff_chain])
def test_cluster_sizes_estimate_the_squared_magnetization(chain):
    """Within 1 % of the enumerated <M^2> at L = 4; measure_every = 1, since sizes of skipped steps add up."""
    T = 2.4
    energy, magnetization = enumerated()
    weight = np.exp(-(energy - energy.min()) / T)
    exact = (weight * magnetization**2).sum() / weight.sum()
    sizes = correlated_mean(
        chain(4, T, 200_000, 1, "sizes").cluster * (1.0 if chain is packed_chain else 16.0)
    )
    assert sizes.err < 0.01 * exact
    assert abs(sizes.value - exact) < 4 * sizes.err


@pytest.mark.parametrize("chain", [packed_chain, wolff_chain])
def test_cluster_sizes_and_magnetization_agree_on_a_larger_lattice(chain):
    run = chain(70, 2.4, 20_000, 1, "sizes")
    sizes = run.cluster / 70.0**2 * (1 if chain is packed_chain else 70**2)
    difference = correlated_mean(run.magnetization**2 / 70.0**2 - sizes)
    assert difference.err < 0.05 * sizes.mean()
    assert abs(difference.value) < 4 * difference.err


def test_a_resumed_run_goes_on_bit_for_bit():
    once, twice = words.ordered(66), words.ordered(66)
    state, other = streams.lanes(SEED, "resume"), streams.lanes(SEED, "resume")
    whole = simulation.simulate(once, state, 2.3, 60, 2)
    parts = [simulation.simulate(twice, other, 2.3, n, 2) for n in (20, 40)]
    np.testing.assert_array_equal(whole.energy, np.concatenate([part.energy for part in parts]))
    np.testing.assert_array_equal(once, twice)
    np.testing.assert_array_equal(state, other)


def test_random_starts_do_not_freeze_below_the_transition():
    """Single-spin dynamics ends in stripes in about one of six such runs."""
    rng, state = np.random.default_rng(SEED), streams.lanes(SEED, "freeze")
    for _ in range(20):
        spins = packed(rng.choice([-1, 1], (128, 128)))
        run = simulation.simulate(spins, state, 1.5, 60, 20)
        assert abs(run.magnetization[-1]) > 0.9 * 128**2


def test_senseless_arguments_are_refused():
    spins, state = words.ordered(8), streams.lanes(SEED, "refused")
    with pytest.raises(ValueError, match="positive"):
        simulation.simulate(spins, state, 0.0, 10)
    with pytest.raises(ValueError, match="divide"):
        simulation.simulate(spins, state, 2.0, 10, 3)
    with pytest.raises(ValueError, match="even"):
        words.ordered(5)
