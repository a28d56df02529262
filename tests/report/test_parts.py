"""The pages of the book as a whole: dictionary, data, provenance, search, the single file."""

import json
import re

import pytest

from scripts.common.io import InputError
from scripts.report import front
from scripts.report.data import tables
from scripts.report.front import correspondences
from scripts.report.proofread import Anatomy
from scripts.report.provenance import rule_bars
from scripts.report.sources import dictionary
from tests.report.conftest import WAYS


def test_each_line_of_the_dictionary_leads_to_chapters_and_verdicts(book, run):
    html = (book / "index.html").read_text(encoding="utf-8")
    lines = [line for part in correspondences("en", run) for line in part["lines"]]
    assert len(lines) == 12
    for line in lines:
        assert line["chapters"]
        for view in line["claims"]:
            assert f'href="ledger.html#{view["id"]}"' in html


def test_a_dictionary_that_names_no_claim_is_refused(run, monkeypatch):
    line = {"physics": {"en": "a"}, "learning": {"en": "b"}, "chapters": ["ising"], "claims": ["77"]}
    monkeypatch.setattr(front, "dictionary", lambda: [{"part": {"en": "c"}, "lines": [line]}])
    with pytest.raises(InputError, match=r"dictionary\.yaml: there is no '77'"):
        correspondences("en", run)


def test_the_data_dictionary_explains_every_column(book):
    for language, way in WAYS.items():
        html = (book / way / "data.html").read_text(encoding="utf-8")
        for table in tables("ising", language):
            assert f'id="ising-{table["name"]}"' in html
            for column in table["columns"]:
                assert f"<code>{column['name']}</code>" in html


def test_times_are_drawn_in_proportion_the_longest_first():
    rules = {
        name: {"script": "", "jobs": jobs, "seconds": seconds, "slowest": seconds}
        for name, jobs, seconds in (("a", 1, 5.0), ("b", 3, 20.0), ("c", 0, 0.0))
    }
    assert [(rule["name"], rule["share"]) for rule in rule_bars(rules)] == [("b", 100.0), ("a", 25.0)]


def test_the_provenance_shows_commit_times_and_benchmarks(book):
    html = (book / "provenance.html").read_text(encoding="utf-8")
    html = html.replace("<wbr>", "").replace("\N{NO-BREAK SPACE}", " ")
    for text in ("0123456789", "ising_simulate", "20.0 s", "multispin", "2374"):
        assert text in html


def test_the_search_finds_tables_and_correspondences(book):
    text = (book / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(text.splitlines()[0].removeprefix("REPORT_DATA.search = ").removesuffix(";"))
    hrefs = {entry["href"] for entry in entries}
    assert {"data.html#ising-thermodynamics", "ja/index.html#dictionary", "ledger.html#0-01"} <= hrefs
    assert all(line["physics"]["ja"] in text for part in dictionary() for line in part["lines"])


@pytest.mark.parametrize("language", WAYS)
def test_the_single_file_needs_nothing_beside_it(book, language):
    html = (book / f"rashinban.{language}.html").read_text(encoding="utf-8")
    found = Anatomy(html)
    assert all(address.startswith("data:") for address in found.loaded)
    assert not re.search(r"url\((?!data:)", html.partition("</style>")[0])
    assert {link for link in found.links if not link.startswith(("#", "https:"))} == {
        f"rashinban.{'ja' if language == 'en' else 'en'}.html"
    }
    assert {"index", "ising", "ledger", "errata", "ising.fig-binder", "ledger.1.1-01"} <= set(found.ids)


def test_equal_pages_give_an_equal_single_file(book):
    from scripts.report.single import single

    paths = [book / f"{name}.html" for name in ("index", "ising", "ledger")]
    assert single(paths, "en") == single(paths, "en")
