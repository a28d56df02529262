"""The pages as a reader gets them: links that lead somewhere, nothing from outside, nothing unescaped."""

import ast
import copy
import json
import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from scripts.common.claims import verdicts
from scripts.common.io import InputError
from scripts.report import evidence, records, typst_parts
from scripts.report.errata import errata
from scripts.report.front import front_page
from scripts.report.ledger import ledger
from scripts.report.page import page
from scripts.report.proofread import Anatomy, check_pages
from scripts.report.provenance import provenance_page
from scripts.report.sources import Run, interface, unfolded
from tests.report.fake import ONSAGER, SAID


def pages(book):
    return sorted(book.rglob("*.html"))


def spoiled(book, tmp_path, name, old, new):
    """A copy of the report in which one text of one page is replaced."""
    copy = tmp_path / "book"
    shutil.copytree(book, copy)
    text = (copy / name).read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old!r} to spoil"
    (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def test_every_link_leads_somewhere_and_nothing_comes_from_outside(book):
    assert check_pages(pages(book)) > 1000
    for style in book.rglob("*.css"):
        for address in re.findall(r"url\(([^)]*)\)", style.read_text(encoding="utf-8")):
            assert (style.parent / address).exists(), f"{style.name}: {address}"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('href="#fig-binder"', 'href="#fig-bender"', "ising.html: dead link: #fig-bender"),
        ('href="ledger.html"', 'href="lodger.html"', "dead link: lodger.html"),
        ('src="files/', 'src="https://example.org/', "loads from outside: https://example"),
        ('src="files/', 'src="flies/', "loads a file that is not there: flies/"),
        (' alt="', ' old="', "no alt text"),
        ('id="law"', 'id="question"', "the id 'question' stands there twice"),
    ],
)
def test_a_fault_of_a_page_is_refused_by_name(book, tmp_path, old, new, message):
    copy = spoiled(book, tmp_path, "ising.html", old, new)
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        check_pages(pages(copy))
    assert "\n" not in str(caught.value)


def test_both_languages_have_the_same_ids(book):
    for name in ("index", "ising", "ledger", "errata", "bibliography", "data", "provenance"):
        one, two = (Anatomy((book / way / f"{name}.html").read_text(encoding="utf-8")) for way in ("", "ja"))
        assert one.ids == two.ids


def test_the_ledger_shows_every_claim_with_its_verdict(book, run):
    rows = run.claims["claims"]
    for language, way in (("en", ""), ("ja", "ja")):
        html = (book / way / "ledger.html").read_text(encoding="utf-8")
        shown = dict(re.findall(r'<tbody id="([^"]+)" data-verdict="(\w+)"', html))
        assert shown == {row["id"]: row["verdict"] for row in rows}
        for row in rows:
            assert interface(language)[f"verdict_{row['verdict']}"] in html


def test_the_chapter_shows_its_numbers_and_where_they_come_from(book):
    html = (book / "ising.html").read_text(encoding="utf-8")
    assert '<a class="n" href="#n-ising.energy_cold">−1.745571(12)</a>' in html
    assert '<tr id="n-ising.energy_cold">' in html
    assert "2.269185314" in html


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_check_says_what_it_shows_how_it_was_made_and_what_is_planted(book, run, language):
    pages = [("ja/" if language == "ja" else "") + name for name in ("ising.html", "ledger.html")]
    tried = next(row for row in run.claims["claims"] if row["id"] == "1.1-01")["records"]
    assert any(record["across"] for record in tried)
    for address in pages:
        html = (book / address).read_text(encoding="utf-8")
        said = [SAID[f"shows_{language}"], "ising/code/kernels/wolff.py", SAID["fault"][language]]
        said += [
            SAID["varied"][language],
            f'href="bibliography.html#{ONSAGER}"',
            interface(language)["marks_note"],
        ]
        assert not [text for text in said if text not in html], address


def test_what_each_kind_of_check_can_show_stands_beside_the_counts(book, run):
    html = (book / "index.html").read_text(encoding="utf-8")
    assert interface("en")["shows_identity"] in html
    assert "verdict=holds&amp;ground=identity&amp;source=book" in html
    assert "Σz² = 5.0" in html
    assert "ほの" in html


def test_a_rejected_number_does_not_look_like_its_reference():
    found = {"measured": 1.02850004, "reference": 1.0285, "error": None, "reference_error": 0.0}
    measured, known = records.numbers(found | {"outcome": "rejected"})
    assert measured.plain != known.plain


SMUGGLED = "<script>alert(1)</script>"


def test_neither_claims_nor_configuration_smuggle_markup_into_a_page(run):
    other = Run(run.results, run.figures)
    other.claims = copy.deepcopy(run.claims)
    other.claims["scale"] = other.claims["claims"][0]["statement_en"] = SMUGGLED
    other.provenance = copy.deepcopy(run.provenance)
    other.provenance["configuration"]["scale"] = SMUGGLED
    for made in (ledger, front_page, errata, provenance_page, partial(page, "ising")):
        html = made("en", other)
        assert SMUGGLED not in html
        assert "&lt;script&gt;alert" in html


def test_equal_results_give_an_equal_page(run):
    assert page("ising", "ja", run) == page("ising", "ja", run)


def test_the_search_index_is_one_assignment_with_both_languages(book):
    text = (book / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(text.splitlines()[0].removeprefix("REPORT_DATA.search = ").removesuffix(";"))
    assert {entry["language"] for entry in entries} == {"en", "ja"}
    assert any("自由エネルギー" in entry["text"] for entry in entries)
    for entry in entries:
        assert (book / entry["href"].partition("#")[0]).exists(), entry["href"]


def test_a_chapter_loads_little(book):
    theme = ["book.css", "theme.js", "book.js", "search.js", "players.js"]
    size = sum((book / "assets" / name).stat().st_size for name in theme)
    size += sum(path.stat().st_size for path in (book / "assets" / "fonts").glob("*.woff2"))
    size += (book / "ising.html").stat().st_size
    size += sum(path.stat().st_size for path in (book / "files").rglob("*.en.light.webp"))
    assert size <= 1.5e6


def test_line_breaks_of_yaml_leave_no_gaps_in_japanese():
    folded, whole = "大小の 斑が $T_c$ の両側で 失われる", "大小の斑が $T_c$ の両側で失われる"
    assert unfolded({"ja": folded}) == {"ja": whole}
    assert unfolded({"en": "patches of all sizes"}) == {"en": "patches of all sizes"}


def test_every_reason_of_a_verdict_has_words_in_both_languages():
    """No page falls back to English: each sentence that the engine gives as a reason is in interface.yaml."""
    tree = ast.parse(Path(verdicts.__file__).read_text(encoding="utf-8"))
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Yield | ast.Return)]
    pairs = [node.elts[:2] for node in values if isinstance(node, ast.Tuple)]
    spoken = [words for verdict, words in pairs if getattr(verdict, "value", "") in verdicts.VERDICTS]
    texts = {part.value for words in spoken for part in ast.walk(words) if isinstance(part, ast.Constant)}
    reasons = {text.removesuffix(": ") for text in texts if text}
    assert len(reasons) > 8
    assert {evidence.reason(text, interface("ja")) for text in reasons}.isdisjoint(reasons)


def test_a_reason_names_experiments_by_the_titles_of_their_chapters():
    """Names that are no experiment, such as the parts of a claim, stay as they are."""
    reason = evidence.reason("a part is not run: mcmc, maxent; fails: ising/potts", interface("ja"))
    assert "未実行の章：「マルコフ連鎖モンテカルロ法」、「最大エントロピー原理とカノニカル分布」" in reason
    assert reason.endswith("：ising/potts")


def test_a_refuted_sentence_is_not_named_by_its_check():
    """Only the table of checks knows what ``hopfield/energy`` is."""
    words = evidence.reason("rejected as printed, holds as corrected: hopfield/energy", interface("en"))
    assert words == "rejected as printed, holds as corrected"


def test_indices_of_a_sum_stand_below_and_above_it():
    limits = '<span class="limits"><span>M</span><span>t=N</span></span>'
    assert evidence.scientific("Σ_{t=N}^{M} θ_t") == f"Σ{limits} <i>θ</i><sub>t</sub>"
    assert typst_parts.scientific("Σ_{t=N}^{M} x") == '#"";#"Σ"#limits-of("t=N", "M");#" x";'


def test_a_formula_is_not_torn_at_the_end_of_a_line():
    assert evidence.tied("= … − ln Z") == "= … −\u00a0ln\u00a0Z"
