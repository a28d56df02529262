"""The pages in a real browser: no errors, no sideways scrolling, players and ledger that work by keyboard."""

import os
import shutil

import pytest
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


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize("address", ["ising.html", "ja/ising.html", "ledger.html", "ja/index.html"])
def test_no_page_scrolls_sideways(visit, address, width):
    page = visit(address, width=width, theme="dark" if width == 768 else "light")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_formulas_are_drawn_and_stay_readable_for_screen_readers(visit):
    page = visit("ising.html")
    assert page.locator(".katex").count() > 20
    assert page.locator(".katex-error").count() == 0
    assert page.locator(".katex math").count() == page.locator(".katex").count()


def test_the_slider_shows_each_temperature_by_keyboard(visit):
    page = visit("ising.html")
    slider = page.locator(".player input")
    slider.focus()
    before = page.locator(".player .label").inner_text()
    picture = page.evaluate("document.querySelector('.player canvas').toDataURL()")
    page.keyboard.press("ArrowRight")
    assert page.locator(".player .label").inner_text() != before
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
    rows = page.locator("table.ledger > tbody > tr:visible")
    total = rows.count()
    page.locator(".filters input").fill("平均場")
    assert 0 < rows.count() < total
    page.locator(".filters button").click()
    assert rows.count() == total
    page.locator(".filters [name=experiment]").select_option("ising")
    assert rows.count() == page.locator("tr[data-experiments~=ising]").count() > 0
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
    assert page.locator("table.ledger > tbody > tr").count() > 100
    page = visit("ising.html", java_script_enabled=False)
    assert page.locator(".player .still").is_visible()
    assert page.locator("math").first.is_visible()
