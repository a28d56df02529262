"""One invented results tree for all tests of the report."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from scripts.common.io import write_json, write_text
from scripts.report.assets import assets
from scripts.report.bibliography import bibliography
from scripts.report.data import data_dictionary
from scripts.report.errata import errata
from scripts.report.files import chapter_files, gather
from scripts.report.front import front_page
from scripts.report.ledger import ledger
from scripts.report.page import page
from scripts.report.provenance import provenance_page
from scripts.report.search_index import search_index
from scripts.report.single import single
from tests.report.browser import BROWSER, QUIET
from tests.report.fake import ISING, results_tree
from tests.report.fake import run as run_of

ROOT = Path(__file__).resolve().parents[2]
WAYS = {"en": "", "ja": "ja/"}


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """The `Run` of an invented results tree, with the book's own prose."""
    return run_of(results_tree(tmp_path_factory.mktemp("results")))


@pytest.fixture
def edited(run, tmp_path):
    """A function that replaces a text in one source of the chapter and returns the `Run` with it."""

    def edit(name, old, new):
        home = shutil.copytree(ISING, tmp_path / "ising")
        text = (home / name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r} to spoil"
        (home / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return run_of(run.results, tmp_path)

    return edit


@pytest.fixture(scope="session")
def book(run, tmp_path_factory):
    """A report written to the disk: everything but the PDFs."""
    folder = tmp_path_factory.mktemp("book")
    gather(assets(), folder / "assets")
    paths = [path for path in (run.results / "ising").rglob("*") if path.is_file()]
    files = chapter_files("ising", run.results, paths, run.claims, ROOT / "scripts")
    gather(files, folder / "files" / "ising")
    chapters = {}
    for language, way in WAYS.items():
        pages = {
            "index": front_page(language, run),
            "ising": page("ising", language, run),
            "ledger": ledger(language, run),
            "errata": errata(language, run),
            "bibliography": bibliography(language, run),
            "data": data_dictionary(language, run),
            "provenance": provenance_page(language, run, benchmarks(folder)),
        }
        chapters[language, f"{way}ising.html"] = pages["ising"]
        for name, html in pages.items():
            write_text(folder / way / f"{name}.html", html)
        paths = [folder / way / f"{name}.html" for name in pages]
        write_text(folder / f"rashinban.{language}.html", single(paths, language))
        (folder / f"rashinban.{language}.pdf").touch()
    write_text(folder / "search-index.js", search_index(run, chapters))
    return folder


def benchmarks(folder):
    """Tables as ``make benchmarks`` writes them."""
    write_text(folder / "benchmarks" / "multispin.csv", "what,L,ratio\nmultispin,64,2374.25\npeer,64,\n")
    write_json(folder / "benchmarks" / "machine.json", {"cpu": "a", "cores": 2, "python": "3", "numba": "0"})
    return sorted((folder / "benchmarks").iterdir())


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def visit_in(browser):
    """A function that opens a page; the test fails if one complained or asked the network."""
    complaints, contexts = [], []

    def opened(folder, address, width=1280, theme="light", **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith("file:") or complaints.append(asked.url))
        file, _, anchor = address.partition("#")
        page.goto(f"{(folder / file).as_uri()}#{anchor}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
