"""Errata: only what was measured stands under corrections."""

import copy
import re

import pytest

from scripts.report.differences import differences, mixed
from scripts.report.errata import corrections, errata
from scripts.report.sources import Run

ERRATUM = {
    "kind": "misprint",
    "printed_ja": "符号は負とされる。",
    "printed_en": "The sign is said to be minus.",
    "corrected_ja": "符号は正である。",
    "corrected_en": "The sign is plus.",
}


def without_marks(html):
    return re.sub(r"</?(ins|del)>", "", html)


@pytest.fixture
def edited(run):
    """A `Run` whose claims a test may change, and its rows by id."""
    other = Run(run.results, run.figures)
    other.claims = copy.deepcopy(run.claims)
    rows = {row["id"]: row for row in other.claims["claims"]}
    for row in rows.values():
        row.pop("erratum", None)
    return other, rows


def places(run):
    """Where each claim stands on the page."""
    return {view["id"]: place for place, views in corrections("en", run).items() for view in views}


@pytest.mark.parametrize(
    ("verdict", "place"),
    [
        ("refuted_as_printed", "corrected"),
        ("holds", "waiting"),
        ("open", "waiting"),
        ("failed", "waiting"),
        ("not_run", "waiting"),
    ],
)
def test_a_sentence_is_called_wrong_only_when_its_refutation_was_measured(edited, verdict, place):
    run, rows = edited
    rows["1.1-01"] |= {"erratum": ERRATUM, "verdict": verdict}
    assert places(run)["1.1-01"] == place


@pytest.mark.parametrize(("passed", "place"), [(True, "corrected"), (False, "waiting"), (None, "waiting")])
def test_a_misprint_beside_a_true_statement_needs_its_own_checks(edited, passed, place):
    run, rows = edited
    row = rows["1.1-01"]
    row |= {"erratum": ERRATUM | {"parts": ["energy_ordered"]}, "verdict": "holds"}
    next(record for record in row["records"] if record["part"] == "energy_ordered")["passed"] = passed
    assert places(run)["1.1-01"] == place


def test_the_book_is_not_asked_to_mend_what_it_does_not_say(edited):
    run, rows = edited
    row = rows["1.1-01"]
    row["verdict"] = "holds_if"
    assert places(run)["1.1-01"] == "conditions"
    row["source"] = "added"
    assert "1.1-01" not in places(run)


def test_the_page_says_what_stands_under_corrections_and_shows_the_note(edited):
    run, rows = edited
    rows["1.1-01"] |= {"erratum": ERRATUM | {"note_en": "Both are said.", "note_ja": "注記。"}}
    rows["1.1-01"]["verdict"] = "refuted_as_printed"
    assert "refuted as printed (1)" in errata("en", run)
    assert "Both are said." in errata("en", run)
    assert "注記。" in errata("ja", run)


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("The sign is minus.", "The sign is plus.", [("minus", "plus")]),
        ("分布Qを使い、分布Pを見る。", "分布Pを使い、分布Qを見る。", [("Q", "P"), ("P", "Q")]),
        ("$a$ holds here.", "$b$ holds here.", [("$a$", "$b$")]),
        ("It is so.", "It is so, if x.", [("", ", if x")]),
        ("same", "same", []),
    ],
)
def test_what_differs_between_two_wordings_is_marked_and_nothing_is_lost(old, new, marked):
    before, after = differences(old, new)
    assert ("".join(text for text, _ in before), "".join(text for text, _ in after)) == (old, new)
    for i, pieces in enumerate((before, after)):
        assert [text for text, changed in pieces if changed] == [pair[i] for pair in marked if pair[i]]


def test_formulas_of_the_errata_are_set_as_such():
    assert "<math" in mixed(r"so that $\frac{1}{N}$ remains", "html")
    assert "#math.equation" in mixed(r"so that $\frac{1}{N}$ remains", "typst")


def test_a_true_statement_stands_nowhere_and_a_conditional_one_shows_both_sides(edited):
    run, rows = edited
    found = places(run)
    assert found["8.2-01"] == "conditions"
    assert {rows[name]["verdict"] for name in found} == {"holds_if"}
    shown = next(view for view in corrections("en", run)["conditions"] if view["id"] == "8.2-01")["shown"]
    assert {record["role_key"] for record in shown} == {"condition_inside", "condition_outside"}


def test_the_page_shows_the_sentence_its_correction_and_the_numbers_in_both_languages(edited):
    run, rows = edited
    rows["1.1-01"] |= {"erratum": ERRATUM, "verdict": "refuted_as_printed"}
    english, japanese = (without_marks(errata(language, run)) for language in ("en", "ja"))
    for html in (english, japanese):
        assert ERRATUM["printed_ja"] in html
        assert ERRATUM["corrected_ja"] in html
    assert ERRATUM["printed_en"] in english
    assert ERRATUM["corrected_en"] in english
    assert "ising/tables/thermodynamics.csv" in english
