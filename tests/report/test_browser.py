"""The pages in a real browser: no errors, no sideways scrolling, players and ledger that work by keyboard."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update"]
# Where the tests must count, a missing browser is a failure.
pytestmark = pytest.mark.skipif(
    BROWSER is None and "CI" not in os.environ,
    reason="no chromium on this machine (Debian: apt install chromium)",
)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser, book):
    """A function that opens a page and fails at the end if the page complained or asked the network."""
    complaints, contexts = [], []

    def opened(address, width=1280, theme="light", **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith("file:") or complaints.append(asked.url))
        file, _, anchor = address.partition("#")
        page.goto(f"{(book / file).as_uri()}#{anchor}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


PARTS = ["index", "ising", "ledger", "errata", "data", "provenance"]
PAGES = [f"{way}{name}.html" for way in ("", "ja/") for name in PARTS]
PAGES += ["rashinban.en.html", "rashinban.ja.html"]
WIDTHS, THEMES = (360, 768, 1280, 1920), ("light", "dark")
# Two pages always; all of them in `make test-all`.
FEW = [("ising.html", "dark"), ("ja/index.html", "light")]
LOOKS = [
    pytest.param(page, theme, marks=() if (page, theme) in FEW else pytest.mark.long, id=f"{page}-{theme}")
    for page in PAGES
    for theme in THEMES
]


@pytest.mark.parametrize(("address", "theme"), LOOKS)
def test_no_page_scrolls_sideways_at_any_width(visit, address, theme):
    for width in WIDTHS:
        page = visit(address, width=width, theme=theme)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width


def faults(page):
    """What axe-core finds. Without preload, which would ask for style sheets as the network does."""
    return Axe().run(page, options={"preload": False}).response["violations"]


@pytest.mark.parametrize(("address", "theme"), LOOKS)
def test_no_page_has_a_serious_fault_of_accessibility(visit, address, theme):
    """Contrast of text, names of controls, order of headings: the rules of axe-core."""
    for width in (360, 1280):
        page = visit(address, width=width, theme=theme)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        serious = [fault for fault in faults(page) if fault["impact"] in ("serious", "critical")]
        said = [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in serious]
        assert not said, f"{width} px: {said}"


def test_axe_sees_a_planted_fault(visit):
    page = visit("index.html")
    page.evaluate("document.querySelector('.question').style.color = '#ddd'")
    assert "color-contrast" in {fault["id"] for fault in faults(page)}


def test_curves_move_with_the_slider_and_keep_their_gaps(visit):
    page = visit("ising.html")
    player = page.locator("[data-widget='ising.collapse']")
    lines = player.locator(".curves > svg > path.blue")
    first = lines.get_attribute("d")
    assert player.locator("path.ink.marks").first.get_attribute("d").count("M") == 2  # one point is missing
    player.locator("input").focus()
    page.keyboard.press("ArrowRight")
    assert player.locator(".label").inner_text() == "second"
    assert lines.get_attribute("d") != first


def test_the_single_file_filters_its_ledger_and_plays(visit):
    page = visit("rashinban.en.html")
    page.locator(".filters [name=experiment]").select_option("ising")
    assert 0 < page.locator("table.ledger > tbody:visible").count() < 60
    assert page.locator(".player canvas").count() == 1
    assert page.locator(".katex").count() > 20


def test_formulas_are_drawn_and_stay_readable_for_screen_readers(visit):
    page = visit("ising.html")
    assert page.locator(".katex").count() > 20
    assert page.locator(".katex-error").count() == 0
    assert page.locator(".katex math").count() == page.locator(".katex").count()


def test_the_slider_shows_each_temperature_by_keyboard(visit):
    page = visit("ising.html")
    slider = page.locator("[data-widget='ising.spins'] input")
    slider.focus()
    before = page.locator(".player .label").first.inner_text()
    picture = page.evaluate("document.querySelector('.player canvas').toDataURL()")
    page.keyboard.press("ArrowRight")
    assert page.locator(".player .label").first.inner_text() != before
    assert page.evaluate("document.querySelector('.player canvas').toDataURL()") != picture


def test_the_theme_is_changed_and_remembered(visit):
    page = visit("ising.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("button.theme").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    assert page.locator("#fig-binder img.only-dark").is_visible()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_the_language_link_keeps_page_and_place(visit):
    page = visit("ising.html#transition")
    page.locator("a.language").click()
    assert page.url.endswith("ja/ising.html#transition")


def test_the_ledger_filters_in_both_languages_and_sorts(visit):
    page = visit("ledger.html")
    rows = page.locator("table.ledger > tbody:visible")
    total = rows.count()
    page.locator(".filters input").fill("平均場")
    assert 0 < rows.count() < total
    page.locator(".filters button").click()
    rows.nth(total - 1).wait_for()
    page.locator(".filters [name=experiment]").select_option("ising")
    assert rows.count() == page.locator("tbody[data-experiments~=ising]").count() > 0
    page.locator("th[data-key=verdict] button").click()
    assert page.locator("th[data-key=verdict]").get_attribute("aria-sort") == "ascending"


def test_search_finds_chapters_and_claims_offline(visit):
    page = visit("ja/ising.html")
    page.locator("#search").fill("エントロピー")
    page.locator("#found a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ja/*#*")


def test_everything_can_be_read_without_javascript(visit):
    page = visit("ledger.html", java_script_enabled=False)
    assert page.locator("table.ledger > tbody").count() > 100
    page = visit("ising.html", java_script_enabled=False)
    assert page.locator(".player .still").first.is_visible()
    assert page.locator("math").first.is_visible()
