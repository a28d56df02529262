"""The verdict of a row: every path, each with a variant that breaks it on purpose."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.common.claims.records import sourced, unmeasured
from scripts.common.claims.registry import record_error
from scripts.common.claims.verdicts import VERDICTS, all_verdicts, verdict
from scripts.common.io import InputError
from tests.common.claims_examples import check, measured, registry_row

CONTROL = measured(9.0, role="control", part="control")
INSIDE = measured(0.0, role="condition_inside", part="inside")
OUTSIDE = measured(9.0, role="condition_outside", part="outside")
PRINTED = measured(9.0, part="printed")
CORRECTION = measured(0.0, role="correction", part="corrected", corrects="printed")
OBSERVATION = measured(3.0, role="observation", part="seen")


def found(*records, expectation="holds"):
    return verdict(expectation, records)[0]


def test_statements_that_pass_hold():
    assert found(measured(), CONTROL, OBSERVATION) == "holds"
    assert found(measured(), measured(kind="identity", part="identity")) == "holds"


def test_an_exact_reference_that_fails_is_a_failure():
    assert found(measured(4.6), CONTROL) == "failed"
    assert found(measured(), measured(1.5, kind="identity", part="identity")) == "failed"


def test_a_control_that_is_not_rejected_is_a_failure():
    assert found(measured(), measured(0.0, role="control", part="control")) == "failed"
    assert found(measured(), measured(4.7, role="control", part="control")) == "failed"
    assert (
        "a control was not rejected" in verdict("holds", [measured(), measured(role="control", part="c")])[1]
    )


def test_a_control_without_power_leaves_the_row_open():
    blunt = measured(0.0, role="control", part="control", numbers={"error": 0.2})
    assert verdict("holds", [measured(), blunt]) == ("open", "not resolved: ising/control")


def test_a_published_value_that_differs_is_open():
    assert verdict("holds", [measured(9.0, kind="published")]) == (
        "open",
        "differs from the literature: ising/energy",
    )
    assert found(measured(0.0, kind="published")) == "holds"


def test_a_published_inside_of_a_condition_that_fails_is_a_failure():
    inside = measured(9.0, role="condition_inside", part="inside", kind="published")
    assert found(inside, OUTSIDE) == "failed"


def test_a_condition_shown_on_both_sides_holds_under_it():
    assert found(INSIDE, OUTSIDE, CONTROL) == "holds_if"
    assert found(measured(), INSIDE, OUTSIDE) == "holds_if"


def test_a_condition_that_fails_inside_is_a_failure():
    assert found(measured(9.0, role="condition_inside", part="inside"), OUTSIDE) == "failed"


def test_a_condition_that_is_none_is_a_failure():
    """The statement holds outside as well: the predicted exception was not there."""
    assert found(INSIDE, measured(0.0, role="condition_outside", part="outside")) == "failed"


def test_one_side_of_a_condition_is_not_enough():
    assert found(INSIDE, measured(part="statement")) == "open"


def test_a_statement_rejected_as_printed_with_its_correction_is_refuted():
    assert found(PRINTED, CORRECTION) == "refuted_as_printed"
    assert found(PRINTED, CORRECTION, measured(), INSIDE, OUTSIDE) == "refuted_as_printed"


def test_a_refutation_needs_five_standard_errors():
    assert found(measured(4.7, part="printed"), CORRECTION) == "open"


def test_a_refutation_needs_its_own_correction():
    other = measured(0.0, role="correction", part="corrected", corrects="other")
    assert found(PRINTED, other, measured(part="other")) == "failed"


def test_a_correction_that_fails_is_a_failure():
    assert found(PRINTED, measured(9.0, role="correction", part="corrected", corrects="printed")) == "failed"


def test_a_correction_that_is_not_resolved_leaves_the_row_open():
    blunt = measured(0.0, role="correction", part="corrected", corrects="printed", numbers={"error": 0.2})
    assert verdict("refuted_as_printed", [PRINTED, blunt]) == ("open", "not resolved: ising/corrected")


def test_a_correction_of_another_experiment_corrects_nothing_here():
    assert found(PRINTED, CORRECTION | {"experiment": "maxent"}) == "failed"


def test_a_statement_that_turns_out_right_is_not_refuted():
    assert found(measured(part="printed"), CORRECTION, expectation="refuted_as_printed") == "holds"


def test_observations_alone_are_open():
    assert verdict("holds", [OBSERVATION]) == ("open", "observed only")
    assert found(OBSERVATION, CONTROL) == "open"


def test_too_few_units_are_open():
    few = measured(0.0, numbers={"degrees_of_freedom": 3})
    assert verdict("holds", [few]) == ("open", "fewer than five independent units: ising/energy")


def test_a_statement_that_is_not_resolved_is_open():
    assert found(measured(0.0, numbers={"error": 0.2}), CONTROL) == "open"


def test_a_definition_stays_one_while_its_identity_passes():
    assert found(measured(kind="identity"), expectation="definition") == "definition"
    assert found(measured(2.0, kind="identity"), expectation="definition") == "failed"


def test_a_row_without_records_was_not_run():
    assert found() == found(expectation="definition") == "not_run"


def test_a_failure_outweighs_all_else():
    blunt = measured(0.0, part="blunt", numbers={"error": 0.2})
    published = measured(9.0, kind="published", part="published")
    assert found(blunt, published, measured(9.0, part="wrong")) == "failed"


def test_a_row_inherits_the_worst_verdict():
    rows = [
        registry_row(id="1-01"),
        registry_row(id="1-02"),
        registry_row(id="1-03", inherits=["1-01", "1-02"]),
        registry_row(id="1-04", inherits=["1-03"]),
    ]
    records = {"1-01": [measured()], "1-02": [INSIDE, OUTSIDE]}
    got = all_verdicts(rows, records)
    assert got["1-03"] == ("holds_if", "inherited from the worst of its rows: 1-02")
    assert got["1-04"][0] == "holds_if"
    assert all_verdicts(rows, {"1-01": [measured(9.0)]})["1-04"][0] == "failed"
    assert all_verdicts(rows, {"1-01": [measured()]})["1-04"][0] == "not_run"


def test_the_order_of_verdicts_puts_a_refuted_part_above_an_open_one():
    assert sorted(["failed", "holds", "open", "refuted_as_printed", "not_run"], key=VERDICTS.index) == [
        "holds",
        "open",
        "not_run",
        "refuted_as_printed",
        "failed",
    ]


def test_inheriting_in_a_circle_is_refused():
    rows = [registry_row(id="1-01", inherits=["1-02"]), registry_row(id="1-02", inherits=["1-01"])]
    with pytest.raises(InputError, match="in a circle: 1-01, 1-02"):
        all_verdicts(rows, {})


ROLES = ["statement", "correction", "condition_inside", "condition_outside", "control", "observation"]
RECORDS = st.lists(
    st.builds(
        lambda role, kind, deviation, error: measured(
            deviation, role=role, kind=kind, part=role, corrects="statement", numbers={"error": error}
        ),
        st.sampled_from(ROLES),
        st.sampled_from(["exact", "published", "identity"]),
        st.sampled_from([0.0, 3.0, 4.7, 9.0, 200.0]),
        st.sampled_from([0.05, 0.2]),
    ),
    max_size=4,
)


@given(RECORDS, st.sampled_from(["holds", "holds_if", "refuted_as_printed", "open", "definition"]))
def test_the_verdict_does_not_depend_on_the_order_of_records(records, expectation):
    named = [
        each | {"part": f"{each['part']}_{i}" if each["part"] != "statement" else "statement"}
        for i, each in enumerate(records)
    ]
    verdicts = {verdict(expectation, order) for order in itertools.permutations(named)}
    assert len(verdicts) == 1
    assert verdicts.pop()[0] in VERDICTS


@given(RECORDS)
def test_no_row_holds_with_a_failed_or_unsettled_record(records):
    if found(*records) in ("holds", "holds_if"):
        assert all(each["passed"] for each in records if each["role"] != "observation")


def test_a_check_that_the_configuration_does_not_allow_leaves_the_row_open():
    missing = sourced([unmeasured(check(), "T = 2.00 in ising.temperatures")], "ising/claims.json", "rule")[0]
    assert record_error(missing) is None
    found = verdict("holds", [missing, CONTROL])
    assert found == ("open", "not measured in this configuration: ising/energy")


def test_identities_alone_settle_no_empirical_sentence():
    identity = measured(kind="identity")
    assert verdict("holds", [identity], "mathematical") == ("holds", "")
    assert verdict("holds", [identity], "empirical")[0] == "open"
    assert (
        verdict("holds", [identity, measured(part="control", role="control", deviation=30)], "empirical")[0]
        == "open"
    )
    assert verdict("holds", [identity, measured(part="share")], "empirical") == ("holds", "")
