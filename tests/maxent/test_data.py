"""Moment matching: fits against brute force, real images, finite data, parity, Occam."""

import numpy as np
import pandas as pd
import pytest

from scripts.common.claims.registry import registered_checks
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.maxent import digits, limits, occam, patterns
from scripts.maxent.claims import data as claims
from scripts.maxent.claims import spectra as spectrum_claims
from scripts.maxent.kernels import families, simplex
from scripts.maxent.theory import canonical, states
from tests.common.claims_examples import by_part

SEED = 20250918
REGISTRY = "workflow/chapters/maxent/claims.yaml"


@pytest.fixture(scope="module")
def models():
    return digits.fitted(7)


def test_fit_and_primal_optimum_are_the_same_model():
    """Likelihood over parameters, entropy over probabilities: two roads to one distribution."""
    rng = generator(SEED, "fit")
    groups = states.subsets(4, 1) + states.subsets(4, 2)
    features = states.products(states.spin_states(4), groups)
    np.testing.assert_array_equal(states.features(4, (1, 2)), features)
    law = rng.dirichlet(np.ones(16))
    fitted = np.exp(families.log_probabilities(features, families.fit(features, law @ features)))
    optimum, _ = simplex.maximize_entropy(features.T, law @ features)
    np.testing.assert_allclose(fitted, optimum, rtol=1e-9)
    np.testing.assert_allclose(fitted @ features, law @ features, atol=1e-12)


def test_many_fits_at_once_are_the_fits_one_by_one():
    law, features, theta = limits.teacher(4, SEED)
    moments = generator(SEED, "many").multinomial(5000, law, size=3) / 5000 @ features
    together = families.fit(features, moments)
    for row, single in zip(together, moments, strict=True):
        np.testing.assert_allclose(row, families.fit(features, single), rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(families.fit(features, law @ features), theta, atol=1e-9)


def test_moments_at_the_rim_are_refused():
    features = states.products(states.spin_states(2), [(0,), (1,), (0, 1)])
    with pytest.raises(InputError, match="at the rim"):
        families.fit(features, np.array([0.2, 0.2, 1.0]))


def test_the_digits_are_what_they_are():
    spins = patterns.images()
    assert spins.shape == (1797, 64)
    assert set(np.unique(spins)) == {-1.0, 1.0}
    law = patterns.pattern_law(spins[:, [20, 21]])
    both = ((spins[:, 20] > 0) & (spins[:, 21] > 0)).mean()
    assert np.isclose(law[3], both)
    assert np.isclose(law.sum(), 1)


def test_pairs_are_matched_and_triples_are_not(models):
    table = digits.moment_table(models).groupby("order")
    gap = {order: (rows["data"] - rows["pairwise"]).abs().max() for order, rows in table}
    assert max(gap[1], gap[2]) < 1e-12
    assert gap[3] > 0.05
    independent = table.get_group(2)
    assert (independent["data"] - independent["independent"]).abs().max() > 0.1


def test_the_comparisons_hold_and_their_controls_fail(models):
    value = digits.comparison_table(models, SEED).set_index("quantity")["value"]
    assert max(abs(value[name]) for name in ("gradient", "pythagoras")) < 1e-12
    assert value["primal"] < 1e-8
    assert value["rival"] < 0
    assert value["gradient_off"] > 1e-4
    assert value["leaking"] > 1e-9


def test_nothing_is_missing_from_images_of_the_model_itself(models):
    """1797 images drawn from the pairwise model in place of the real ones: nothing beyond 4.5 errors."""
    images = generator(SEED, "drawn").multinomial(1797, models["pairwise"]) / 1797
    drawn = models | {"data": images, "pairwise": digits.matched(7, (1, 2), images)[0]}
    table = digits.missing_table(drawn, SEED)
    found, seen = (claims.missing(each, "pairwise") for each in (table, digits.missing_table(models, SEED)))
    assert abs(found.value) < 4.5 * found.error
    assert seen.value > 10 * seen.error


def test_the_error_of_a_crossed_mean_counts_models_and_images():
    """400 experiments of 12 models and 60 images of known spreads: the spread of z is 1 to 15 %."""
    rng, z = generator(SEED, "crossed"), []
    for _ in range(400):
        rows, columns = rng.normal(0, 1, (12, 1)), rng.normal(0, 2, (1, 60))
        found = occam.crossed_mean(rows + columns + rng.normal(0, 0.1, (12, 60)), np.full(60, 1 / 60), 60)
        z.append(found.value / found.err)
    assert 0.85 < np.std(z) < 1.15


def test_rivals_have_the_moments_of_the_model(models):
    """The same construction as `rival_entropies`, one rival looked at closely."""
    model, features, _ = digits.matched(7, (1, 2), models["data"])
    root = np.sqrt(model)
    basis = np.linalg.qr(root[:, None] * np.column_stack([np.ones(128), features]))[0]
    change = generator(SEED, "rival").standard_normal(128) * root
    change -= basis @ (basis.T @ change)
    rival = model * (1 + 0.5 * change / root / np.abs(change / root).max())
    np.testing.assert_allclose(rival @ features, model @ features, atol=1e-12)
    assert np.isclose(rival.sum(), 1)
    gap = canonical.entropy(model) - canonical.entropy(rival)
    assert np.isclose(gap, canonical.divergence(rival, model), rtol=1e-8)


def test_too_many_pixels_are_refused_with_the_key():
    law = np.zeros(16)
    law[[0, 3, 12, 15]] = 0.25  # the first two pixels always agree
    with pytest.raises(InputError, match=r"maxent\.digits\.pixels: 4 pixels .* allowed: fewer"):
        digits.matched(4, (1, 2), law)


def test_finite_data_cost_half_a_nat_per_parameter_and_sample():
    """600 data sets of 8000: 1.5 % on the amplitude; k off by one is 7 %."""
    table = limits.finite_data_table(5, [8000, 32000], 600, SEED)
    ratio, err = table["divergence"] / table["expected"], table["divergence_err"] / table["expected"]
    assert ((ratio - 1).abs() < 4.5 * err).all()
    assert (err < 0.02).all()
    assert ((table["moments"] - 1).abs() < 4.5 * table["moments_err"]).all()


def test_a_new_number_of_samples_changes_no_other():
    one, two = (limits.finite_data_table(3, sizes, 20, SEED) for sizes in ([4000], [2000, 4000]))
    assert one["divergence"].iloc[0] == two["divergence"].iloc[1]


def test_parity_is_invisible_to_pairs_and_plain_to_triples():
    table = limits.parity_table()
    np.testing.assert_allclose(table["pairwise"], table["expected"], atol=1e-12)
    assert table["triple"].abs().max() < 1e-12
    assert np.isclose(table["pairwise"].iloc[0], np.log(2), rtol=1e-14)


def test_the_loss_has_a_minimum_between_too_few_and_too_many_features():
    losses, rivals = occam.occam_table(SEED)
    table = losses[losses["smoothing"] == occam.SHOWN]
    assert table["features"].iloc[0] == occam.OCCAM_PIXELS
    assert table["features"].iloc[-1] == 2**occam.OCCAM_PIXELS - 1
    assert (table["training"].diff().dropna() < 1e-3).all()
    assert 0 < table["held_out"].to_numpy().argmin() < len(table) - 1
    assert table["above_few"].iloc[0] > 5 * table["above_few_err"].iloc[0]
    assert (rivals["unfounded"] > 5 * rivals["unfounded_err"]).all()
    assert set(rivals["smoothing"]) == set(claims.SMOOTHINGS) == set(occam.SMOOTHING)


def test_needless_features_cost_half_a_nat_each_and_fewer_samples_more():
    """500 data sets of 8000 samples: the cost of ten features to 3 %, that of 10 % fewer samples to 2 %."""
    table = limits.student_table(5, 8000, 500, SEED).set_index("student")
    cost = table.loc["needless", ["value", "value_err"]].to_numpy(float) * 2 * 8000 / 10
    assert abs(cost[0] - 1) < 4.5 * cost[1] < 0.2
    assert abs(table.loc["short", "value"] - 1 / limits.SHORT) < 4.5 * table.loc["short", "value_err"]


def test_few_sizes_and_one_sided_spectra_leave_claims_open():
    checks = registered_checks(REGISTRY, "quick")
    table = limits.finite_data_table(3, [4000, 8000], 20, SEED)
    found = by_part(checks, claims._finite(table))
    assert found["power"]["outcome"] == "unmeasured"
    assert "maxent.finite_data.samples" in found["power"]["needs"]
    table = pd.DataFrame({"energy": [1.0], "uniform": [2.0], "beta": [0.5], "curvature": [0.0]})
    found = by_part(checks, spectrum_claims._signs(table))
    assert found["above_uniform"]["outcome"] == "unmeasured"
    assert found["below_uniform"]["passed"]
