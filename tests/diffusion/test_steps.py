"""Steps on inputs of known answer, networks that must learn what is easy, and faults that must show."""

import numpy as np
import pytest

from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.diffusion import forward, laws, learn, magnets, quality, reverse, tabulate, transitions
from scripts.diffusion.kernels import particles
from scripts.diffusion.kernels import score_network as network
from scripts.diffusion.theory import ising, mixture

SEED = 20250918
MIXTURE = np.array([0.3, 0.7]), np.array([-2.0, 1.5]), np.array([0.25, 0.16])


def test_a_mixture_with_lists_of_unequal_length_is_refused_in_one_line():
    with pytest.raises(InputError, match=r"diffusion\.mixture: 2 weights, 1 means, 2 variances"):
        laws.as_arrays({"weights": [1, 1], "means": [0.0], "variances": [1, 1]})


def test_parts_leave_out_the_rest_and_moments_know_the_sign():
    assert magnets.parts(np.arange(7.0), 3).tolist() == [0.5, 2.5, 4.5]
    assert magnets.moments(np.array([-2.0]), np.array([-3.0])).tolist() == [[-2, 3, 4, 9, 81]]


def test_the_deviate_of_a_true_sample_is_normal_and_that_of_a_shifted_one_is_not():
    """Calibration over 200 samples; a shift by a tenth of a deviation is seen in 5000 points."""
    from scipy import special

    rng = generator(SEED, "ks")
    found = [forward.ks_deviate(rng.standard_normal(500), special.ndtr) for _ in range(200)]
    assert abs(np.mean(found)) < 4 / np.sqrt(200)
    assert 0.8 < np.std(found) < 1.2
    assert forward.ks_deviate(rng.standard_normal(5000) + 0.1, special.ndtr) > 4


def test_what_is_left_when_the_law_is_judged_is_far_below_the_noise_of_a_million():
    """Of the largest mean and variance of the starts, and of the splitting's own error."""
    noise, slope = 0.87 / np.sqrt(10**6), 1 / np.sqrt(2 * np.pi)
    mixture = tuple(map(np.array, ([0.3, 0.7], [-1.5, 1.0], [0.1, 0.2])))
    starts = [laws.start(name, mixture, 10**5, np.random.default_rng(3)) for name in laws.ONE_DIMENSION]
    mean = max(abs(x.mean()) for x in starts) * np.exp(-forward.SETTLED)
    variance = max(x.var() for x in starts) * np.exp(-2 * forward.SETTLED) + forward.SETTLING_STEP**2 / 4
    assert slope * (mean + np.exp(-0.5) * variance / 2) < 0.07 * noise


def test_sliced_transport_between_shifted_clouds_is_the_shift_along_the_directions():
    rng = generator(SEED, "w2")
    a = rng.standard_normal((200, 2))
    np.testing.assert_allclose(quality.sliced(a, a + np.array([3.0, 4.0]), rng) ** 2, 12.5, rtol=0.3)


def test_shares_of_modes_and_nearest_distances():
    centers = laws.ring()[1]
    even = quality.weights_error(np.repeat(centers, 5, 0), centers)
    np.testing.assert_allclose(even, -7 / 40)  # what counting gives is taken off
    np.testing.assert_allclose(
        quality.weights_error(np.repeat(centers[:4], 1000, 0), centers), 1.0, atol=2e-3
    )
    assert quality.shared(centers, centers[:2]) == 0.25
    assert quality.nearest(centers, centers) == 0.0


def test_likelihood_by_the_flow_is_exact_also_for_another_mixture():
    table = reverse.likelihood((np.array([0.5, 0.5]), np.array([-1.0, 2.0]), np.array([0.5, 0.2])))
    assert np.abs(table["flow"] - table["exact"]).max() < 1e-4


def test_the_recursion_of_a_single_gaussian_is_the_width_that_comes_out():
    """Detects 2 % of the variance at four sigma; the steps themselves change it by more."""
    law, times = (np.array([1.0]), np.array([0.0]), np.array([0.16])), particles.reverse_times(6.0, 100)
    for sampler in ("sde", "ddpm"):
        x = generator(SEED, sampler).standard_normal((100_000, 1))
        kind = particles.SAMPLERS[sampler]
        particles.reverse(x, times, laws.as_columns(law), kind, 1.0, generator(SEED, sampler, "noise"))
        found = x.var() / 0.16 - 1
        assert abs(found - reverse.narrowing(0.16, times, sampler)) < 4 * np.sqrt(2 / len(x))
        assert abs(found) > 0.03


def test_reverse_process_brings_the_masses_back_and_subtracting_alone_does_not():
    table, _ = reverse.samplers(MIXTURE, 16000, 200, SEED)
    table = table.set_index("sampler")
    for name in ("sde", "flow", "ddpm", "ddim"):
        row = table.loc[name]
        assert abs(row["mass"] - row["mass_exact"]) < 4.5 * row["mass_err"] + 0.003, name
    assert table.loc["subtract", "variance"] < 0.01
    assert table.loc[["literal", "no_score"], "distance"].min() > 50


def test_narrow_modes_in_the_plane_come_out_as_wide_as_they_are():
    """Power: a quarter of the steps makes them 1.8 % too narrow, nearly seven deviations here."""
    found = reverse.plane(100_000, 400, seed=1)
    share, error = found["plane_share"]
    assert abs(share - mixture.within(reverse.WITHIN, 2) - found["plane_narrowing"]) < 4 * error
    assert error < 4e-4


def test_the_flow_keeps_the_quantiles_of_the_exact_laws_and_with_a_weaker_score_does_not():
    table = reverse.marginals(MIXTURE)
    assert table["deviation"].max() < 1e-5
    assert table["deviation_off"].max() > 1e-3


def test_one_gaussian_alone_is_no_mixture_but_runs():
    mixture = np.array([1.0]), np.array([0.5]), np.array([0.3])
    table, _ = reverse.samplers(mixture, 2000, 60, SEED)
    assert np.isfinite(table.drop(columns="sampler").to_numpy(float)).all()


def test_bits_of_magnets_come_back_and_energies_are_those_of_enumeration():
    spins, energies = ising.states(4)
    some = spins[::977]
    assert (magnets.unpacked(magnets.packed(some), 4) == some).all()
    assert (magnets.energies(some) == energies[::977]).all()


def test_correlations_of_stripes_alternate():
    stripes = np.tile(np.array([1, -1], np.int8), (1, 4, 2)).reshape(1, 4, 4)
    np.testing.assert_allclose(magnets.correlations(stripes), [[0.0, 1.0, 1.0]])


def test_generated_magnets_of_the_right_law_pass_and_of_a_hotter_one_fail():
    """The table's own comparison, fed with honest magnets and with magnets 3 % too hot."""
    plan = {"configurations": 4096, "sweeps": 40000}
    data = magnets.magnets(8, ["2.50"], plan, SEED)
    hot = magnets.magnets(8, ["2.575"], plan, SEED + 1)
    own = magnets.magnets(8, ["2.50"], plan, SEED + 1)
    found = {}
    for name, source in (("honest", own), ("hot", hot)):
        made = {"spins": source["training"][None, :, ::4], "filtered": source["training"][:, ::16]}
        table = tabulate.physics(data, made, SEED)
        row = table[table["by"] == "network"].set_index("observable").loc["energy"]
        found[name] = (row["generated"] - row["monte_carlo"]) / np.hypot(
            row["generated_err"], row["monte_carlo_err"]
        )
    assert abs(found["honest"]) < 4.5
    assert found["hot"] > 5


def test_participation_is_one_for_a_clean_datum_and_small_in_noise():
    assert transitions.participation(16, 0.01, 20, SEED)[0] > 0.999
    assert transitions.participation(16, 3.0, 20, SEED)[0] < 0.01


def test_averaged_targets_have_the_mean_of_the_points_and_scatter_less():
    """With functions of y as weights; targets from another batch, which did not make y, are noticed."""
    rng, off, foreign, scatter = generator(SEED, "targets"), [], [], []
    for _ in range(300):
        clean, other = (laws.plane("ring", 8, rng).astype(np.float32) for _ in range(2))
        y = clean + 1.0 * rng.standard_normal(clean.shape).astype(np.float32)
        found = np.asarray(network.averaged_targets(clean, y, np.ones(8, np.float32)))
        wrong = np.asarray(network.averaged_targets(other, y, np.ones(8, np.float32)))
        off.append(np.mean((found - clean) * y))
        foreign.append(np.mean((wrong - clean) * y))
        scatter.append([np.var(found - y), np.var(clean - y)])
    assert abs(np.mean(off)) < 4.5 * np.std(off) / np.sqrt(300)
    assert abs(np.mean(foreign)) > 5 * np.std(foreign) / np.sqrt(300)
    assert np.mean(scatter, 0)[0] < np.mean(scatter, 0)[1]


def test_networks_learn_the_ring():
    """A short training must beat no training by far, and generate what is nearer to data than a Gaussian."""
    plan = {"points": 4000, "steps": 600, "batch": 128, "samples": 200, "evaluations": [16], "seeds": 1}
    table, arrays, timings = learn.learned("ring", plan, SEED)
    assert arrays["score_error"][0, 3] < 0.5 * arrays["score_untrained"][3]
    width = table[table["measure"] == "width"].set_index("sampler")["value"]
    assert width["sde"] < 0.3 * width["gaussian"]
    assert width["flow"] < 0.3 * width["gaussian"]
    assert arrays["held_out"] == 0.0
    np.testing.assert_allclose(arrays["noise_slope"], -1.0, atol=5 * arrays["noise_slope_err"].max())
    assert (timings[["training", "measures"]] > 0).all(axis=None)


def test_the_error_is_over_batches_each_of_its_own_network():
    batches = [{"width": 1.0}, {"width": 3.0}]
    (row,) = learn.rows("ring", "ode", 8, batches, [{"width": 1.0}, {"width": 1.0}], 2)
    np.testing.assert_allclose(row[4:], [2.0, 1.0, 1.0, 0.0, 2])


def test_held_out_digits_were_not_trained_on_and_stand_in_one_batch_only():
    data, draw = learn.points("digits", 0, generator(SEED, "digits"))
    fresh = draw(5000, generator(SEED, "fresh"))
    assert quality.shared(fresh, data) < 0.01  # a few digits are drawn twice in the data themselves
    assert len(np.unique(fresh, axis=0)) >= len(fresh) - 2
    assert quality.shared(data[:50], data) == 1.0


def test_the_error_of_the_exact_score_of_data_is_that_of_theory():
    """Detects 10 % at about three sigma; without the mean score in the variance it would be far off."""
    table = transitions.empirical_error(SEED)
    many = table[table["n"] >= 1000]
    off = (many["error"] / many["expected"] - 1) / (many["error_err"] / many["expected"])
    assert (off.abs() < 4).all()
    assert many["expected"].iloc[0] / many["error"].iloc[0] < 1.5
