"""Numbers in the style of the Particle Data Group, by the examples of its rounding rule."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.report.quantities import deviation, quantity, reference
from scripts.report.records import comparison


@pytest.mark.parametrize(
    ("value", "err", "printed"),
    [
        (0.827, 0.119, "0.83(12)"),  # the Review's own examples
        (0.827, 0.367, "0.8(4)"),
        (-1.85953, 0.0006, "−1.8595(6)"),
        (1.2, 0.0354, "1.200(35)"),
        (1.2, 0.0355, "1.20(4)"),
        (1.2, 0.0949, "1.20(9)"),
        (1.2, 0.0951, "1.20(10)"),
        (123.4, 9.6, "123(10)"),
        (0.02, 0.5, "0.0(5)"),
        (12345.0, 120.0, "1.234(12)×10^4"),
        (5e-7, 3e-8, "5.00(30)×10^−7"),
        (2.4e-15, None, "2.4×10^−15"),
        (64.0, None, "64"),
        (0.0, None, "0"),
        (0.0, 0.001, "0.0000(10)"),
        (2.269185314213022, None, "2.26919"),
    ],
)
def test_a_value_is_rounded_to_the_place_its_error_deserves(value, err, printed):
    assert quantity(value, err).plain == printed


@pytest.mark.parametrize(
    ("value", "bound", "printed"),
    [
        (3.3057e-6, "most", "3.4×10^−6"),
        (3.3057e-6, "least", "3.3×10^−6"),
        (0.7196, "least", "0.71"),
        (3062.8, "least", "3000"),
        (0.9961, "most", "1"),
        (-0.426, "most", "−0.42"),
        (-0.426, "least", "−0.43"),
        (64.0, "most", "64"),
    ],
)
def test_a_bound_stays_true_when_it_is_rounded(value, bound, printed):
    assert quantity(value, digits=2, bound=bound).plain == printed


def test_a_bound_with_an_error_is_refused():
    with pytest.raises(ValueError, match="a bound has no error"):
        quantity(0.5, 0.1, bound="most")


def test_powers_of_ten_keep_their_sign_in_every_form():
    tiny = quantity(2.4e-15)
    assert "10<sup>−15</sup>" in tiny.html
    assert tiny.tex.endswith("10^{-15}")
    assert '#super[#"−15"]' in tiny.typst


@given(st.floats(-1e12, 1e12), st.floats(1e-12, 1e6))
def test_what_is_printed_is_the_value_within_half_a_unit_of_its_last_digit(value, err):
    shown = quantity(value, err)
    digits, _, rest = shown.mantissa.partition("(")
    unit = 10.0 ** (shown.exponent - len(digits.partition(".")[2]))
    assert abs(float(digits) * 10.0**shown.exponent - value) <= 0.501 * unit + 1e-12 * abs(value)
    scale = unit if "." in digits else 10.0**shown.exponent
    # One digit from 355 on: 449 becomes 400, 355 becomes 400.
    assert 0.88 <= int(rest.rstrip(")")) * scale / err <= 1.13


def test_a_reference_shows_one_digit_more_than_the_measurement():
    assert reference(2.269185314213022, 3e-4).plain == "2.269185"
    assert reference(0.61069, 1e-3, 1e-6).plain == "0.6106900(10)"
    assert reference(1.65001, 5.7).plain == "1.65"  # of a measurement far off, whose error hides it


@pytest.mark.parametrize(("value", "err"), [(math.nan, None), (math.inf, 1.0), (1.0, -0.1), (1.0, math.nan)])
def test_a_number_that_cannot_be_printed_is_refused(value, err):
    with pytest.raises(ValueError, match="not a printable number"):
        quantity(value, err)


def test_a_deviation_shows_its_sign():
    assert [deviation(z) for z in (0.4, -1.234, None)] == ["+0.40", "−1.23", "—"]


def test_a_deviation_beyond_all_probability_is_not_counted():
    assert [deviation(z) for z in (37.0, 81704.97, -2221.0)] == ["+37.00", "> 37", "< −37"]


@pytest.mark.parametrize(
    ("kind", "direction", "sign"),
    [("bound", "below", "≤ "), ("bound", "above", "≥ "), ("trend", "above", "> "), ("exact", None, "")],
)
def test_a_bound_may_be_reached_and_a_trend_must_be_seen(kind, direction, sign):
    assert comparison({"kind": kind, "direction": direction}) == sign
