"""The multispin kernel against exact results, and faults that these tests must notice.

Exact values: Kaufman's finite torus at L = 16 and 64, all states at L = 4. Fixed seeds.
"""

import time

import numpy as np
import pytest
from scipy import stats

from scripts.common.bits import bernoulli
from scripts.common.bits.target import aes_lanes
from scripts.common.seeds import generator
from scripts.ising.kernels import multispin, naive
from tests.ising.four_by_four import chi_square, index_of, joint, probabilities

KAUFMAN = {  # (L, T): E/N, specific heat
    (16, 2.0): (-1.745530668991, 0.7255087677366),
    (16, 2.269185): (-1.453065323726, 1.498704292651),
    (16, 3.0): (-0.8176893678696, 0.4043325741653),
    (64, 2.0): (-1.745564575313, 0.7248714486052),
    (64, 3.0): (-0.8173095925025, 0.401379575897),
}


def chain(size, temperature, n, spacing, *, field=0.0, n_bits=16, label="chain"):
    """Series of energy and magnetization of an ordered start, 500 spacings after it."""
    lattice = multispin.ordered_lattice(size)
    state = multispin.random_state(11, "tests/multispin", label, str(size), str(temperature))
    multispin.simulate(lattice, state, temperature, field, 500 * spacing, 0, n_bits)
    return multispin.simulate(lattice, state, temperature, field, n * spacing, spacing, n_bits)


def z_of_means(series, exact):
    """z of the mean over replicas, whose independent means give the error; and that error."""
    means = series.mean(axis=0)
    error = means.std(ddof=1) / np.sqrt(len(means))
    return (means.mean() - exact) / error, error


@pytest.mark.parametrize(("size", "temperature"), KAUFMAN)
def test_the_mean_energy_agrees_with_the_finite_torus(size, temperature):
    """Error 1e-4 .. 4e-4: detects 0.1 % of T at more than 4 sigma at T = 2 and 3."""
    exact, heat = KAUFMAN[size, temperature]
    n = 20000 if size == 16 else 4000
    energy, _ = chain(size, temperature, n, 5)
    z, error = z_of_means(energy / size**2, exact)
    assert abs(z) < 4
    assert error < 1e-3
    variance = (energy / size).var(axis=0) / temperature**2
    z, error = z_of_means(variance[None], heat)
    assert abs(z) < 4
    assert error < 0.02 * heat


@pytest.mark.parametrize("n_bits", [16, 8])
def test_all_states_of_a_small_lattice_appear_as_often_as_they_should(n_bits):
    """Chi-square over 65536 states, 1.28 million samples 30 sweeps apart (tau is below 3 sweeps)."""
    temperature, n = 5.0, 20000
    lattice, state = multispin.ordered_lattice(4), multispin.random_state(12, "tests/multispin", str(n_bits))
    counts = np.zeros(65536)
    for _ in range(n):
        multispin.simulate(lattice, state, temperature, n_sweeps=30, measure_every=0, n_bits=n_bits)
        np.add.at(counts, index_of(multispin.spins(lattice)), 1)
    statistic, freedom = chi_square(counts, 64 * n * probabilities(temperature))
    assert freedom > 10000
    assert 1e-4 < stats.chi2.sf(statistic, freedom) < 1 - 1e-4


@pytest.mark.parametrize(
    ("temperature", "field"), [(2.5, 0.3), (3.0, -0.7), (4.0, 2.0), (6.0, 2.7), (8.0, -5.0), (3.5, 0.0)]
)
def test_energy_and_magnetization_are_distributed_by_boltzmann(temperature, field):
    """Joint histogram at L = 4, 1.28 million samples: |h| in each of its ranges, and on their border."""
    n = 20000
    energy, magnetization = chain(4, temperature, n, 40, field=field)
    counts = np.zeros((33, 17))
    np.add.at(counts, ((energy + 32) // 2, (magnetization + 16) // 2), 1)
    expected = joint(probabilities(temperature, field)) * energy.size
    statistic, freedom = chi_square(counts.ravel(), expected.ravel())
    assert 1e-4 < stats.chi2.sf(statistic, freedom) < 1 - 1e-4


def test_each_bit_has_its_own_temperature_and_field():
    """64 chains at L = 4, each against its own exact mean energy: z over all, two-sided."""
    T, h = np.linspace(2.0, 6.0, 64), np.linspace(-1.0, 1.0, 64)
    lattice, state = multispin.ordered_lattice(4), multispin.random_state(13, "tests/multispin")
    energy, _ = multispin.simulate(lattice, state, T, h, n_sweeps=400_000, measure_every=20)
    exact_energy = joint_energy_means(T, h)
    blocks = energy.reshape(100, -1, 64).mean(axis=1)
    z = (blocks.mean(axis=0) - exact_energy) / (blocks.std(axis=0, ddof=1) / 10)
    assert 1e-4 < stats.chi2.sf((z**2).sum() / 1.02, 64) < 1 - 1e-4  # 1.02: Student's t, 99 degrees


def joint_energy_means(temperatures, fields):
    """Exact mean energies at L = 4, without the term of the field."""
    energies = 2 * np.arange(33)[:, None] - 32
    pairs = zip(temperatures, fields, strict=True)
    return np.array([(joint(probabilities(T, h)) * energies).sum() for T, h in pairs])


@pytest.mark.parametrize("n_bits", [16, 8])
def test_replicas_are_uncorrelated(n_bits):
    """rms correlation of the 2016 pairs is sqrt((1 + 2 sum rho^2) / n) within 10 % (about 6 sigma)."""
    n = 40000
    energy, _ = chain(16, 2.6, n, 1, n_bits=n_bits, label="pairs")
    x = (energy - energy.mean(axis=0)) / energy.std(axis=0)
    correlation = (x.T @ x / n)[np.triu_indices(64, 1)]
    rho = [(x[: n - t] * x[t:]).mean() for t in range(1, 200)]
    expected = np.sqrt((1 + 2 * np.square(rho).sum()) / n)
    assert abs(np.sqrt((correlation**2).mean()) / expected - 1) < 0.1


def test_a_temperature_wrong_by_a_thousandth_is_rejected():
    """Negative control: z is about 23 at T = 3.003 against T = 3."""
    energy, _ = chain(64, 3.003, 4000, 5)
    z, _ = z_of_means(energy / 64**2, KAUFMAN[64, 3.0][0])
    assert z > 10


def test_twelve_bits_without_their_tail_are_rejected(monkeypatch):
    """Negative control: the bias that the tail removes, thresholds of 12 bits; |z| is about 14."""
    whole = bernoulli.digits
    monkeypatch.setattr(bernoulli, "digits", lambda p, n: whole(p, n) >> 32 << 32)
    energy, _ = chain(64, 3.0 + 1e-12, 4000, 5, n_bits=12)  # a temperature of its own: no rates are reused
    z, _ = z_of_means(energy / 64**2, KAUFMAN[64, 3.0][0])
    assert abs(z) > 10


def test_the_vector_instructions_are_not_lost():
    """At least a hundred times the naive kernel where AES instructions exist, else ten times."""
    lattice, state = multispin.ordered_lattice(64), multispin.random_state(1, "speed")
    spins, table, rng = np.ones((64, 64), np.int8), naive.acceptance(2.27), generator(1, "speed")
    fast, slow = [], []
    for _ in range(20):
        for times, work in (
            (fast, lambda: multispin.simulate(lattice, state, 2.27, n_sweeps=100, measure_every=0)),
            (slow, lambda: naive.advance(spins, table, rng, 10)),
        ):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    ratio = (min(slow) / 10) / (min(fast) / 6400)
    assert ratio > (100 if aes_lanes() else 10)
