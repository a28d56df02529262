"""The pages in a real browser: players, ledger and search that work by keyboard, and no complaint."""

from functools import partial

import pytest

from tests.report.browser import NEEDS_BROWSER, faults, scrolls_sideways, serious

pytestmark = NEEDS_BROWSER


@pytest.fixture
def visit(visit_in, book):
    """A function that opens a page of the invented report."""
    return partial(visit_in, book)


# Two pages always; all of a real report in `make test-all` (test_every_page.py).
@pytest.mark.parametrize(("address", "theme"), [("ising.html", "dark"), ("ja/index.html", "light")])
def test_the_page_fits_every_width_and_has_no_serious_fault_of_accessibility(visit, address, theme):
    assert not scrolls_sideways(visit, address, theme)
    assert not serious(visit, address, theme)


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


def test_a_filter_of_the_ledger_stands_in_the_address(visit):
    page = visit("ledger.html#verdict=holds&ground=exact")
    rows = page.locator("table.ledger > tbody:visible")
    assert rows.count() == page.locator("tbody[data-verdict=holds][data-ground=exact]").count() > 0
    page.locator(".filters [name=ground]").select_option("identity")
    assert page.url.endswith("ledger.html#verdict=holds&ground=identity")
    page.locator(".filters button").click()
    page.wait_for_function("!location.hash")


def hits(page, words):
    page.locator("#search").fill(words)
    page.locator("#found a, #found p").first.wait_for()
    return page.locator("#found a").evaluate_all(
        "all => all.map((one) => [one.innerText, one.getAttribute('href')])"
    )


def test_search_ranks_chapters_before_claims_before_data_and_knows_other_words(visit):
    page = visit("ja/ising.html")
    assert hits(page, "イジング")[0][1] == "../ja/ising.html"
    assert [href for _, href in hits(page, "帯磁率")] == [href for _, href in hits(page, "磁化率")] != []
    assert any("くりこみ" in text for text, _ in hits(page, "繰り込み群"))
    assert all("イジングモデル" in text for text, href in hits(page, "測り方") if "ising.html#" in href)
    page = visit("ising.html")
    assert not [text for text, _ in hits(page, "ties") if "identities" in text]
    kinds = ["data" in href for _, href in hits(page, "temperature")]
    assert kinds == sorted(kinds)


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
