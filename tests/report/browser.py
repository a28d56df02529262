"""A browser without a network, and what a page may not do in it."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update"]
# Where the tests must count, a missing browser is a failure.
NEEDS_BROWSER = pytest.mark.skipif(
    BROWSER is None and "CI" not in os.environ,
    reason="no chromium on this machine (Debian: apt install chromium)",
)
WIDTHS = (360, 768, 1280, 1920)


def scrolls_sideways(visit, address, theme):
    """The widths at which the page is wider than the window."""
    too_wide = "document.documentElement.scrollWidth > innerWidth"
    return [width for width in WIDTHS if visit(address, width=width, theme=theme).evaluate(too_wide)]


def faults(page):
    """What axe-core finds. Without preload, which would ask for style sheets as the network does."""
    return Axe().run(page, options={"preload": False}).response["violations"]


def serious(visit, address, theme):
    """Contrast of text, names of controls, order of headings: axe-core's serious and critical faults."""
    found = []
    for width in (360, 1280):
        page = visit(address, width=width, theme=theme)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        bad = [fault for fault in faults(page) if fault["impact"] in ("serious", "critical")]
        found += [f"{width} px: {fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in bad]
    return found
