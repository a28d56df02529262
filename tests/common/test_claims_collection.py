"""Errors that are too large are found like those that are too small; and the pooling of seeds."""

import numpy as np
import pytest

from scripts.common.claims.collection import LEVEL, collected, collection, power
from scripts.common.claims.pooling import pooled
from scripts.common.seeds import generator
from tests.common.claims_examples import measured

N_FOR_POWER = 120


def deviations(label, n=N_FOR_POWER):
    return generator(1, "tests/collection", label).standard_normal(n)


def test_honest_error_bars_pass():
    for k in range(50):
        assert collection(deviations(f"honest {k}"))["passed"] is True


def test_error_bars_too_large_by_half_fail():
    """120 deviations detect a factor of 1.5 with a probability above 99 %."""
    assert power(N_FOR_POWER, 1.5) > 0.99
    found = collection(deviations("inflated") / 1.5)
    assert found["passed"] is False
    assert found["z"] < 0


def test_error_bars_too_small_by_half_fail():
    """120 deviations detect a factor of 1/1.5 with a probability above 99 %."""
    assert power(N_FOR_POWER, 1 / 1.5) > 0.99
    found = collection(deviations("deflated") * 1.5)
    assert found["passed"] is False
    assert found["z"] > 0


def test_the_stated_power_is_the_measured_one():
    """At 60 deviations: 59 % for errors too large by half, to 5 standard errors of 1000 trials."""
    trials = [collection(deviations(f"trial {k}", 60) / 1.5)["passed"] is False for k in range(1000)]
    p = power(60, 1.5)
    assert 0.55 < p < 0.65
    assert abs(np.mean(trials) - p) < 5 * np.sqrt(p * (1 - p) / 1000)


def test_good_error_bars_are_refused_as_seldom_as_stated():
    assert power(50, 1.0) == pytest.approx(2 * LEVEL)


def test_at_the_least_number_only_gross_errors_are_found():
    assert power(20, 1.5) < 0.1
    assert power(20, 3.0) > 0.95


def test_nineteen_deviations_are_too_few_to_judge():
    assert collection([0.0] * 19)["passed"] is None
    assert collection([0.0] * 20)["passed"] is False
    assert collection([])["z"] is None


def test_only_independent_exact_checks_without_systematic_are_collected():
    good = [measured(1.0, part="a", stream="x"), measured(2.0, part="b", stream="y")]
    others = [
        measured(3.0, part="c", stream="x"),  # the same stream again
        measured(3.0, part="d"),
        measured(3.0, part="e", stream="z", kind="published"),
        measured(3.0, part="f", stream="u", systematic={"value": 1e-9, "reason": "none"}),
        measured(9.0, part="g", stream="v", role="control"),
        measured(0.0, part="h", stream="w", kind="identity"),
        measured(20.0, part="printed", stream="q"),
        measured(3.0, part="right", stream="x", role="correction", corrects="printed"),
    ]
    for order in (good + others, others[::-1] + good[::-1]):
        assert collected(order) == pytest.approx([1.0, 2.0])


def seeds(deviation, label, n=10):
    """The same check at ``n`` seeds, off by ``deviation`` standard errors of one seed."""
    normal = generator(2, "tests/pooling", label).standard_normal(n)
    return [measured(z + deviation, numbers={"n_effective": 100.0}) for z in normal]


def test_ten_seeds_clear_a_check_that_failed_by_chance():
    found = pooled(seeds(0.0, "chance"))
    assert found["passed"] is True
    assert found["error"] == pytest.approx(0.05 / np.sqrt(10))
    assert (found["seeds"], found["n_effective"]) == (10, 1000.0)


def test_ten_seeds_confirm_a_real_deviation():
    """2.5 standard errors of one seed are 7.9 of ten: rejected with 99.9 % power."""
    assert pooled(seeds(2.5, "real"))["passed"] is False


def test_pooling_weighs_by_the_inverse_variance():
    records = [
        measured(0.0, numbers={"error": 0.1, "reference": 1.0}),
        measured(0.0, numbers={"error": 0.05}),
    ]
    records[0]["measured"], records[1]["measured"] = 1.5, 1.0
    assert pooled(records)["measured"] == pytest.approx((1.5 * 100 + 1.0 * 400) / 500)


def test_a_common_reference_error_does_not_shrink_and_a_fresh_one_does():
    common = [measured(0.0, numbers={"reference_error": 0.03}) for _ in range(4)]
    assert pooled(common)["reference_error"] == pytest.approx(0.03)
    fresh = [each | {"reference": 1.0 + 0.01 * k} for k, each in enumerate(common)]
    assert pooled(fresh)["reference_error"] == pytest.approx(0.015)
    assert pooled(fresh)["reference"] == pytest.approx(1.015)


def test_an_identity_is_not_pooled_away():
    records = [measured(0.0, kind="identity") for _ in range(9)] + [measured(200.0, kind="identity")]
    assert pooled(records)["outcome"] == "rejected"


def test_seeds_that_scatter_beyond_their_errors_are_noticed():
    assert pooled(seeds(0.0, "scatter"))["scatter_probability"] > 1e-3
    wide = [each | {"error": each["error"] / 3} for each in seeds(0.0, "scatter")]
    assert pooled(wide)["scatter_probability"] < 1e-6
