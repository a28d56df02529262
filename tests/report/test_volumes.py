"""A second part of the report: its statements are counted apart and say which lecture they come from."""

import copy
import re

import pytest

from scripts.common.chapters import chapters
from scripts.report import ledger as ledgers
from scripts.report import markup
from scripts.report.errata import corrections
from scripts.report.front import front_page
from scripts.report.ledger import glance, ledger
from scripts.report.sources import Run, parts

LECTURES = {
    "title": {"en": "The lectures", "ja": "講義編"},
    "counted": {"en": "{n} statements of lectures, {run} examined at “{scale}”.", "ja": "講義の{n}件"},
}


@pytest.fixture
def two_parts(run, monkeypatch):
    """A run in which the chapter `features` belongs to a part of lectures, one row turned into theirs."""
    features = chapters()["features"] | {"part": "lectures"}
    for module in (ledgers, markup):
        monkeypatch.setattr(module, "parts", lambda: parts() | {"lectures": LECTURES})
        monkeypatch.setattr(module, "chapters", lambda: chapters() | {"features": features})
    other = Run(run.results, run.figures)
    other.claims = copy.deepcopy(run.claims)
    row = next(row for row in other.claims["claims"] if row["experiments"] == ["features"])
    del row["section"]
    row |= {"source": "lecture", "lecture": 3, "verdict": "holds_if"}
    return other


def test_statements_are_counted_apart_and_none_twice(two_parts):
    tallies = glance("en", two_parts.claims)["tallies"]
    rows = two_parts.claims["claims"]
    theirs = sum(row["experiments"][0] == "features" for row in rows)
    said = [int(re.search(r"\d+", tally["line"]).group()) for tally in tallies]
    beside = [sum(other["n"] for other in tally["beside"]) for tally in tallies]
    assert [sum(pair) for pair in zip(said, beside, strict=True)] == [len(rows) - theirs, theirs]
    assert sum(beside) == sum(row["source"] in ("implied", "added") for row in rows)
    assert [sum(tally["counts"].values()) for tally in tallies] == said


@pytest.mark.parametrize("page", [front_page, ledger])
def test_both_counts_stand_on_the_page(two_parts, page):
    html = page("en", two_parts)
    assert all(tally["line"] in html for tally in glance("en", two_parts.claims)["tallies"])
    assert html.count('class="bar"') == 2


def test_a_single_part_needs_no_title_on_the_shelf(run):
    assert "<h3>The book</h3>" not in front_page("en", run)


def test_each_of_two_parts_has_its_title_on_the_shelf(two_parts):
    html = front_page("en", two_parts)
    assert "<h3>The book</h3>" in html
    assert html.index("<h3>The lectures</h3>") < html.index(chapters()["features"]["title"]["en"] + "</b>")


def test_a_statement_of_a_lecture_names_it_and_has_no_section(two_parts):
    html = ledger("ja", two_parts)
    assert "講義：3" in html
    assert "<option></option>" not in html
    assert html.count("<tbody id=") == len(two_parts.claims["claims"])


def test_the_book_is_not_asked_to_mend_what_a_lecture_says(two_parts):
    lectures = {row["id"] for row in two_parts.claims["claims"] if row["source"] == "lecture"}
    assert lectures
    assert not lectures & {view["id"] for views in corrections("en", two_parts).values() for view in views}
