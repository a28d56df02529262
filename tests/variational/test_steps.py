"""Ascent, coding, sampling, learning: known answers, other seeds, faults on purpose."""

import numpy as np
import pytest

from scripts.common.io import InputError
from scripts.variational import ascent, coding, learning, sampling, solvable
from scripts.variational.kernels import coder, mixture


def test_a_message_is_decoded_and_has_the_length_of_its_surprise():
    """Power: a coder that wastes a tenth of a bit per symbol is seen at ten tolerances."""
    rng = np.random.default_rng(0)
    slots = [5, 2, 1]
    message = rng.choice(3, 300, p=np.array(slots) / 8).tolist()
    code = coder.encode(message, slots)
    assert coder.decode(code, 300, slots) == message
    surprise = sum(-np.log2(slots[symbol] / 8) for symbol in message)
    assert surprise - 1 <= code.bit_length() <= surprise + 3


def test_the_excess_length_is_the_divergence_from_the_truth_and_not_the_other_one():
    """Both ways; one slot of 256 in the wrong place is seen at 7 errors of 256 messages."""
    for _, row in coding.messages(256, 1024, seed=3).iterrows():
        assert abs(row["excess"] - row["from_truth"]) < 4 * row["excess_err"]
        assert abs(row["excess"] - row["from_code"]) > 8 * row["excess_err"]
    assert row["misplaced"] - row["from_truth"] > 4 * row["misplaced_err"]


def test_a_right_code_has_the_length_of_the_entropy():
    row = coding.messages(64, 1024, seed=4).iloc[0]
    P = np.array(coding.P_SLOTS) / 256
    assert row["right"] == pytest.approx(-(P * np.log2(P)).sum(), abs=0.03)


def test_contributions_add_up_to_the_divergence():
    table = coding.contributions()
    rows = table[table["fit"] == "mode"]
    step = rows["x"].iloc[1] - rows["x"].iloc[0]
    assert rows["reverse"].sum() * step == pytest.approx(0.688769, abs=1e-4)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_sum_closes_at_every_update(seed):
    table = ascent.trace(seed)
    assert (table["elbo"] + table["divergence"] - table["log_evidence"]).abs().max() < 1e-12
    assert table["elbo"].diff().min() > -1e-12
    assert table["log_evidence"].iloc[0] < 0  # a probability


@pytest.mark.parametrize("n", [8, 11])
def test_ascents_climb_and_the_parallel_update_does_not(n):
    table = ascent.ascents(n, 60, ["0.30", "2.50"], seed=5).set_index(["model", "method", "T"])
    assert (table.xs("coordinate", level="method")["smallest_change"] > -1e-12).all()
    assert (table["best"].dropna() <= table["ln_z"][table["best"].notna()]).all()
    cold = table.loc[("antiferromagnet", "parallel", 0.3)]
    assert cold["smallest_change"] < -0.1
    assert cold["settled"] == 0
    assert table.loc[("glass", "coordinate", 2.5), "optima"] == 1
    glass = table.loc[("glass", "coordinate", 2.5)]
    assert glass["transition"] == pytest.approx(glass["transition_expected"], abs=1e-5)


def test_the_three_goals_share_their_best_point_and_the_fourth_does_not():
    curves, minima = ascent.objectives().values()
    m = minima.set_index("objective")["m"]
    assert abs(m["divergence"] - m["free_energy"]) < 1e-6
    assert abs(m["divergence"] - m["elbo"]) < 1e-6
    assert abs(m["divergence"] - m["forward"]) > 0.1
    assert m["forward"] == pytest.approx(m["magnetization"], abs=1e-6)
    assert abs(m["divergence"] - m["free_energy_off"]) > 1e-3
    assert (curves["forward"] - curves["forward_closed"]).abs().max() < 1e-11
    gap = (curves["free_energy"] - curves["free_energy_exact"]) / curves["T"]
    assert (gap - curves["divergence"]).abs().max() < 1e-11


def test_the_sampled_elbo_is_unbiased():
    """z of 40 seeds: mean within 4/sqrt(40) of zero, spread within 40 % of one; 1 % of width is 5 sigma."""
    z = []
    for seed in range(40):
        rows = sampling.estimates(16, 500, seed).set_index("estimator")
        z.append((rows.loc["elbo", "value"] - rows.loc["elbo", "exact"]) / rows.loc["elbo", "value_err"])
    assert abs(np.mean(z)) < 4 / np.sqrt(40)
    assert 0.6 < np.std(z) < 1.5


def test_closed_forms_meet_the_other_road_at_other_seeds():
    for seed in (7, 8):
        table = solvable.evidences(seed)
        assert (table["value"] - table["closed"]).abs().max() < 1e-9
        factors = solvable.factor_checks(seed).set_index("check")["value"]
        assert (
            factors[
                ["field_equation", "fixed_point", "same_as_mean_field", "gaussian_mean", "gaussian_variance"]
            ].max()
            < 1e-12
        )
        assert factors["largest_gain_by_push"] < 0
        assert factors["least_divergence"] < 1e-6
        assert factors[["couplings_off", "neighbor_forgotten"]].min() > 1e-6


def test_a_complete_graph_small_enough_agrees_with_all_its_states():
    table = solvable.complete_graphs().dropna()
    assert len(table) == 2
    assert (table["ln_z"] - table["all_states"]).abs().max() < 1e-11


def test_em_climbs_and_finds_what_another_program_finds():
    """Against scikit-learn from the same start: the same likelihood to its own tolerance."""
    from sklearn.mixture import GaussianMixture

    points = learning.digits_in_the_plane()
    trace, (weights, means, covariances) = mixture.descend(points, 3, 200, np.random.default_rng(0))
    assert np.diff(trace[:, 0]).min() > -1e-12
    assert np.abs(trace[::2, 1]).max() < 1e-12
    assert np.abs(trace[:, 0] + trace[:, 1] - trace[:, 2]).max() < 1e-12
    other = GaussianMixture(
        3, weights_init=weights, means_init=means, precisions_init=np.linalg.inv(covariances),
        reg_covar=0.0, tol=1e-9, max_iter=500, random_state=0,
    ).fit(points)  # fmt: skip
    assert other.score(points) == pytest.approx(trace[-1, 2], abs=1e-4)


def test_a_component_that_shrinks_onto_a_point_is_named():
    def shrunk(*_):
        raise np.linalg.LinAlgError

    original, mixture.descend = mixture.descend, shrunk
    try:
        with pytest.raises(InputError, match=r"variational\.mixture\.components: with 9"):
            learning.learn(9, 3, 1)
    finally:
        mixture.descend = original
