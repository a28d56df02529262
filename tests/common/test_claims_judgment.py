"""One record: z, its normal equivalent, and the outcome for every kind and role."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scripts.common.claims.judgment import normal_equivalent, outcome, passed, units
from scripts.common.claims.records import complete, judged, record, sourced
from scripts.common.io import InputError
from tests.common.claims_examples import check, measured


def test_z_adds_the_three_uncertainties_in_quadrature():
    numbers = {"measured": 5.0, "reference": 0.0, "error": 0.3, "reference_error": 0.4}
    bound = check(systematic={"value": 1.2, "reason": "finite size"})
    assert record(bound, **numbers)["z"] == pytest.approx(5.0 / 1.3)
    assert record(check(), **numbers)["z"] == pytest.approx(10.0)


def test_few_degrees_of_freedom_make_a_deviation_less_surprising():
    """P(|t| > 3) = 9.5 % for 3 seeds is only 1.67 standard deviations."""
    assert normal_equivalent(3.0, 2) == pytest.approx(stats.norm.isf(0.0955 / 2), abs=2e-3)
    assert normal_equivalent(-6.0, 9) == pytest.approx(-stats.norm.isf(stats.t.sf(6.0, 9)))
    assert normal_equivalent(6.0, 30) == normal_equivalent(6.0, None) == 6.0


def test_an_absurd_deviation_stays_finite():
    assert 30 < normal_equivalent(1e300, 4) < 40


@given(st.floats(-40, 40), st.integers(1, 29))
def test_the_normal_equivalent_never_overstates(t, degrees_of_freedom):
    z = normal_equivalent(t, degrees_of_freedom)
    assert abs(z) <= abs(t) + 1e-9
    assert z * t >= 0.0


@pytest.mark.parametrize(
    ("deviation", "found"),
    [
        (0.0, "agrees"),
        (-4.4, "agrees"),
        (4.6, "differs"),
        (-4.9, "differs"),
        (5.1, "rejected"),
        (-9.0, "rejected"),
    ],
)
def test_levels_of_a_check_with_an_error(deviation, found):
    assert measured(deviation)["outcome"] == found


@pytest.mark.parametrize(
    ("tolerances", "found"), [(0.9, "agrees"), (-1.5, "differs"), (99, "differs"), (-101, "rejected")]
)
def test_levels_of_an_identity(tolerances, found):
    made = measured(tolerances, kind="identity")
    assert made["outcome"] == found
    assert made["z"] is None


def test_a_large_error_is_no_agreement():
    made = measured(0.0, numbers={"error": 0.2})
    assert made["outcome"] == "not_resolved"
    assert made["passed"] is None


def test_a_large_reference_error_or_systematic_is_no_agreement_either():
    assert measured(0.0, numbers={"reference_error": 0.2})["outcome"] == "not_resolved"
    assert measured(0.0, systematic={"value": 0.2, "reason": "none"})["outcome"] == "not_resolved"


def test_a_large_error_does_not_excuse_a_large_deviation():
    assert measured(6.0, numbers={"error": 0.2})["passed"] is False


def test_four_seeds_are_an_observation_and_five_are_not():
    assert measured(0.0, numbers={"degrees_of_freedom": 3})["outcome"] == "observed"
    assert measured(0.0, numbers={"degrees_of_freedom": 4})["outcome"] == "agrees"


@pytest.mark.parametrize(("direction", "sign"), [("above", 1), ("below", -1)])
def test_a_bound_fails_on_one_side_only(direction, sign):
    bound = {"kind": "bound", "direction": direction}
    assert measured(sign * 50.0, **bound)["outcome"] == "agrees"
    assert measured(sign * 3.1, **bound)["outcome"] == "agrees"
    assert measured(sign * 2.9, **bound)["outcome"] == "not_resolved"
    assert measured(sign * -4.0, **bound)["outcome"] == "not_resolved"
    assert measured(sign * -5.5, **bound)["outcome"] == "rejected"


def test_a_bound_without_error_is_judged_by_its_tolerance():
    bound = check(kind="bound", direction="above", resolution=None, tolerance=1e-3)
    assert record(bound, 7.0, 0.0)["outcome"] == "agrees"
    assert record(bound, -0.0009, 0.0)["outcome"] == "agrees"
    assert record(bound, -0.002, 0.0)["outcome"] == "differs"
    assert record(bound, -0.2, 0.0)["outcome"] == "rejected"


@pytest.mark.parametrize(("direction", "sign"), [("above", 1), ("below", -1)])
def test_a_trend_must_be_seen_at_five_standard_errors(direction, sign):
    trend = {"kind": "trend", "direction": direction}
    assert measured(sign * 5.5, **trend)["outcome"] == "agrees"
    assert measured(sign * 3.0, **trend)["outcome"] == "differs"  # resolved, and yet not there
    assert measured(sign * 3.0, numbers={"error": 0.2}, **trend)["outcome"] == "not_resolved"
    assert measured(sign * -5.5, **trend)["outcome"] == "rejected"


@pytest.mark.parametrize("role", ["statement", "correction", "condition_inside"])
def test_these_roles_pass_by_agreement(role):
    assert measured(0.0, role=role, corrects="x")["passed"] is True
    assert measured(6.0, role=role, corrects="x")["passed"] is False


@pytest.mark.parametrize("role", ["control", "condition_outside"])
def test_these_roles_pass_by_rejection(role):
    assert measured(6.0, role=role)["passed"] is True
    assert measured(4.7, role=role)["passed"] is False
    assert measured(0.0, role=role)["passed"] is False
    assert measured(0.0, role=role, numbers={"error": 0.2})["passed"] is None
    assert measured(4.7, role=role, numbers={"error": 0.2})["passed"] is None


def test_an_observation_needs_no_reference_and_settles_nothing():
    made = record(check(role="observation", resolution=None), 3.0)
    assert (made["z"], made["outcome"], made["passed"]) == (None, "observed", None)
    assert measured(9.0, role="observation")["passed"] is None


@pytest.mark.parametrize(
    ("numbers", "fault"),
    [
        ({"measured": math.nan, "reference": 0.0, "error": 1.0}, "measured is nan"),
        ({"measured": 0.0, "reference": math.inf, "error": 1.0}, "reference is inf"),
        ({"measured": 0.0, "reference": 0.0, "error": 0.0}, "not above zero"),
        ({"measured": 0.0, "reference": 0.0}, "needs an error"),
        ({"measured": 0.0, "error": 1.0}, "needs a reference"),
    ],
)
def test_numbers_that_cannot_be_judged_are_refused(numbers, fault):
    with pytest.raises(ValueError, match=fault):
        record(check(), **numbers)


def test_an_identity_with_an_error_is_refused():
    with pytest.raises(ValueError, match="no error"):
        record(check(kind="identity"), 0.0, 0.0, error=1.0)


def test_judging_again_changes_nothing_and_forgets_what_was_typed():
    made = measured(6.0)
    assert judged(made) == made
    assert judged(made | {"passed": True, "outcome": "agrees", "z": 0.0}) == made
    assert (outcome(made), passed(made)) == ("rejected", False)


def test_complete_orders_records_by_the_registry():
    checks = {("1.1-01", part): check(part=part) for part in ("b", "a")}
    records = sourced([record(checks["1.1-01", part], 1.0, 1.0, 0.05) for part in ("a", "b")], "x.csv", "r")
    assert [each["part"] for each in complete(records, checks)] == ["b", "a"]


@pytest.mark.parametrize(
    ("records", "fault"),
    [
        ([], "no record for 1.1-01/energy"),
        ([measured(), measured()], "two records for 1.1-01/energy"),
        ([measured(), measured(part="other")], "1.1-01/other is not in the registry"),
        (
            [{name: value for name, value in measured().items() if name != "data"}],
            "'data' is a required property",
        ),
        ([measured() | {"role": "hope"}], "role: 'hope' is not one of"),
        ([measured() | {"reference": None}], "reference: None is not of type 'number'"),
    ],
)
def test_missing_superfluous_and_odd_records_are_named(records, fault):
    with pytest.raises(InputError, match=fault) as error:
        complete(records, {("1.1-01", "energy"): check()})
    assert "\n" not in str(error.value)


def test_an_error_of_fewer_than_five_units_settles_nothing():
    assert measured(numbers={"n_effective": 4})["outcome"] == "observed"
    assert measured(numbers={"n_effective": 5})["outcome"] == "agrees"
    assert units(measured(numbers={"degrees_of_freedom": 6, "n_effective": 99})) == 7
