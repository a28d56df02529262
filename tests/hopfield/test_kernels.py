"""Both forms of the dynamics: the same states bit by bit, true fixed points, the right equilibrium."""

import numpy as np
import pytest
from numba import njit

from scripts.common.bits import packing
from scripts.common.seeds import generator
from scripts.hopfield.kernels import matrix, overlaps, packed, planes
from scripts.hopfield.kernels.patterns import Patterns, random_patterns, row_width, unpacked
from scripts.hopfield.samples import corrupted

SEED = 20250918
SHAPES = [(100, 14), (101, 14), (333, 60), (1001, 140), (1000, 520), (64, 300), (200, 1)]


@njit
def planes_add(rows, store, live, kind):
    return planes.add(rows, np.int64(0), store, live, kind, (np.int64(3), np.int64(3)))


@njit
def planes_count(rows, store):
    return planes.weighted_count(rows, np.int64(0), store, np.int64(3), np.int64(3))


def packed_patterns(values):
    """Patterns from an array int8[P, N] of +1 and -1; inverts `unpacked`."""
    n_patterns, n_units = values.shape
    width = row_width(n_patterns)
    bits = np.zeros((n_units, 64 * width), np.uint8)
    bits[:, :n_patterns] = values.T > 0
    rows = packing.aligned_words(n_units * width)
    rows[:] = np.packbits(bits, axis=1, bitorder="little").view("<u8").ravel()
    return Patterns(rows, n_units, n_patterns, width)


def start(patterns, overlap, label="start"):
    return corrupted(unpacked(patterns, 0, 1)[0], overlap, generator(SEED, label))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("overlap", [1.0, 0.5, 0.0])
def test_both_forms_end_in_the_same_state_bit_for_bit(shape, overlap):
    """Odd and even N, one vector of patterns and two, more patterns than units; good cues and none."""
    patterns = random_patterns(*shape, SEED, "twins", str(shape))
    spins, values = start(patterns, overlap), unpacked(patterns)
    net = packed.network(patterns)
    end, record = packed.descend(net, packed.state(net, spins))
    plain, plain_record = overlaps.descend(values, spins)
    assert (end.spins == plain).all()
    assert (record == plain_record).all()


@pytest.mark.parametrize("shape", [(60, 9), (61, 9), (500, 70)])
def test_the_end_is_a_fixed_point_and_its_energy_is_the_sum_over_pairs(shape):
    patterns = random_patterns(*shape, SEED, "end", str(shape))
    net = packed.network(patterns)
    end, record = packed.descend(net, packed.state(net, start(patterns, 0.3)))
    couplings, spins = matrix.hebb(unpacked(patterns)).astype(np.int64), end.spins.astype(np.int64)
    assert (spins * (couplings @ spins) >= 0).all()
    assert record[-1, 1] == matrix.energy(couplings, spins)
    assert (np.diff(record[:, 1]) <= 0).all()
    assert (packed.live_overlaps(net, end) == unpacked(patterns)[1:].astype(np.int64) @ spins).all()


def test_no_fixed_point_is_missed_by_skipping():
    """Plain sweeps that skip nothing end in the same state, in 60 runs at the load where flips are most."""
    for k in range(60):
        patterns = random_patterns(300, 42, SEED, "skip", f"{k}")
        net = packed.network(patterns)
        end, _ = packed.descend(net, packed.state(net, start(patterns, 0.4)))
        couplings = matrix.hebb(unpacked(patterns)).astype(float)
        spins = start(patterns, 0.4)
        matrix.greedy(couplings, spins, couplings @ spins)
        assert (end.spins == spins).all(), k


def test_planes_that_overflow_grow_and_change_nothing():
    """Every pattern a copy of the first: overlaps run from N/20 to N, which eight planes cannot hold."""
    rng = generator(SEED, "copies")
    first = 2 * rng.integers(0, 2, 3000).astype(np.int8) - 1
    values = np.tile(first, (5, 1))
    patterns = packed_patterns(values)
    net, cue = packed.network(patterns), corrupted(first, 0.05, rng)
    begun = packed.state(net, cue, 2)
    groups = len(begun.planes)
    end, record = packed.descend(net, begun)
    plain, plain_record = overlaps.descend(values, cue)
    assert (end.spins == plain).all()
    assert (record == plain_record).all()
    assert len(end.planes) > groups


@pytest.mark.parametrize("n_units", [50, 51])
def test_overlaps_counted_into_planes_are_those_of_the_spins(n_units):
    patterns = random_patterns(n_units, 700, SEED, "count")
    spins = start(patterns, 0.0)
    for condensed in ((0,), (), (3, 600)):
        net = packed.network(patterns, condensed=condensed)
        state = packed.state(net, spins)
        exact = unpacked(patterns).astype(np.int64) @ spins
        assert (packed.live_overlaps(net, state) == np.delete(exact, condensed)).all()
        assert (state.overlaps == exact[list(condensed)]).all()
        h = [packed.field(net, state, i) for i in range(n_units)]
        assert (np.array(h) == matrix.hebb(unpacked(patterns)).astype(np.int64) @ spins).all()


def test_the_first_patterns_are_the_same_for_any_number():
    few, many = (random_patterns(40, n, SEED, "nested") for n in (30, 1300))
    assert (unpacked(few) == unpacked(many, 0, 30)).all()
    assert (unpacked(packed_patterns(unpacked(many))) == unpacked(many)).all()


def test_packed_bits_are_unbiased_and_uncorrelated():
    """200 000 bits: the mean to 0.0022, |z| < 4.5; a bias of 1 % would give z = 4.5."""
    values = unpacked(random_patterns(200, 1000, SEED, "bits")).astype(float)
    assert abs(values.mean()) < 4.5 / np.sqrt(values.size)
    assert abs((values[:-1] * values[1:]).mean()) < 4.5 / np.sqrt(values.size)


@pytest.mark.parametrize("temperature", [0.3, 0.8])
def test_the_heat_bath_samples_the_canonical_distribution(temperature):
    """Mean energy and |overlap| of 10 units against all 1024 states; detects 3 % at 4.5 sigma."""
    patterns = random_patterns(10, 2, SEED, "canonical")
    net = packed.network(patterns)
    rng = generator(SEED, "canonical heat bath", f"{temperature}")
    _, record = packed.heat_bath(net, packed.state(net, start(patterns, 1.0)), temperature, 200_000, rng)
    states = 1 - 2 * ((np.arange(1024)[:, None] >> np.arange(10)) & 1)
    couplings = matrix.hebb(unpacked(patterns)) / 10
    energies = -np.einsum("ki,ij,kj->k", states, couplings, states) / 2
    weights = np.exp(-energies / temperature)
    exact = [weights @ energies, weights @ np.abs(states @ unpacked(patterns)[0]) / 10] / weights.sum()
    series = np.array([record[:, 0] / 10, np.abs(record[:, 1]) / 10])
    blocks = series.reshape(2, 100, -1).mean(axis=-1)
    error = blocks.std(axis=1, ddof=1) / 10
    assert (error < 0.007 * np.abs(exact)).all()
    assert (np.abs(blocks.mean(axis=1) - exact) < 4.5 * error).all()


def test_energy_is_kept_up_to_date_at_any_temperature():
    patterns = random_patterns(101, 30, SEED, "energy")
    net = packed.network(patterns)
    state, record = packed.heat_bath(
        net, packed.state(net, start(patterns, 1.0)), 0.7, 50, generator(SEED, "e")
    )
    spins = state.spins.astype(np.int64)
    assert record[-1, 0] == matrix.energy(matrix.hebb(unpacked(patterns)), spins)
    assert record[-1, 1] == unpacked(patterns)[0] @ spins


def test_a_run_stops_when_its_memory_is_lost():
    patterns = random_patterns(2000, 600, SEED, "lost")
    net = packed.network(patterns)
    whole, record = packed.descend(net, packed.state(net, packed.condensed_spins(net)))
    part, short = packed.descend(net, packed.state(net, packed.condensed_spins(net)), least=0.8)
    assert whole.overlaps[0] < 0.8 * 2000
    assert part.overlaps[0] < 0.8 * 2000
    assert len(short) < len(record)


def test_plane_arithmetic_equals_integers():
    """One row, three vectors: 500 additions of known signs, read back as integers and as a weighted count."""
    rng = generator(SEED, "planes")
    patterns = random_patterns(1, 64 * 24, SEED, "row")
    bits = unpacked(patterns)[:, 0].astype(np.int64)
    live, store = np.full(24, planes.ALL, np.uint64), np.zeros(3 * 3 * 32, np.uint64)
    total = np.zeros(64 * 24, np.int64)
    for s in (2 * rng.integers(0, 2, 500) - 1).tolist():
        assert planes_add(patterns.rows, store, live, planes.FLIP[s]) == 0
        total += bits * s
        assert planes_count(patterns.rows, store) == ((bits > 0) * total).sum()
    assert (planes.plain_overlaps(store, 3, 3) == total).all()
