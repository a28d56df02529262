"""Correlation functions and lengths: brute force, exact decays, controls."""

import numpy as np
import pandas as pd

from scripts.common.seeds import generator
from scripts.common.statistics import jackknife
from scripts.ising import correlation, lengths
from scripts.ising.claims import correlation as claims


def brute_force(spins, dx, dy):
    """Average of s(x, y) s(x + dx, y + dy) over the lattice."""
    return np.mean(spins * np.roll(spins, (-dy, -dx), axis=(0, 1)))


def test_correlations_equal_the_sums_over_pairs():
    spins = generator(1, "test/correlation").choice(np.array([-1, 1], np.int8), size=(2, 6, 6))
    found = correlation.correlations(correlation.squared_modes(spins).astype(float))
    for k, lattice in enumerate(spins):
        for r in range(4):
            axis = (brute_force(lattice, r, 0) + brute_force(lattice, 0, r)) / 2
            diagonal = (brute_force(lattice, r, r) + brute_force(lattice, r, -r)) / 2
            rows = sum(brute_force(lattice, r, y) + brute_force(lattice, y, r) for y in range(6)) / 2
            assert abs(found["axis"][k, r] - axis) < 1e-6
            assert abs(found["diagonal"][k, r] - diagonal) < 1e-6
            assert abs(found["rows"][k, r] - rows) < 1e-5


def four_by_four(T):
    """Exact <s_00 s_01>, <s_00 s_11> and <s_00 s_02> of the 4 x 4 torus by enumeration."""
    bits = (np.arange(1 << 16)[:, None] >> np.arange(16)) & 1
    spins = (2 * bits - 1).reshape(-1, 4, 4)
    right, down = np.roll(spins, -1, axis=2), np.roll(spins, -1, axis=1)
    energy = -(spins * right + spins * down).sum(axis=(1, 2))
    weight = np.exp(-(energy - energy.min()) / T)
    pairs = (spins[:, 0, 0] * spins[:, y, x] for y, x in ((0, 1), (1, 1), (0, 2)))
    return np.array([pair @ weight / weight.sum() for pair in pairs])


def sampled():
    run = correlation.correlation(4, ["2.30"], samples=2400, equilibration=1000, seed=2)
    columns = np.stack([run["axis"][0][:, 1], run["diagonal"][0][:, 1], run["axis"][0][:, 2]], axis=1)
    found = jackknife(columns, lambda means: means)
    return found.value, found.err


def test_sampled_correlations_agree_with_enumeration_and_not_at_another_temperature():
    """Errors below 0.5 %: three per cent in T are seen at 5 sigma."""
    value, err = sampled()
    assert np.all(err < 0.005)
    assert np.all(np.abs(value - four_by_four(2.30)) < 4 * err)
    assert np.any(np.abs(value - four_by_four(2.30 * 1.03)) > 5 * err)


def test_the_second_moment_length_of_a_lattice_propagator_is_exact():
    """chi(k) = 1/(4 sin^2(k/2) + xi^-2) has xi as its second-moment length on every lattice."""
    size, xi = 32, 4.7
    k = 2 * np.pi * np.arange(size) / size
    row = np.fft.ifft(1 / (4 * np.sin(k / 2) ** 2 + xi**-2)).real[: size // 2 + 1]
    assert abs(lengths.second_moment_length(row) - xi) < 1e-9


def test_the_exponential_length_of_a_single_decay_on_a_ring_is_exact():
    r = np.arange(33)
    row = 0.3 * np.cosh((32 - r) / 5.0)
    assert abs(lengths.exponential_length(row, 3, 10) - 5.0) < 1e-9


def pairs(T, size):
    """Two-particle part of the zero-momentum correlation below T_c, from the lattice form factors.

    A. I. Bugrij and O. Lisovyy, Phys. Lett. A 319, 390 (2003): weight sin^2 p / sinh^4 gamma(p).
    """
    K, p = 1 / T, (np.arange(4000) + 0.5) * np.pi / 4000
    gamma = np.arccosh(np.cosh(2 * K) / np.tanh(2 * K) - np.cos(p))
    r = np.arange(size // 2 + 1)
    decay = np.exp(-2 * np.multiply.outer(r, gamma)) + np.exp(-2 * np.multiply.outer(size - r, gamma))
    return decay @ (np.sin(p) ** 2 / np.sinh(gamma) ** 4)


def test_the_length_below_tc_is_that_of_a_pair_and_not_of_one_exponential():
    """The scaling form is good to 1.5 % at T = 2.1; one exponential through the same rows is off by 10 %."""
    K = 1 / 2.1
    exact = 1 / (2 * (2 * K + np.log(np.tanh(K))))
    row = pairs(2.1, 64)
    assert abs(lengths.pair_length(row + 40.0) / exact - 1) < 0.015
    assert abs(lengths.exponential_length(row, 2, 10) / exact - 1) > 0.1


def test_lattices_without_room_give_no_exponential_length():
    r = np.arange(17)
    assert lengths._window(np.cosh((16 - r) / 3.0)) is not None
    assert lengths._window(np.cosh((16 - r) / 9.0)) is None


def synthetic(power):
    """A table of G(L/2) = L^-power and xi = L at T_c, with errors of 0.2 %."""
    size = np.array([16, 32, 64, 128])
    table = {"L": size, "T": lengths.CRITICAL}
    for name, value in (("half", size**-power), ("second_moment", 0.9 * size), ("diagonal", 0.6 + 1 / size)):
        table |= {name: value, f"{name}_err": 0.002 * value}
    return pd.DataFrame(table | {"neighbor": 0.7, "neighbor_err": 0.001})


def test_exponents_of_known_powers_come_back_and_wrong_ones_are_rejected():
    found = lengths.exponents(synthetic(0.25)).set_index("quantity")
    assert abs(found.loc["eta", "value"] - 0.25) < 1e-6
    assert abs(found.loc["length_slope", "value"] - 1) < 1e-6
    assert abs(found.loc["diagonal_limit", "value"] - 0.6) < 1e-6
    wrong = lengths.exponents(synthetic(0.27)).set_index("quantity").loc["eta"]
    assert abs(wrong["value"] - 0.25) > 5 * wrong["value_err"]


def test_a_lone_size_leaves_claims_unmeasured_instead_of_failing():
    table = synthetic(0.25).iloc[:1]
    assert lengths.exponents(table).empty
    phases = pd.DataFrame({"L": [64], "length": [5.0], "length_err": [0.2]})
    assert claims.potts_slope(phases) is None
    assert claims.fit_of(lengths.exponents(table), "eta", lengths.CRITICAL) is None
