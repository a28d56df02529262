"""Every page of a real report, both themes, every width: the report that the tiny workflow builds."""

from functools import partial

import pytest
import yaml

from tests.report.browser import NEEDS_BROWSER, scrolls_sideways, serious
from tests.tiny import ROOT

pytestmark = [NEEDS_BROWSER, pytest.mark.long]

CHAPTERS = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))["experiments"]
PARTS = ["index", *CHAPTERS, "ledger", "errata", "bibliography", "data", "provenance"]
PAGES = [f"{way}{name}.html" for way in ("", "ja/") for name in PARTS]
PAGES += ["rashinban.en.html", "rashinban.ja.html"]


@pytest.fixture
def visit(visit_in, finished):
    """A function that opens a page of the tiny run's report."""
    return partial(visit_in, finished / "tiny/report")


def test_no_page_is_missing_here(finished):
    report = finished / "tiny/report"
    assert sorted(PAGES) == sorted(str(path.relative_to(report)) for path in report.rglob("*.html"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_no_page_scrolls_sideways_at_any_width(visit, address, theme):
    assert not scrolls_sideways(visit, address, theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_a_serious_fault_of_accessibility(visit, address, theme):
    assert not serious(visit, address, theme)
