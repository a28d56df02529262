"""The steps on small configurations and on input of known answer."""

import base64

import numpy as np
import pytest
from scipy.special import ndtr

from scripts.boltzmann import (
    annealing,
    bars_and_stripes,
    cost,
    digits,
    digits_data,
    divergence,
    free_energy,
    identities,
    sampling,
    widgets,
)
from scripts.boltzmann.theory import elimination, tree
from scripts.common.couplings import symmetric_normal
from scripts.common.enumeration import enumerated
from scripts.common.statistics.counts import deviate

SEED = 11


def test_every_identity_vanishes_and_every_fault_does_not():
    """The right ones at rounding, or at the error of a numerical derivative; the faults far above."""
    found = identities.identities(SEED).set_index("check")["deviation"].abs()
    faults = [
        "ising_probability_couplings_off", "normalization_lost_state", "representable_energy_off",
        "energy_constant_lost", "energy_spread_beta", "codings_biases_off", "convention_same",
        "clamped_entropy_off", "minimum_over_q_off", "minimum_over_q_missed", "likelihood_log_z_off",
        "gradient_short", "closed_form_hidden_coupled", "tree_sum_off", "growth_restricted",
        "growth_hidden_free",
    ]  # fmt: skip
    growing = ["elimination_terms", "growth_general", "growth_hidden_coupled"]
    assert found.drop([*faults, *growing, "gradient"]).max() < 1e-12
    assert found["gradient"] < 1e-8
    assert found[growing].max() < 1e-3
    assert found[faults].min() > 1e-4


def test_spins_are_summed_out_one_by_one():
    """All coupled, a ring with a field, and without couplings: the sum, and the number of weights."""
    rng = np.random.default_rng(3)
    h, J = rng.normal(size=7), symmetric_normal(rng, 7)
    ring = J * (np.abs(np.subtract.outer(range(7), range(7))) % 5 == 1)
    for couplings, terms in ((J, 2**8 - 2), (ring, 5 * 8 + 4 + 2), (0 * J, 14)):
        log_z, found = elimination.log_partition_function(couplings, h)
        assert log_z == pytest.approx(enumerated(couplings, h).log_z, abs=1e-12)
        assert found == terms


def test_a_tree_is_summed_by_messages():
    rng = np.random.default_rng(1)
    parents, J, h = np.array([0, 0, 1, 1, 2, 0, 3]), rng.normal(size=7), rng.normal(size=8)
    log_z, operations = tree.log_partition_function(parents, J, h)
    assert log_z == pytest.approx(enumerated(tree.coupling_matrix(parents, J), h).log_z, abs=1e-12)
    assert operations == 4 * 7 + 2


def test_samplers_are_judged_by_counts_and_by_their_temperature():
    """Power: at 7 % in beta both judgments reject with less than a third of the default samples."""
    table = sampling.counts(SEED, 30000).set_index(["sampler", "beta_set"])
    table["z"] = [deviate(*pair) for pair in zip(table["chi2"], table["degrees_of_freedom"], strict=True)]
    for name in ("heat_bath", "block"):
        right, wrong = table.loc[(name, 1.0)], table.loc[(name, sampling.MUTANT)]
        assert abs(right["z"]) < 4
        assert abs(right["beta"] - 1) < 4 * right["beta_err"]
        assert wrong["z"] > 4
        assert wrong["beta"] - 1 > 5 * wrong["beta_err"]


def test_chi_square_of_perfect_and_of_shifted_counts():
    p = np.array([0.5, 0.3, 0.2])
    assert sampling.chi_square(np.array([50, 30, 20]), p) == (0.0, 2)
    chi2, freedom = sampling.chi_square(np.array([60, 25, 15]), p)
    assert chi2 == pytest.approx(10**2 / 50 + 5**2 / 30 + 5**2 / 20)
    assert deviate(chi2, freedom) == pytest.approx(1.12728, abs=1e-4)  # of p = exp(-chi2 / 2)
    assert ndtr(-deviate(chi2, freedom)) == pytest.approx(np.exp(-chi2 / 2), rel=1e-9)


def test_the_mean_of_weights_has_the_error_of_the_delta_method():
    log_weights = np.random.default_rng(2).normal(scale=0.3, size=(2000, 400))
    found, error = annealing.log_mean_exp(log_weights)
    z = (found - 0.3**2 / 2) / error
    assert abs(z.mean()) < 0.15
    assert z.std() == pytest.approx(1, abs=0.06)
    shifted, _ = annealing.log_mean_exp(log_weights + 800)  # no overflow
    np.testing.assert_allclose(shifted - 800, found, atol=1e-10)


def test_estimates_by_annealing_are_calibrated_both_ways():
    """Power: a bias of one stated error is rejected at 7 sigma, errors wrong by 1.4 at 3."""
    table, each, arrays = annealing.calibrated(SEED, [20, 300], 60, 60).values()
    fine = each[each["temperatures"] == 300]
    z = (fine["log_z"] - table["log_z_exact"].iloc[0]) / fine["log_z_err"]
    assert 0.7 < z.std() < 1.35
    assert abs(z.mean()) < 4 / np.sqrt(60)
    for _, row in table.iterrows():
        assert abs(row["log_z"] - row["log_z_exact"]) < 4.5 * row["log_z_err"] + row["error_stated"] ** 2
        backwards = abs(row["log_z_reverse"] - row["log_z_exact"])
        assert backwards < 4.5 * row["log_z_reverse_err"] + row["error_stated"] ** 2
    forward, reverse = arrays["forward"].mean(1), arrays["reverse"].mean(1)
    assert (forward > arrays["difference"]).all()  # the second law, both ways
    assert (reverse < arrays["difference"]).all()
    assert table["dissipated"].is_monotonic_decreasing
    assert (table["log_z_short"] < table["log_z"] - 5 * table["log_z_err"]).all()


def test_the_dissipated_work_is_half_the_variance_where_the_response_is_linear():
    table = annealing.calibrated(SEED, [200], 20, 200)["table"]
    row = table.iloc[0]
    error = np.hypot(row["dissipated_err"], row["half_variance_err"])
    assert abs(row["dissipated"] - row["half_variance"]) < 4.5 * error


def test_annealed_and_exact_partition_functions_of_general_machines_agree():
    table, seconds = cost.costs(SEED, [5, 10], 100, 2000).values()
    assert (np.abs(table["log_z"] - table["log_z_exact"]) < 4.5 * table["log_z_err"]).all()
    assert table["terms"].tolist() == [32, 1024]
    assert list(seconds) == ["n", "seconds"]


def test_sampled_and_exact_bias_of_contrastive_divergence_agree():
    table = divergence.contrastive(SEED, [1, 2], 20000).set_index("k")
    for k in (1, 2):
        assert abs(table.loc[k, "sampled"] - table.loc[k, "bias"]) < 4.5 * table.loc[k, "sampled_err"]
    assert abs(table.loc[0, "sampled"]) < 4.5 * table.loc[0, "sampled_err"]
    assert table.loc[60, "ratio"] == pytest.approx(table.loc[60, "eigenvalue"], abs=1e-4)
    assert table.loc[1, "sampled"] > 10 * table.loc[1, "sampled_err"]


def test_bars_and_stripes_of_two_pixels_are_learned_to_the_optimum():
    table, arrays = bars_and_stripes.learned(SEED, [2], 6, 100).values()
    np.testing.assert_allclose(table["log_likelihood"] / table["optimum"], 1, atol=0.01)
    assert (np.abs(table["sampled_mass"] - table["soft_mass"]) < 4.5 * table["sampled_mass_err"]).all()
    assert (table["sampled_mass_off"] < table["soft_mass"] - 3 * table["sampled_mass_off_err"]).any()
    assert (np.abs(table["log_z"] - table["log_z_exact"]) < 4.5 * table["log_z_err"]).all()
    assert arrays["after"].shape == (16, 4)


def test_no_machine_beats_the_optimum():
    table = bars_and_stripes.learned(SEED, [3], 10, 100)["table"]
    assert (table["log_likelihood"] <= table["optimum"] + 1e-9).all()


def test_learning_with_and_without_the_partition_function():
    table = free_energy.sculpting(SEED, 200)
    kept, dropped = (table[table["rule"] == rule] for rule in ("likelihood", "free_energy"))
    assert kept["log_likelihood"].is_monotonic_increasing
    assert dropped["free_energy"].is_monotonic_decreasing
    assert dropped["log_likelihood"].iloc[-1] < dropped["log_likelihood"].iloc[0] - 100
    np.testing.assert_allclose(table["log_likelihood"], -table["free_energy"] - table["log_z"], atol=1e-9)


def test_expectation_maximization_descends():
    table = free_energy.expectation_maximization(SEED, 5)
    kept = table[table["rule"] == "with_log_z"]
    assert kept["objective"].diff().max() < 1e-9
    assert (kept["loss"] > kept["entropy"]).all()
    assert table.loc[table["rule"] == "without_log_z", "loss"].diff().max() > 0


def test_the_digits_are_those_of_the_collection():
    images = digits_data.images()
    assert images.shape == (1797, 64)
    assert set(np.unique(images)) == {0.0, 1.0}
    train, test = digits_data.parts(SEED, 297)
    assert sorted(map(bytes, np.concatenate([train, test]))) == sorted(map(bytes, images))
    other, _ = digits_data.parts(SEED + 1, 297)
    assert not np.array_equal(train, other)


def test_the_area_under_the_curve_is_that_of_two_normals():
    """Two unit normals one apart: Phi(1 / sqrt 2); the error is their scatter over repetitions."""
    rng = np.random.default_rng(3)
    found = [digits_data.auc(rng.normal(size=200), rng.normal(1, size=300)) for _ in range(200)]
    area, error = np.array(found).T
    assert area.mean() == pytest.approx(ndtr(np.sqrt(0.5)), abs=0.004)
    assert area.std() == pytest.approx(error.mean(), rel=0.2)
    assert digits_data.auc([0, 1], [2, 3]) == (1.0, 0.0)
    assert digits_data.auc([1, 1], [1, 1])[0] == 0.5


def test_the_discrepancy_of_equal_distributions_vanishes_and_of_others_does_not():
    rng = np.random.default_rng(4)
    test = (rng.random((300, 64)) < 0.4).astype(float)
    same = [(rng.random((60, 64)) < 0.4).astype(float) for _ in range(20)]
    other = [(rng.random((60, 64)) < 0.3).astype(float) for _ in range(20)]
    value, error, parts = digits._estimated(digits.discrepancy(same, test))
    assert abs(value) < 5 * error
    assert parts == 20
    value, error, _ = digits._estimated(digits.discrepancy(other, test))
    assert value > 10 * error


def test_the_error_of_a_discrepancy_knows_of_both_sets():
    """From the scatter of 60 pairs of sets; that of the parts alone would be too small by more than 1.4."""
    rng, found = np.random.default_rng(5), []
    for _ in range(60):
        test = (rng.random((100, 16)) < 0.4).astype(float)
        parts = [(rng.random((50, 16)) < 0.5).astype(float) for _ in range(20)]
        found.append(digits._estimated(digits.discrepancy(parts, test))[:2])
    value, error = np.array(found).T
    assert 0.7 < value.std(ddof=1) / error.mean() < 1.4


def test_a_machine_learns_digits_in_a_few_passes():
    curve, checks, arrays = digits.studied(SEED, 16, 60, 100, 297, 100).values()
    value = checks.set_index("quantity")
    first, last = curve.iloc[0], curve.iloc[-1]
    assert last["log_likelihood_test"] > first["log_likelihood_test"] + 1
    assert value.loc["auc", "value"] > value.loc["auc_untrained", "value"] + 0.1
    gap = value.loc["small_log_z", "value"] - value.loc["small_log_z_exact", "value"]
    assert abs(gap) < 4.5 * value.loc["small_log_z", "value_err"]
    assert len(arrays["fantasies"]) == len(arrays["epochs"]) == len(curve)


def test_independent_pixels_have_the_likelihood_of_the_machine_before_learning():
    train, test = digits_data.parts(SEED, 297)
    means = digits_data.smoothed_means(train)
    curve = digits.studied(SEED, 4, 1, 100, 297, 10)["curve"]
    expected = digits_data.independent_log_likelihood(means, test).mean()
    assert curve["log_likelihood_test"].iloc[0] == pytest.approx(expected, abs=0.02)


def test_a_frame_of_the_player_holds_the_chains():
    images = np.random.default_rng(5).integers(0, 2, (2, 10, 64)).astype(np.uint8)
    made = widgets.learning_frames({"epochs": np.array([0, 7]), "fantasies": np.packbits(images, axis=2)})
    sheet = np.unpackbits(np.frombuffer(base64.b64decode(made["frames"][1]), np.uint8))
    sheet = sheet[: made["width"] * made["height"]].reshape(made["height"], made["width"])
    np.testing.assert_array_equal(sheet[2:10, 12:20], images[1, 1].reshape(8, 8))
    np.testing.assert_array_equal(sheet[12:20, 2:10], images[1, 8].reshape(8, 8))
    assert made["labels"]["en"] == ["0 passes over the data", "7 passes over the data"]
