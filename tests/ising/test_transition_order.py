"""Energy histograms, the valley between two phases, and the phases of the Potts model."""

import numpy as np
import pytest

from scripts.common.lattice.streams import stream
from scripts.common.statistics import jackknife
from scripts.ising import histograms, potts, transition_order
from scripts.ising.kernels.potts import cluster

SIZE = 40
SPAN = transition_order.RANGES["potts"]


def two_peaks(shares, width=0.12):
    """Weights of the Potts energies from two Gaussians at -1.66 and -0.97: float64[n]."""
    e = transition_order.bin_energies("potts", SIZE)
    peaks = (np.exp(-0.5 * ((e - center) / width) ** 2) for center in (-1.66, -0.97))
    weights = sum(share * peak for share, peak in zip(shares, peaks, strict=True))
    return weights / weights.sum(), e


def test_densities_integrate_to_one():
    weights, e = two_peaks((1, 1))
    width = (SPAN[1] - SPAN[0]) / transition_order.N_BINS
    assert abs(transition_order.densities(weights, e, SPAN).sum() * width - 1) < 0.03


@pytest.mark.parametrize("shares", [(1, 1), (9, 1), (1, 9)])
def test_the_valley_between_two_gaussians_has_the_known_depth(shares):
    """Equal Gaussians at distance d are d^2/8w^2 - ln 2 deep; the bins round off 0.04."""
    weights, e = two_peaks(shares)
    exact = 0.69**2 / (8 * 0.12**2) - np.log(2)
    assert abs(transition_order.valley_depth(weights, e, SPAN) - exact) < 0.05


def test_a_single_peak_has_no_valley():
    """The control: one Gaussian over the border between the phases."""
    e = transition_order.bin_energies("potts", SIZE)
    weights = np.exp(-0.5 * ((e - potts.BORDER) / 0.15) ** 2)
    assert transition_order.valley_depth(weights / weights.sum(), e, SPAN) < 0.05


def test_a_valley_that_was_never_visited_gives_no_number():
    weights, e = two_peaks((1, 1), width=0.02)
    assert np.isnan(transition_order.valley_depth(np.where(weights > 1e-9, weights, 0.0), e, SPAN))


def test_phases_are_counted_by_their_energy():
    energy = SIZE**2 * np.array([-1.7, -1.6, -1.0, -0.9, -1.31])
    series = cluster.PottsSeries(energy, None, None, np.ones((5, SIZE)) * 2 * SIZE**2)
    counts, energies, rows = potts.in_phases(series, SIZE)
    assert counts.tolist() == [2, 3]
    assert np.allclose(energies, [-3.3, -3.21])
    assert np.allclose(rows, 3.0)


def test_the_table_of_phases_gives_the_latent_heat_and_its_error():
    """32 chains with a scatter of 0.02: the error of the jump is 0.02 (2/16)^(1/2), known to 13 %."""
    rng = np.random.Generator(np.random.PCG64(5))
    side = np.arange(32) % 2
    counts = np.array([100 * (side == 0), 100 * (side == 1)])
    noise = rng.normal(scale=0.02, size=32)
    energies = counts * (np.array([[-1.66], [-0.97]]) + noise)
    r = np.minimum(np.arange(9), 8)
    rows = np.exp(-r / 2.0) * counts[1][:, None]
    arrays = {"sizes": np.array([16]), "counts_L16": counts, "energies_L16": energies, "rows_L16": rows}
    row = transition_order.phases(arrays).iloc[0]
    assert 0.6 < row["latent_heat_err"] / (0.02 * np.sqrt(2 / 16)) < 1.5
    assert abs(row["latent_heat"] - 0.69) < 4 * row["latent_heat_err"]
    assert row["runs"] == 16
    lone = arrays | {"counts_L16": np.array([np.full(32, 9), np.zeros(32, int)])}
    assert transition_order.phases(lone).empty


def test_flat_histogram_and_cluster_moves_give_the_same_energy():
    """Two algorithms, L = 6: errors near 1 % of the width between the phases; 3 % in T is seen at 5 sigma."""
    size, sweeps = 6, 60000
    beta = histograms.equal_weight_beta(size)
    weights, crossings = histograms.potts_weights(size, beta, 640000, 3)
    e = transition_order.bin_energies("potts", size)
    flat = jackknife(weights, lambda means: (means @ e) / means.sum(axis=-1))
    chains = []
    for k in range(8):
        state = stream(4, "test/potts", str(k))
        colors = potts.start(size, k % 2 == 1, 4, "test/potts", str(k))
        for_this = {}
        for factor in (1.0, 1.03):
            series = cluster.simulate(colors, state, potts.STATES, factor / beta, sweeps)
            for_this[factor] = series.energy[500:].mean() / size**2
        chains.append(list(for_this.values()))
    mean, off = np.mean(chains, axis=0)
    err = np.hypot(flat.err, np.std(chains, axis=0, ddof=1)[0] / np.sqrt(8))
    assert crossings > 50
    assert err < 0.01
    assert abs(flat.value - mean) < 4 * err
    assert abs(flat.value - off) > 5 * err
