"""Markdown to HTML by pandoc, and the frame of every page."""

import re

import pypandoc

from scripts.common.chapters import chapters, written
from scripts.common.io import InputError
from scripts.report.sources import THEME, interface, parts, templates

READER = "markdown-raw_html-raw_tex-markdown_in_html_blocks+east_asian_line_breaks"
_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def fragment(markdown, target, name):
    """Markdown to HTML or Typst through the book's filter.

    Parameters
    ----------
    markdown : str
        With macros filled in.
    target : {"html", "typst"}
    name : str
        Named in the error.

    Raises
    ------
    InputError
        If a formula is not valid TeX.
    """
    options = ["--mathml", "--wrap=none", "--columns=10000", f"--lua-filter={THEME / 'filters' / 'book.lua'}"]
    written = pypandoc.convert_text(markdown, target, format=READER, extra_args=options)
    broken = re.search(r'<span class="math[^>]*>(.*?)</span>', written, re.DOTALL)
    if broken:
        raise InputError(f"{name}: this formula is not valid TeX: {_TAG.sub('', broken.group(1))}")
    return written


def headings(html):
    """Second-level headings of a page: id and title (plain text)."""
    return [{"id": name, "title": _TAG.sub("", title)} for name, title in _HEADING.findall(html)]


def navigation(language, built):
    """All chapters in the book's order, with what a table of contents needs."""
    return [
        {
            "name": name,
            "part": chapter["part"],
            "number": chapter["number"],
            "title": chapter["title"][language],
            "question": chapter["question"][language],
            "built": name in built,
            "planned": name not in written(),
        }
        for name, chapter in chapters().items()
    ]


def titles(language):
    """Titles of all chapters by experiment."""
    return {name: chapter["title"][language] for name, chapter in chapters().items()}


def framed(page, language, run, template=None, **values):
    """A whole page.

    Parameters
    ----------
    page : str
        The file's name without ``.html``.
    language : {"en", "ja"}
    run : sources.Run
    template : str, optional
        Name of the template; that of the page if none is given.
    **values
        What the template shows; ``title``, ``description`` and ``toc`` among them.

    Returns
    -------
    str
    """
    other = "ja" if language == "en" else "en"
    built, filled = run.experiments, {chapter["part"] for chapter in chapters().values()}
    texts, listed = interface(language), navigation(language, run.experiments)
    frame = {
        "t": texts,
        "page": page,
        "language": language,
        "root": root(language),
        "other_language": other,
        "other_page": f"ja/{page}.html" if other == "ja" else f"../{page}.html",
        "navigation": listed,
        "other_chapters": _others(listed, texts),
        "parts": {name: parts()[name]["title"][language] for name in parts() if name in filled},
        "titles": titles(language),
        "drawn": run.figures,
        "built": built,
    }
    return (
        templates()
        .get_template(template or f"{page}.html")
        .render(**{"toc": [], "page_class": "broad"} | frame | values)
    )


def _others(listed, texts):
    """How many chapters there are besides those of this run, and why; empty if there are none."""
    others = [chapter for chapter in listed if not chapter["built"]]
    number = texts["other_chapters_few" if len(others) < 10 else "other_chapters_many"].format(n=len(others))
    why = texts["planned" if all(chapter["planned"] for chapter in others) else "not_yet_run"]
    return texts["with_reason"].format(text=number, reason=why) if others else ""


def root(language):
    """Way from a page of this language to the top of the report."""
    return "" if language == "en" else "../"
