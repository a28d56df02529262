"""What reference values rest on, in Japanese: nothing left in English, nothing stale, the same numbers."""

import re
import unicodedata
from collections import Counter

import pytest

from scripts.common.chapters import CHAPTERS
from scripts.common.claims.registry import registry
from scripts.report.page import page
from scripts.report.sources import references

CITATION = re.compile(r"(?:(?:[A-Z][\w.-]*|and)[ ,]+)+\d+, \d+ \(\d{4}\)")
WORD = re.compile(r"(?<![A-Za-z])[a-z]{3,}(?![A-Za-z])")
FORMULA = {"exp", "cosh", "tanh", "coth", "arctan", "erf", "erfc", "sqrt", "det", "nat"}
FORMULA |= {"alpha", "beta", "gamma", "eta", "tau", "theta"}
SPELLED = {
    "zero": "0",
    "one": "1",
    "two": "2",
    "half": "1/2",
    "quarter": "1/4",
    "squared": "2",
    "a tenth": "0.1",
    "nine tenths": "0.9",
}
"""Words for which the Japanese may have digits."""


def rests_on():
    """Each `reference_source` of the registry."""
    rows = registry(CHAPTERS.glob("*/claims.yaml"))
    return {check["reference_source"] for row in rows for check in row["checks"]}


def in_words(english):
    """Whether there is more than a citation, a number or a formula."""
    rest = CITATION.sub("", english)
    return "'s " in rest or bool(set(WORD.findall(rest)) - FORMULA)


def numbers(text):
    return Counter(re.findall(r"\d+(?:\.\d+)?", unicodedata.normalize("NFKC", text)))


def unlike(english, japanese):
    """Numbers that one language has and the other does not."""
    spelled = [digits for word, digits in SPELLED.items() if re.search(rf"\b{word}\b", english)]
    added = numbers(japanese) - numbers(english)
    return set(numbers(english) - numbers(japanese)) | (set(added) - set(numbers(" ".join(spelled))))


def test_all_that_has_words_has_japanese_ones():
    assert {text for text in rests_on() if in_words(text)} <= set(references())


def test_no_translation_is_left_of_what_no_check_says():
    assert set(references()) <= rests_on()


def test_translations_have_the_numbers_of_the_english():
    assert not [english for english, text in references().items() if unlike(english, text)]


def test_no_translation_needs_one_itself():
    assert not [text for text in references().values() if in_words(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("zero, no relation", True),
        ("Onsager's T_c", True),
        ("Gardner, J. Phys. A 21, 257 (1988): 2", False),
        ("Peskun, Biometrika 60, 607 (1973), as printed", True),
        ("0.610690(1), Kamieniarz and Blöte, J. Phys. A 26, 201 (1993)", False),
        ("(1 − √(1 − β)) / (β / 2)", False),
    ],
)
def test_citations_and_formulas_need_no_translation(text, words):
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("english", "japanese", "wrong"),
    [
        ("1/T with T off by 1 %", "T を 1 % ずらした 1/T", set()),
        ("1/T with T off by 1 %", "T を 2 % ずらした 1/T", {"1", "2"}),
        ("1/T with T off by 1 %", "T をずらした 1/T", {"1"}),
        ("rate s^2", "η s²", set()),
        ("one: a curvature", "1：曲率", set()),
        ("one: a curvature", "2：曲率", {"2"}),
    ],
)
def test_a_number_that_was_lost_or_changed_is_seen(english, japanese, wrong):
    assert unlike(english, japanese) == wrong


def test_each_language_has_its_own_words(run):
    english, japanese = page("ising", "en", run), page("ising", "ja", run)
    assert "difference falls as 1/N" in english
    assert "difference falls as 1/N" not in japanese
    assert "1/N に比例した差の減少" in japanese
    assert "1/N に比例した差の減少" not in english
