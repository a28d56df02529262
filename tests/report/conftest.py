"""One invented results tree for all tests of the report."""

import shutil
from pathlib import Path

import pytest

from scripts.common.io import read_json
from scripts.report.assets import assets
from scripts.report.files import chapter_files, gather
from scripts.report.front import front_page
from scripts.report.ledger import ledger
from scripts.report.page import page
from scripts.report.search_index import search_index
from scripts.report.sources import LANGUAGES, THEME
from tests.report.fake import results_tree
from tests.report.fake import run as run_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """The `Run` of an invented results tree, with the book's own prose."""
    return run_of(results_tree(tmp_path_factory.mktemp("results")))


@pytest.fixture
def edited(run, tmp_path):
    """A function that replaces a text in one source of the chapter and returns the `Run` with it."""

    def edit(name, old, new):
        for path in THEME.glob("ising.*"):
            shutil.copy(path, tmp_path)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r} to spoil"
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return run_of(run.results, tmp_path)

    return edit


@pytest.fixture(scope="session")
def book(run, tmp_path_factory):
    """A report written to the disk: everything but the PDFs."""
    folder = tmp_path_factory.mktemp("book")
    claims = read_json(run.results / "claims.json")
    gather(assets(), folder / "assets")
    paths = [path for path in (run.results / "ising").rglob("*") if path.is_file()]
    code = sorted((ROOT / "scripts/ising/figures").glob("[a-z]*.py"))
    gather(chapter_files("ising", run.results, paths + code, claims), folder / "files" / "ising")
    chapters = {}
    for language in LANGUAGES:
        place = folder / ("ja" if language == "ja" else "")
        place.mkdir(exist_ok=True)
        pages = {
            "ising": page("ising", language, run),
            "ledger": ledger(claims, language, run.figures),
            "index": front_page(claims, language, run.experiments),
        }
        chapters[language, f"{'ja/' if language == 'ja' else ''}ising.html"] = pages["ising"]
        for name, html in pages.items():
            (place / f"{name}.html").write_text(html, encoding="utf-8")
        (folder / f"rashinban.{language}.pdf").touch()
    (folder / "search-index.js").write_text(search_index(claims, chapters), encoding="utf-8")
    return folder
