"""Random bits: the AES round, the chain of a Bernoulli mask, packing, and one stream for all CPUs."""

from fractions import Fraction

import numpy as np
import pytest

from scripts.common.bits import bernoulli, packing, pool, stream
from scripts.common.bits.aes import random_trees, rounds
from scripts.common.bits.target import aes_lanes

AVX512 = {"avx512f", "avx512vl", "avx512dq", "avx512bw"}


def block(text):
    """A block of FIPS 197, printed byte by byte, as two words."""
    return tuple(np.frombuffer(bytes.fromhex(text), "<u8").astype(np.uint64))


def test_a_round_is_the_round_of_the_published_example():
    """FIPS 197, appendix B: the state at the start of rounds 1 and 2, and the key of round 1."""
    before, after = block("193de3bea0f4e22b9ac68d2ae9f84808"), block("a49c7ff2689f352b6b5bea43026a5049")
    key = block("a0fafe1788542cb123a339392a6c7605")
    low, high, _, _ = rounds(*before)
    assert (low ^ key[0], high ^ key[1]) == after


def test_the_inverse_round_undoes_the_round():
    """SubBytes and ShiftRows of x, sent through the inverse round, leave InvMixColumns of x."""
    rng = np.random.default_rng(5)
    x = rng.integers(0, 2**64, 2, dtype=np.uint64)
    shifted = inverse_mix_columns(np.array(rounds(*x)[:2], np.uint64))
    assert rounds(*shifted)[2:] == tuple(inverse_mix_columns(x))


def inverse_mix_columns(words):
    """InvMixColumns written from its definition, independent of the tables."""
    state = np.frombuffer(np.asarray(words, "<u8").tobytes(), np.uint8).reshape(4, 4).astype(int)
    factors = [[14, 11, 13, 9], [9, 14, 11, 13], [13, 9, 14, 11], [11, 13, 9, 14]]
    out = np.zeros((4, 4), np.uint8)
    for column in range(4):
        for row in range(4):
            for other in range(4):
                out[column, row] ^= field_product(factors[row][other], int(state[column, other]))
    return np.frombuffer(out.tobytes(), "<u8").astype(np.uint64)


def field_product(a, b):
    """Long multiplication of polynomials over GF(2), reduced by x^8 + x^4 + x^3 + x + 1."""
    product = 0
    for bit in range(8):
        product ^= (a << bit) if b >> bit & 1 else 0
    for bit in range(14, 7, -1):
        product ^= (0x11B << (bit - 8)) if product >> bit & 1 else 0
    return product


def random_words(state, n):
    """The next n vectors of a stream, uint64[n, 8]; n is a multiple of 4, since a tree yields four."""
    out = np.empty((n, 8), np.uint64)
    for lane in range(4):
        random_trees(out, state, lane)
    return out


def test_the_stream_has_fair_and_independent_bits():
    """16 million bits: detects a bias of 0.0007 and a correlation of 0.0013 at 5 sigma."""
    state = stream.random_state(1, "tests/bits")
    words = random_words(state, 32768).reshape(-1)
    bits = np.unpackbits(words.view(np.uint8)).astype(float) - 0.5
    n = len(bits)
    assert abs(bits.mean()) * 2 * np.sqrt(n) < 5
    for lag in (1, 2, 8, 64, 128, 256, 512, 513, 2048):  # bits, words, lanes, leaves, trees
        assert abs((bits[:-lag] * bits[lag:]).mean()) * 4 * np.sqrt(n) < 5, lag


def test_a_stream_goes_on_where_it_stopped_and_depends_on_its_label():
    a, b, c = (stream.random_state(1, "tests/bits", x) for x in ("x", "x", "y"))
    together = random_words(a, 16)
    apart = np.concatenate([random_words(b, 4), random_words(b, 12)])
    assert (together == apart).all()
    assert not (together == random_words(c, 16)).any()


@pytest.mark.parametrize("n_bits", [8, 12, 16])
@pytest.mark.parametrize("p", [0.0, 1e-9, 0.02941, 0.1715, 0.5, 0.999, 1.0])
def test_the_chain_has_exactly_the_probability_asked_for(p, n_bits):
    """In fractions, by the law of total probability; the rounding allowed is 2^-(32 + n_bits)."""
    start, flips = bernoulli.chain_words(np.full((1, 64), p), n_bits)
    chance = Fraction(int(start[0] & np.uint64(1)))
    for flip in flips[:, 0]:
        chance = chance / 2
        chance = 1 - chance if flip & np.uint64(1) else chance
    assert chance == Fraction(bernoulli.digits(p, n_bits), 2 ** (32 + n_bits))
    assert abs(float(chance - Fraction(p))) <= 2.0 ** -(32 + n_bits)


def test_every_replica_can_have_its_own_probability():
    """The chain run on random words: 64 x 131072 decisions detect an error of 0.7 % of p = 0.2 at 4 sigma."""
    p = np.linspace(0.02, 0.98, 64)
    start, flips = bernoulli.chain_words(p[None], 8)
    words = random_words(stream.random_state(2, "tests/bits"), 40 * 16384).reshape(40, -1)
    mask = np.full(words.shape[1], start[0])
    for word, flip in zip(words, flips[:, 0], strict=True):
        mask = (word & mask) ^ flip
    counts = packing.bits_of(mask).sum(axis=1)
    z = (counts - len(mask) * p) / np.sqrt(len(mask) * p * (1 - p))
    assert abs(z).max() < 4.5
    assert 0.5 < (z**2).mean() < 1.7


def test_the_pool_holds_tail_bits_of_the_right_mean():
    """4096 x 64 bits per class: detects 1 % of a mean near 1/2 at 5 sigma."""
    state, p = stream.random_state(3, "tests/bits"), np.array([0.3, 0.7])
    start, flips = bernoulli.chain_words(np.repeat(p[:, None], 64, axis=1), 8)
    pool.remake_pool(state, start, flips)
    size = stream.POOL_ENTRIES * 2 * stream.LANES
    entries = state[stream.POOL : stream.POOL + size].reshape(-1, 2, stream.LANES)
    for c in range(2):
        value = bernoulli.digits(p[c], 8)
        tail, last = (value & (2**32 - 1)) / 2**32, value >> 32 & 1
        expected = 1 - tail if last else tail  # stored exclusive-or the next digit
        bits = packing.bits_of(entries[:, c])
        z = (bits.mean() - expected) / np.sqrt(expected * (1 - expected) / bits.size)
        assert abs(z) < 4.5


def test_packing_is_undone_by_unpacking():
    words = np.random.default_rng(1).integers(0, 2**64, (3, 5), dtype=np.uint64)
    bits = packing.bits_of(words)
    assert bits.shape == (64, 3, 5)
    assert bits[17, 1, 2] == int(words[1, 2]) >> 17 & 1
    assert (packing.words_of(bits) == words).all()
    assert packing.aligned_words(100).ctypes.data % packing.ALIGNMENT == 0


@pytest.mark.parametrize(
    ("features", "lanes"),
    [
        ({"aes", "vaes", "avx2"} | AVX512, 8),
        ({"aes", "vaes", "avx2"}, 4),
        ({"aes"}, 2),
        (AVX512, 0),
        (set(), 0),
    ],
)
def test_the_form_of_the_generator_follows_the_features(features, lanes, monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert aes_lanes(frozenset(features)) == lanes


def test_other_machines_use_the_table(monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "aarch64")
    assert aes_lanes(frozenset({"aes", "neon"})) == 0
