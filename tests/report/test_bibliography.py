"""The list of works: nothing quoted is missing from it, nothing in it is idle, and readers get it."""

import re

import pytest

from scripts.common.chapters import chapters
from scripts.report import bibliography
from scripts.report.bibliography import identifiers, unlisted, users, work_at, works
from scripts.report.page import page
from scripts.report.tokens import tokens
from tests.report.fake import ONSAGER

LATIN = re.compile(r"[\u0000-\u024f\u0370-\u03ff\u2010-\u203a⁰-ₜ]*")


def test_every_identifier_in_prose_registry_and_programs_is_listed():
    assert not unlisted()


def test_every_work_is_used_or_a_standard_one_of_a_chapter():
    idle = [key for key, found in users().items() if not found and not works()[key].get("standard")]
    assert not idle


def test_works_are_sorted_complete_and_in_latin_letters():
    keys = list(works())
    assert keys == sorted(keys, key=str.lower)
    for key, work in works().items():
        assert set(work) - {"doi", "arxiv", "standard"} == {
            "authors", "title", "published", "year", "checked", "number",
        }, key  # fmt: skip
        assert key.rstrip("ABCDEIMS").endswith(str(work["year"])), key
        assert all(LATIN.fullmatch(str(value)) for value in work.values()), key
        assert set(work.get("standard", [])) <= set(chapters()), key


def test_no_two_works_share_an_identifier():
    names = [work[name].lower() for work in works().values() for name in ("doi", "arxiv") if name in work]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[Onsager](https://doi.org/10.1103/PhysRev.65.117): so", {"10.1103/physrev.65.117"}),
        ("[クラマース](https://doi.org/10.1016/S0031-8914(40)90098-2)が", {"10.1016/s0031-8914(40)90098-2"}),
        ("as shown (doi:10.1002/cpa.21422).", {"10.1002/cpa.21422"}),
        ("arXiv:1606.01164, and https://arxiv.org/abs/cond-mat/9904038.", {"1606.01164", "cond-mat/9904038"}),
        ("10.5 of 10.1 and v. 1234.56789", set()),
    ],
)
def test_identifiers_are_found_in_any_surrounding(text, found):
    assert identifiers(text) == found


def test_one_that_is_not_listed_is_named_with_its_place(monkeypatch):
    texts = {("ising", False): "see doi:10.1000/nowhere", ("common", True): "doi:10.1103/PhysRev.65.117"}
    monkeypatch.setattr(bibliography, "texts_by_user", lambda: texts)
    assert unlisted() == {("ising", False): {"10.1000/nowhere"}}


def test_a_link_with_brackets_in_its_address_is_one_piece():
    text = "[Kramers](https://doi.org/10.1016/S0031-8914(40)90098-2) says"
    assert [token.text for token in tokens(text) if token.kind == "url"] == [
        "](https://doi.org/10.1016/S0031-8914(40)90098-2)"
    ]
    assert works()[work_at(text)]["authors"] == "H. A. Kramers"


def test_the_page_names_works_in_latin_letters(run, book):
    html = page("ising", "ja", run)
    assert 'title="L. Onsager, Crystal statistics.' in html
    assert f'href="bibliography.html#{ONSAGER}"' in html
    listed = (book / "ja/bibliography.html").read_text(encoding="utf-8")
    assert all(f'id="{key}"' in listed for key in works())
    assert '<a href="ising.html">' in listed
