"""The PDFs say what the results say, in letters that a reader can copy."""

import copy
import re
import shutil

import pytest
from pypdf import PdfReader

from scripts.common.io import InputError, read_json, write_json
from scripts.report.bibliography import works
from scripts.report.pdf import _own_labels, pdf
from scripts.report.proofread import check_numbers, without_space
from scripts.report.quantities import Quantity
from scripts.report.review import confirm
from scripts.report.sources import LANGUAGES, interface
from tests.report.fake import ONSAGER, SAID
from tests.report.fake import run as run_of
from tests.report.test_errata import ERRATUM


@pytest.fixture(scope="session")
def books(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdf")
    for language in LANGUAGES:
        pdf(folder / f"{language}.pdf", language, run)
    return folder


def text_of(path):
    """Text of a PDF without any white space."""
    return without_space("".join(page.extract_text() for page in PdfReader(path).pages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_prose_stands_in_the_pdf(language, books, run):
    assert check_numbers(books / f"{language}.pdf", language, run) > 30


def test_the_statements_of_all_claims_stand_in_the_appendix(books, run):
    printed = text_of(books / "ja.pdf")
    rows = read_json(run.results / "claims.json")["claims"]
    missing = [row["id"] for row in rows if row["id"] not in printed]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_errata_stand_in_the_pdf(language, run, tmp_path):
    other = run_of(run.results)
    other.claims = copy.deepcopy(run.claims)
    row = next(row for row in other.claims["claims"] if row["id"] == "1.1-01")
    row |= {"erratum": ERRATUM, "verdict": "refuted_as_printed"}
    pdf(tmp_path / "a.pdf", language, other)
    printed = text_of(tmp_path / "a.pdf")
    for key in ("printed", "corrected"):
        assert without_space(ERRATUM[f"{key}_ja"]) in printed
        assert without_space(ERRATUM[f"{key}_{language}"]) in printed


def test_neither_claims_nor_configuration_smuggle_markup_into_the_pdf(run, tmp_path):
    smuggled = '#panic() $x$ \\input{y} *b* `c` "d" @e // f'
    other = run_of(run.results)
    other.claims = copy.deepcopy(run.claims)
    other.claims["scale"] = other.claims["claims"][0]["statement_en"] = smuggled
    pdf(tmp_path / "a.pdf", "en", other)
    assert text_of(tmp_path / "a.pdf").count(without_space(smuggled)) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_lists_its_sources_and_the_prose_gives_their_numbers(language, books):
    printed = text_of(books / f"{language}.pdf")
    number = works()[ONSAGER]["number"]
    assert f"[{number}]L.Onsager,Crystalstatistics." in printed
    assert printed.count(f"[{number}]") > 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_of_the_pdf_say_what_a_check_shows_and_plants(language, books):
    texts, printed = interface(language), text_of(books / f"{language}.pdf")
    said = [texts["marks_note"], texts["role_control"], SAID[f"shows_{language}"], SAID["measured_by"]]
    said += [SAID["fault"][language], "12" if language == "en" else texts["resampled_chains"] + "12個"]
    assert not [text for text in said if without_space(text) not in printed]


def test_two_chapters_may_use_one_label():
    body = '== The law\n<law>\n#picture("a")[b <c>] <fig-a>\n#link(<fig-a>)[Figure] and #link(<law>)[there]'
    assert _own_labels(body, "ising") == (
        '== The law\n<ising-law>\n#picture("a")[b <c>] <ising-fig-a>\n'
        "#link(<ising-fig-a>)[Figure] and #link(<ising-law>)[there]"
    )


def test_equal_results_give_equal_bytes(books, run, tmp_path):
    pdf(tmp_path / "again.pdf", "ja", run)
    assert (tmp_path / "again.pdf").read_bytes() == (books / "ja.pdf").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_titled_and_names_its_language(language, books):
    root = PdfReader(books / f"{language}.pdf").trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(language)
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_a_number_that_differs_from_the_results_is_refused(books, run, tmp_path):
    """Power: one unit in the last printed digit of one number."""
    results = tmp_path / "results"
    shutil.copytree(run.results, results)
    numbers = read_json(results / "ising" / "numbers.json")
    numbers["ising.tc_measured"]["value"] += 1e-5
    write_json(results / "ising" / "numbers.json", numbers)
    with pytest.raises(InputError, match=re.escape("ising.tc_measured is not printed as 2.26922(9)")):
        check_numbers(books / "en.pdf", "en", run_of(results))


def test_a_power_of_ten_that_is_not_raised_is_refused(edited, tmp_path, monkeypatch):
    """As it was once in Japanese, whose font has no metrics for superscripts."""
    gap = '<<n("ising.free_energy_gap")>>'
    changed = edited("en.md", "A magnet has no plan.", f"A gap of {gap} has no plan.")
    other = changed.folder / "ising" / "ja.md"
    text = other.read_text(encoding="utf-8")
    other.write_text(text.replace("磁石には", f"{gap}の磁石には", 1), encoding="utf-8")
    confirm("ising", changed.folder)
    pdf(tmp_path / "good.pdf", "ja", changed)
    assert check_numbers(tmp_path / "good.pdf", "ja", changed)
    monkeypatch.setattr(Quantity, "typst", property(lambda self: f'#"{self.signed} × 10{self.exponent}"'))
    pdf(tmp_path / "flat.pdf", "ja", changed)
    with pytest.raises(InputError, match=r"ising\.\w+ is not printed as"):
        check_numbers(tmp_path / "flat.pdf", "ja", changed)
