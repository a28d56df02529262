"""Data, measures, correlations: known answers, small configurations, faults on purpose."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kendalltau

from scripts.common.io import InputError
from scripts.common.jax_setup import jax, jnp
from scripts.sharpness import correlation, data, measure, names, networks, probes, tabulate
from scripts.sharpness.claims.shared import agreement_error, chi_square, mean_ratio
from scripts.sharpness.kernels import hessian, network
from scripts.sharpness.widgets import edge_curves

TINY = {
    "training": 32, "batches": [8], "rates": [0.1, 0.2], "widths": [16], "decays": [0.0],
    "noises": [0.0, 0.25], "samples": 1, "loss": 0.2,
}  # fmt: skip


@pytest.fixture(scope="module")
def trained():
    problem = networks.Problem("digits", TINY, seed=1)
    rows = networks.design(TINY)
    weights, steps = networks.train(problem, rows)
    return problem, rows, weights, steps, networks.lay_rulers(problem, rows, weights)


@pytest.mark.parametrize("name", data.SPLITS)
def test_wrong_labels_are_as_many_as_asked_for_and_nested(name):
    clean, some, more = (data.task(name, 64, noise, 1, 0) for noise in (0.0, 0.25, 0.5))
    wrong = [(clean.y != task.y).any(axis=1) for task in (some, more)]
    assert wrong[0].sum() == 16
    assert wrong[1].sum() == 32
    assert (wrong[0] <= wrong[1]).all()
    assert np.array_equal(clean.x, more.x)
    assert not np.array_equal(clean.x, data.task(name, 64, 0.0, 1, 1).x)


def test_no_digit_is_in_both_sets():
    task = data.task("digits", 64, 0.0, 1, 0)
    assert len(task.x) + len(task.x_test) == 1797
    np.testing.assert_array_equal(
        task.x_shifted.reshape(-1, 8, 8)[:, :, 1:], task.x_test.reshape(-1, 8, 8)[:, :, :-1]
    )


def test_every_ruler_is_laid_and_the_trace_is_the_exact_one(trained):
    _, rows, _, _, columns = trained
    assert set(columns) == {*names.COLUMNS, *names.EXACT, *names.PERFORMANCE, *names.PROFILES}
    assert np.isfinite(columns["largest"]).sum() == len(rows)
    z = (columns["trace"] - columns["exact_trace"]) / columns["trace_err"]
    assert np.abs(z).max() < 5
    assert np.all(columns["largest"] <= columns["exact_trace"] * 1.01)
    assert columns["along_ratio"] == pytest.approx(1.0, abs=1e-3)


def test_a_network_gets_the_same_numbers_whoever_is_trained_beside_it(trained):
    problem, rows, weights, *_ = trained
    alone, _ = networks.train(problem, rows[1:2])
    assert np.array_equal(alone[0], weights[1])


def test_what_does_not_reach_the_loss_is_left_out():
    settings = TINY | {"loss": 1e-9, "rates": [1e-3], "noises": [0.5]}
    problem = networks.Problem("digits", settings, seed=1)
    columns = networks.lay_rulers(problem, [{}], [None])
    assert np.isnan(columns["largest"]).all()
    with pytest.raises(InputError, match="fewer than two networks"):
        networks.compared([{}], columns)


def test_batches_that_do_not_divide_the_set_are_refused():
    with pytest.raises(InputError, match="7 does not divide"):
        networks.checked(TINY | {"batches": [8, 7]})


def test_the_attack_multiplies_sharpness_and_the_force_is_the_slope(trained):
    problem, rows, weights, *_ = trained
    task = problem.data(rows[0])
    sizes = data.sizes_of(task, 16)
    table = pd.DataFrame(probes.attack(weights[0], task, sizes, np.random.default_rng(0)))
    assert table["output_change"].max() < 1e-12
    assert table["largest"].iloc[-1] > 100 * table["largest"].iloc[0]
    assert np.ptp(table["relative_largest"]) < 1e-6
    found = probes.forces(weights[0], task, sizes, np.random.default_rng(0))
    assert found["force"] < 1e-6
    assert found["descent"] == pytest.approx(1.0, abs=1e-3)
    assert found["rate_off"] == pytest.approx(1.05, abs=1e-3)


def test_a_smooth_network_rises_as_its_trace_says():
    """Random moves in pairs see half the trace times the squared size: to 6 % for tanh at 4 sigma."""
    sizes, rng = (5, 8, 3), np.random.default_rng(0)
    theta = network.initial(sizes, rng)
    x, y = rng.normal(size=(30, 5)), np.eye(3)[rng.integers(0, 3, 30)]

    def loss(t):
        return network.cross_entropy(network.layers(t, sizes), x, y, jnp.tanh)

    size, moves = 1e-3, rng.normal(size=(4000, len(theta)))
    value = jax.jit(jax.vmap(loss))
    rise = (value(theta + size * moves) + value(theta - size * moves)) / 2 - loss(theta)
    ratio = np.asarray(rise) / (size**2 / 2 * np.trace(hessian.dense(loss, theta)))
    error = ratio.std() / np.sqrt(len(ratio))
    assert abs(ratio.mean() - 1) < 4 * error
    assert error < 0.015


def test_the_robust_radius_of_a_parabola_is_known():
    radii = np.geomspace(0.01, 1.0, 400)
    rises = 2.0 * radii[:, None] ** 2 * np.ones(5)
    found = measure.radius(rises, radii)
    assert found.value == pytest.approx(np.sqrt(measure.RISE / 2), rel=1e-4)
    assert found.err == pytest.approx(0.0, abs=1e-12)


def test_local_entropy_of_equal_rises_is_the_rise():
    assert measure.local_entropy(np.full((6, 2), 0.02), 100).value == pytest.approx(0.02)
    wide, narrow = (
        measure.local_entropy(scale * np.arange(12.0).reshape(6, 2), 100).value for scale in (1e-4, 1e-3)
    )
    assert wide < narrow


def test_kendall_is_that_of_scipy_and_its_error_that_of_many_tables():
    """Data sets of networks that share a trait; mean error over tables within 25 % of the true scatter."""
    rng, taus, errors = np.random.default_rng(0), [], []
    sets = np.repeat(np.arange(10), 6)
    for _ in range(80):
        shared = rng.normal(size=(2, 10))[:, sets]
        u = rng.normal(size=60) + shared[0]
        v = u + rng.normal(size=60) + shared[1]
        tau, err = correlation.kendall(
            correlation.signs(u), correlation.signs(v), np.ones((60, 60), bool), sets
        )
        assert tau == pytest.approx(kendalltau(u, v).statistic, abs=1e-12)
        taus.append(tau)
        errors.append(err)
    assert np.mean(errors) == pytest.approx(np.std(taus, ddof=1), rel=0.25)


def test_leaving_out_a_data_set_is_the_correlation_without_it():
    rng, sets = np.random.default_rng(6), np.repeat(np.arange(4), 5)
    u, v = rng.normal(size=20), rng.normal(size=20)
    rest = [kendalltau(u[sets != k], v[sets != k]).statistic for k in range(4)]
    _, err = correlation.kendall(correlation.signs(u), correlation.signs(v), np.ones((20, 20), bool), sets)
    assert err == pytest.approx(np.sqrt(3 * np.var(rest)), rel=1e-12)


def test_kendall_with_ties_and_with_no_pairs():
    rng, sets = np.random.default_rng(1), np.arange(50) % 5
    u, v = rng.integers(0, 4, 50).astype(float), rng.integers(0, 3, 50).astype(float)
    signs = correlation.signs(u), correlation.signs(v)
    assert correlation.kendall(*signs, np.ones((50, 50), bool), sets)[0] == pytest.approx(
        kendalltau(u, v).statistic, abs=1e-12
    )
    assert np.isnan(correlation.kendall(*signs, np.zeros((50, 50), bool), sets)).all()
    assert np.isnan(correlation.kendall(*signs, np.ones((50, 50), bool), np.zeros(50))[1])


def test_pairs_within_differ_in_one_thing_only():
    table = pd.DataFrame({"a": [1, 1, 2, 2], "b": [1, 2, 1, 2]})
    pairs = correlation.pairs_within(table, ("a", "b"), "a")
    assert pairs.sum() == 4
    assert pairs[0, 2]
    assert not pairs[0, 3]


def test_agreement_within_a_hyperparameter_counts_no_other_pairs():
    table = pd.DataFrame({"a": [1, 1, 2, 2] * 3, "b": [1, 2, 1, 2] * 3, "c": np.repeat([1, 2, 3], 4)})
    pairs = correlation.pairs_within(table, ("a", "b", "c"), "a")
    u = table["a"] - 10.0 * table["b"]
    v = table["a"] + 10.0 * table["b"]
    signs = [correlation.signs(each.to_numpy()) for each in (u, v)]
    assert correlation.kendall(*signs, pairs, table["c"].to_numpy())[0] == pytest.approx(1.0)
    assert correlation.kendall(*signs, np.ones_like(pairs), table["c"].to_numpy())[0] < 0


def test_no_network_is_compared_with_itself():
    rng = np.random.default_rng(4)
    known = {*names.HYPERPARAMETERS, *tabulate.MEASURES, *names.PERFORMANCE} - {"random"}
    table = pd.DataFrame({name: rng.normal(size=20) for name in sorted(known)})
    table["sample"] = np.arange(20) % 5
    table["noise"] = np.repeat([0.0, 0.2], 10)
    rows = tabulate.correlations(table, rng)
    assert {row["pairs"] for row in rows if row["scope"] == "all"} == {20 * 19 // 2}
    assert {row["pairs"] for row in rows if row["scope"] == "clean"} == {10 * 9 // 2}


def test_measures_for_comparison_know_nothing_and_much():
    rng = np.random.default_rng(2)
    group = np.repeat(np.arange(80), 5)
    gap, noise, blind = 50.0 * group + rng.normal(size=400), rng.normal(size=400), rng.normal(size=400)
    alike = (group[:, None] == group[None, :]) & ~np.eye(400, dtype=bool)
    known = [tabulate.planted(gap, pairs, noise) for pairs in (~np.eye(400, dtype=bool), alike)]
    assert np.std(known[0] - gap) == pytest.approx(0.5 * np.std(gap), rel=0.1)

    def tau(measure, pairs):
        return correlation.kendall(correlation.signs(measure), correlation.signs(gap), pairs, group)[0]

    assert abs(tau(blind, np.ones_like(alike))) < 0.15
    assert tau(known[0], np.ones_like(alike)) > 0.5
    assert tau(known[1], alike) > 0.5
    assert tau(known[0], alike) < 0.2  # a noise of one size drowns what differs little


def test_agreeing_pairs_keep_an_error_and_ratios_are_weighted():
    assert agreement_error(24) == pytest.approx(0.0754, abs=1e-4)
    assert mean_ratio([2.0, 4.0], [0.1, 0.2], [2.0, 4.0])[:2] == (1.0, pytest.approx(0.05 / np.sqrt(2)))
    assert abs(chi_square(np.arange(10.0) + 1, np.ones(10), np.arange(10.0))) < 0.5


def test_the_player_shows_every_rate():
    arrays = {
        "rates": np.array([0.4, 0.1]), "steps": np.arange(1, 11), "loss": np.ones((2, 2, 10)),
        "stability": np.stack([np.full((2, 10), np.inf), np.full((2, 10), 0.4)]),
    }  # fmt: skip
    found = edge_curves(arrays)
    assert found["labels"]["en"] == ["learning rate 0.1", "learning rate 0.4: diverges"]
    assert found["start"] == 1
    assert len(found["series"]) == len(found["frames"][0]) == 3
    assert all(np.isfinite(line).all() for frame in found["frames"] for line in frame)
