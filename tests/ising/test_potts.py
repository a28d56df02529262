"""Potts kernels against all states of small lattices, the Ising model, and the exact phases at q = 10.

J = k_B = 1, E = -sum_<ij> delta(s_i, s_j). Baxter's energies of the two phases that coexist at q = 10.
"""

from functools import cache

import numpy as np
import pytest
from scipy import stats

from scripts.common.lattice.streams import stream
from scripts.common.statistics import AutocorrelationError, correlated_mean, jackknife
from scripts.ising.kernels.potts import cluster, multicanonical

SEED = 20240608
TRANSITION = 1 / np.log(1 + np.sqrt(10))
E_DISORDERED, E_ORDERED, LATENT_HEAT = -0.9682030503, -1.6642524818, 0.6960494315
SMALL = [(2, 4), (3, 3)]  # L, q: 256 and 19 683 states


@cache
def enumerated(L, q):
    """Colors, E and N_max of all states; on the 2x2 torus each pair of neighbors has two bonds."""
    states = np.arange(q ** (L * L))
    s = (states[:, None] // q ** np.arange(L * L) % q).reshape(-1, L, L)
    energy = -((s == np.roll(s, 1, 1)).astype(int) + (s == np.roll(s, 1, 2))).sum(axis=(1, 2))
    largest = np.max([(s == color).sum(axis=(1, 2)) for color in range(q)], axis=0)
    return s, energy, largest


def boltzmann(L, q, T):
    energy = enumerated(L, q)[1]
    weight = np.exp(-(energy - energy.min()) / T)
    return weight / weight.sum()


def chain(L, q, T, n, every, *labels):
    colors, state = np.zeros((L, L), dtype=np.uint8), stream(SEED, str(L), str(q), *labels)
    cluster.simulate(colors, state, q, T, 200, 200)
    return cluster.simulate(colors, state, q, T, n * every, every)


def chi_square_p(run, L, q, T):
    """p-value of the (E, N_max) classes of independent samples; rare classes are pooled."""
    _, energy, largest = enumerated(L, q)
    classes, index = np.unique(100 * energy + largest, return_inverse=True)
    expected = np.bincount(index, boltzmann(L, q, T)) * len(run.energy)
    observed = np.bincount(
        np.searchsorted(classes, 100 * run.energy + run.largest_color), minlength=len(classes)
    )
    rare = expected < 10
    if rare.any():
        expected = np.append(expected[~rare], expected[rare].sum())
        observed = np.append(observed[~rare], observed[rare].sum())
    return stats.chisquare(observed, expected).pvalue


@pytest.mark.parametrize(("L", "q"), SMALL)
def test_states_of_small_lattices_come_with_their_boltzmann_weights(L, q):
    """Detects a 2 % error of T at p < 1e-5 with 100 000 samples at least 8 tau apart."""
    T = 1.0
    assert 1e-4 < chi_square_p(chain(L, q, T, 100_000, 10, "good"), L, q, T) < 1 - 1e-4
    assert chi_square_p(chain(L, q, 1.02 * T, 100_000, 10, "fault"), L, q, T) < 1e-5


def test_cluster_correlation_is_that_of_the_colors():
    """Within 1 % of the enumerated zero-momentum correlation of the 3x3 lattice at each distance."""
    L, q, T = 3, 3, 1.0
    run = chain(L, q, T, 100_000, 1, "correlation")
    np.testing.assert_array_equal(run.correlation.sum(axis=1), 2 * run.cluster)
    s, _, _ = enumerated(L, q)
    onehot = (s[..., None] == np.arange(q)).sum(axis=2) - L / q  # [state, row, color]
    for d in range(L):
        products = (onehot * np.roll(onehot, d, axis=1)).sum(axis=(1, 2)) / (L * L) * q / (q - 1)
        exact = boltzmann(L, q, T) @ products
        measured = correlated_mean(run.correlation[:, d] / (2 * L * L))
        assert measured.err < 0.01 * exact
        assert abs(measured.value - exact) < 4 * measured.err


def test_two_colors_are_the_ising_model_at_twice_the_temperature():
    """Kaufman's energy of L = 16 at T = 2, to 0.1 %; and its correlation length 2.13652 at T = 3, to 1 %."""
    energy = correlated_mean(chain(16, 2, 1.0, 30_000, 1, "ising").energy / 256)
    assert energy.err < 1e-3
    assert abs(energy.value - (-1.745530668991 / 2 - 1)) < 4 * energy.err
    blocks = chain(32, 2, 1.5, 16_000, 1, "length").correlation.reshape(32, -1, 32).mean(axis=1)
    length = jackknife(blocks, lambda g: 4 / np.log(g[..., 1] / g[..., 5]))
    assert length.err < 0.02
    assert abs(length.value - 2.13652) < 4 * length.err


def test_the_two_phases_of_ten_colors_differ_by_the_latent_heat():
    """Each phase from its own start at L = 80, to 1 % of the latent heat, so that 2 % is decided."""
    means = {}
    for name in ("ordered", "disordered"):
        colors = np.zeros((80, 80), dtype=np.uint8)
        if name == "disordered":
            colors[:] = np.random.default_rng(SEED).integers(0, 10, colors.shape)
        state = stream(SEED, "phases", name)
        cluster.simulate(colors, state, 10, TRANSITION, 1000, 1000)
        run = cluster.simulate(colors, state, 10, TRANSITION, 16_000, 10)
        means[name] = correlated_mean(run.energy / 80**2, shortest=50)
    heat = means["disordered"].value - means["ordered"].value
    err = np.hypot(means["disordered"].err, means["ordered"].err)
    assert err < 0.01 * LATENT_HEAT
    assert abs(heat - LATENT_HEAT) < 4 * err
    assert abs(means["ordered"].value - E_ORDERED) < 4 * means["ordered"].err
    assert abs(means["disordered"].value - E_DISORDERED) < 4 * means["disordered"].err


def flat(L, q, T, window, n_learn, n_sweeps):
    colors, state = np.zeros((L, L), dtype=np.uint8), stream(SEED, "flat", str(L), str(q))
    return multicanonical.flat_histogram(colors, state, q, T, window, n_learn, n_sweeps)


@pytest.mark.parametrize("T", [1.0, 1.1])
def test_a_flat_histogram_gives_back_the_canonical_one(T):
    """Run at T = 1, read at two temperatures; the run's own histogram is rejected at more than 20 sigma."""
    L, q = 3, 3
    run = flat(L, q, 1.0, (-1.8, -0.4), 20_000, 160_000)
    exact = np.bincount(-enumerated(L, q)[1], boltzmann(L, q, T), minlength=2 * L * L + 1)
    shares = multicanonical.canonical_histogram(run, T)
    assert not shares[:, exact == 0].any()
    common = exact > 1e-4

    def normalized(h):
        return h[..., common] / h.sum(axis=-1, keepdims=True)

    measured = jackknife(shares, normalized)
    z = (measured.value - exact[common]) / measured.err
    assert (measured.err < 0.05 * exact[common] + 1e-4).all()
    assert np.abs(z).max() < 4.5
    as_seen = jackknife(run.histogram, normalized)
    assert np.abs((as_seen.value - exact[common]) / as_seen.err).max() > 20


def depth(run, T, low, high):
    """Log of the smaller peak of P(E) over the lowest point between low and high, smoothed over 8 % of N.

    Over an even number, since two colors only have every other energy.
    """
    shares = multicanonical.canonical_histogram(run, T)
    N = shares.shape[1] // 2
    windows = np.array([np.convolve(row, np.ones(N // 24 * 2), mode="same") for row in shares])
    e = -np.arange(shares.shape[1]) / N

    def log_ratio(p):
        dip = p[..., (e > low) & (e < high)].min(axis=-1)
        return np.log(np.minimum(p[..., e <= low].max(axis=-1), p[..., e >= high].max(axis=-1)) / dip)

    return jackknife(windows, log_ratio)


def test_ten_colors_have_two_peaks_of_energy_and_two_colors_have_one():
    """The control is the Ising model, q = 2, at its own transition: no dip where the peaks would be."""
    first_order = flat(20, 10, TRANSITION, (-1.75, -0.85), 20_000, 64_000)
    assert first_order.crossings >= 4
    dip = depth(first_order, TRANSITION, -1.55, -1.05)
    assert dip.err < 0.25
    assert dip.value > 5 * dip.err
    continuous = flat(20, 2, 1 / np.log(1 + np.sqrt(2)), (-1.95, -1.4), 10_000, 32_000)
    assert depth(continuous, continuous.weight.beta**-1, -1.8, -1.6).value < 0


def test_senseless_arguments_are_refused():
    colors, state = np.zeros((4, 4), dtype=np.uint8), stream(SEED, "refused")
    with pytest.raises(ValueError, match="colors lies between"):
        cluster.simulate(colors, state, 200, 1.0, 10)
    with pytest.raises(ValueError, match="positive"):
        cluster.simulate(colors, state, 3, -1.0, 10)
    with pytest.raises(ValueError, match="from 0 to 2"):
        cluster.simulate(colors + np.uint8(3), state, 3, 1.0, 10)
    with pytest.raises(ValueError, match="window"):
        multicanonical.flat_histogram(colors, state, 3, 1.0, (-0.5, -1.0), 10, 32)
    with pytest.raises(ValueError, match="multiple"):
        multicanonical.flat_histogram(colors, state, 3, 1.0, (-1.5, -0.5), 10, 33)


def test_a_run_too_short_for_its_phase_says_so():
    with pytest.raises(AutocorrelationError):
        correlated_mean(chain(64, 10, TRANSITION, 300, 1, "short").energy)
