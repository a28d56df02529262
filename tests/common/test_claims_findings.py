"""What groups of checks find in tables: rows, numbers with their errors, and what is missing."""

import math

import numpy as np
import pandas as pd
import pytest

from scripts.common.claims.findings import (
    ALL_AGREE,
    Found,
    average,
    column,
    compared,
    exponent,
    known,
    less,
    provided,
    quoted,
    recorded,
    row_where,
    scaled,
    where,
)
from scripts.common.io import InputError
from scripts.common.settle import sized_checks
from scripts.common.statistics import Estimate
from tests.common.claims_examples import check

SOURCE = {"data": "ising/tables/thermodynamics.csv", "rule": "ising_thermodynamics"}
TABLE = pd.DataFrame(
    {
        "lattice": ["square", "square", "torus"],
        "T": ["2.269185314213022", "2.30", "inf"],
        "L": [4, 8, 8],
        "m": [0.5, 0.25, 0.125],
        "m_err": [0.05, 0.01, 0.0],
        "runs": [16, 8, 8],
        "samples": [100, 200, 300],
    }
)


def test_rows_are_found_by_all_their_values():
    assert list(where(TABLE, lattice="square", L=8).index) == [1]
    assert where(TABLE, lattice="torus", L=4).empty
    assert row_where(TABLE, L=8)["lattice"] == "square"
    assert row_where(TABLE, L=16) is None


def test_numbers_are_found_up_to_rounding_and_no_further():
    """Temperatures are text in some tables; ones that differ in the ninth digit are two."""
    assert list(where(TABLE, T=2.269185314213022 * (1 + 1e-12)).index) == [0]
    assert where(TABLE, T=2.269185314213022 * (1 + 1e-8)).empty
    assert list(where(TABLE, T=math.inf).index) == [2]


def test_a_column_comes_with_its_error_and_what_stands_behind_it():
    row = TABLE.iloc[0]
    assert column(row, "m") == Found(0.5, 0.05, None, None)
    assert column(row, "m", replicas="runs", n_effective="samples") == Found(0.5, 0.05, 15, 100)
    assert column(row, "m", per="L", replicas=64) == Found(0.125, 0.0125, 63, None)
    assert column(row, "m", per=0.5)[:2] == (1.0, 0.1)
    assert column(None, "m", per="L", replicas="runs") is None


def test_an_average_weighs_all_rows_alike_and_adds_their_errors_in_quadrature():
    rows = TABLE.head(2)
    assert average(rows, "m")[:2] == (0.375, pytest.approx(math.hypot(0.05, 0.01) / 2))
    found = average(rows, "m", per="L")
    assert found[:2] == pytest.approx((0.078125, math.hypot(0.0125, 0.00125) / 2))


def test_a_power_comes_back_with_the_error_of_a_weighted_fit():
    """ln 2 apart, two points of 5 and 4 per cent: the error is their sum in quadrature over ln 2."""
    found = exponent(TABLE.head(2), "L", "m")
    assert found.value == pytest.approx(-1.0)
    assert found.err == pytest.approx(math.hypot(0.1, 0.04) / math.log(2))


@pytest.mark.parametrize("found", [None, math.nan, math.inf, (math.nan, 0.1), (1.0, math.nan)])
def test_what_is_not_finite_is_not_known(found):
    assert known(found) is None


def test_what_is_finite_is_known_whatever_its_form():
    for found in (1.5, (1.5, 0.0), (1.5, None), Found(1.5, 0.1, math.inf), np.float64(2)):
        assert known(found) is found


def test_differences_and_multiples_keep_their_errors_and_freedom():
    first, second = Found(3.0, 0.3, 7, 50), (1.0, 0.4)
    assert less(first, second) == Found(2.0, pytest.approx(0.5), 7, 50)
    assert less(None, second) is less(first, None) is None
    assert scaled(first, 100) == Found(300.0, 30.0, 7, 50)
    assert scaled((2.0, 0.5), 2)[:2] == (4.0, 1.0)
    assert scaled(None, 100) is None


def test_rows_that_the_configuration_does_not_allow_lose_their_numbers():
    rows = [("1.1-01", "energy", 1.0, 1.0), ("1.1-01", "heat", (2.0, 0.1), 2.0, "more sizes")]
    assert provided(True, "more sweeps", rows) is rows
    assert provided(False, "more sweeps", rows) == [
        ("1.1-01", "energy", None, None, "more sweeps"),
        ("1.1-01", "heat", None, None, "more sweeps"),
    ]


def test_a_number_is_compared_with_all_that_belongs_to_it():
    made = compared(check(), Found(1.01, 0.05, 9, 1000), (1.0, 0.02), "more sizes")
    assert (made["measured"], made["error"], made["reference"], made["reference_error"]) == (
        1.01, 0.05, 1.0, 0.02,
    )  # fmt: skip
    assert (made["degrees_of_freedom"], made["n_effective"], made["needs"]) == (9, 1000, None)
    assert made["outcome"] == "agrees"


def test_infinitely_many_degrees_of_freedom_are_none_to_count():
    """A fit gives them; the error is then taken as known."""
    assert compared(check(), Estimate(1.0, 0.05, math.inf), 1.0)["degrees_of_freedom"] is None
    assert compared(check(), Estimate(1.0, 0.05, 4), 1.0)["degrees_of_freedom"] == 4


def test_a_bare_number_is_compared_by_its_tolerance():
    made = compared(check(kind="identity"), 1.005, 1.0)
    assert made["error"] is None
    assert made["outcome"] == "agrees"
    assert compared(check(role="observation"), 3.0)["reference"] is None


@pytest.mark.parametrize(("found", "needs"), [(None, "4 in ising.sizes"), ((1.0, 0.0), ALL_AGREE)])
def test_what_is_missing_is_recorded_with_what_it_needs_and_refused_without(found, needs):
    made = compared(check(), found, 1.0, "4 in ising.sizes")
    assert (made["outcome"], made["needs"], made["measured"]) == ("unmeasured", needs, None)
    with pytest.raises(ValueError, match=r"claim 1\.1-01, part energy: (measured is nan|error 0\.0)"):
        compared(check(), found, 1.0)


def test_a_number_that_is_not_finite_is_a_fault_even_where_it_may_be_missing():
    with pytest.raises(ValueError, match="measured is nan"):
        compared(check(), (math.nan, 0.1), 1.0, "4 in ising.sizes")


def test_findings_become_records_with_their_source():
    checks = {("1.1-01", "energy"): check(), ("1.1-01", "heat"): check(part="heat")}
    other = {"data": "ising/tables/naive.csv", "rule": "ising_naive"}
    rows = [("1.1-01", "energy", (1.0, 0.05), 1.0)], [("1.1-01", "heat", None, 1.0, "more sizes")]
    records = recorded(checks, [(SOURCE, rows[0]), (other, rows[1])])
    assert [(each["part"], each["outcome"]) for each in records] == [
        ("energy", "agrees"), ("heat", "unmeasured"),
    ]  # fmt: skip
    assert [each["rule"] for each in records] == ["ising_thermodynamics", "ising_naive"]
    assert records[1]["data"] == "ising/tables/naive.csv"


def test_numbers_are_quoted_with_unit_error_and_source():
    found = quoted("ising.cold", SOURCE, "J", energy=Found(-1.7, 0.1, 63, 1e4), exact=-1.75, size=np.int64(8))
    assert found == {
        "ising.cold.energy": {"value": -1.7, "err": 0.1, "unit": "J"} | SOURCE,
        "ising.cold.exact": {"value": -1.75, "err": None, "unit": "J"} | SOURCE,
        "ising.cold.size": {"value": 8.0, "err": None, "unit": "J"} | SOURCE,
    }


def test_a_missing_number_is_a_dash_with_its_reason_and_refused_without():
    found = quoted("ising", SOURCE, "J", "2.00 in ising.temperatures", energy=None)["ising.energy"]
    assert (found["value"], found["reason"], found["unit"]) == (None, "2.00 in ising.temperatures", "J")
    with pytest.raises(ValueError, match="cannot be quoted"):
        quoted("ising", SOURCE, energy=None)
    with pytest.raises(ValueError, match="cannot be quoted"):
        quoted("ising", SOURCE, "", "more sizes", energy=(math.nan, 0.1))


def varied(role="statement"):
    return check(role=role, varied={"en": "the rate", "ja": "学習率"})


def test_of_several_choices_the_least_favorable_is_judged():
    found = {
        rate: Found(1.0 + shift, 0.05, n_effective=99) for rate, shift in ((0.1, 0.0), (1, 0.2), (10, 0.1))
    }
    made = compared(varied(), found, 1.0)
    assert made["measured"] == pytest.approx(1.2)
    assert [each["choice"] for each in made["across"]] == [0.1, 1, 10]
    assert [each["outcome"] for each in made["across"]] == ["agrees"] * 3
    assert compared(varied("control"), found, 1.0)["measured"] == pytest.approx(1.0)


def test_two_choices_are_too_few_and_a_missing_one_leaves_the_check_unmeasured():
    with pytest.raises(ValueError, match="needs 3 of them; there are 2"):
        compared(varied(), {1: (1.0, 0.1), 2: (1.0, 0.1)}, 1.0)
    found = {1: (1.0, 0.1), 2: None, 3: (1.0, 0.1)}
    assert compared(varied(), found, 1.0, "rate 2")["needs"] == "rate 2"


def test_a_systematic_error_comes_from_a_number_of_the_chapter():
    stated = check(systematic={"from": "ising.cut", "reason": "cut"})
    key = stated["claim"], stated["part"]
    with pytest.raises(InputError, match=r"'ising\.cut' is no number of the chapter"):
        sized_checks({key: stated}, {})
    sized = sized_checks({key: stated}, {"ising.cut": {"value": -0.02}})[key]
    assert compared(sized, (1.0, 0.01), 1.0)["systematic"] == {
        "value": 0.02,
        "from": "ising.cut",
        "reason": "cut",
    }
    lacking = sized_checks({key: stated}, {"ising.cut": {"value": None, "reason": "two sizes"}})[key]
    made = compared(lacking, (1.0, 0.01), 1.0)
    assert (made["needs"], made["systematic"], made["measured"]) == ("two sizes", None, None)


def test_a_choice_that_settles_nothing_is_less_favorable_than_one_that_passes():
    found = {0.1: (1.1, 0.05), 1: (1.0, 3.0), 10: (1.0, 0.05)}
    made = compared(varied(), found, 1.0)
    assert (made["outcome"], made["passed"]) == ("not_resolved", None)
    assert compared(varied(), found | {1: (2.0, 0.05)}, 1.0)["passed"] is False
