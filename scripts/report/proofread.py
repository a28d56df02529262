"""The last look before a reader's: links lead somewhere, nothing comes from outside, the PDF says the same.

Each fault is an `InputError` of one line that names page and place.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from scripts.common.io import InputError, job, write_text
from scripts.report.page import chapter, chapter_text
from scripts.report.prose import printed
from scripts.report.sources import LANGUAGES, Run

_OUTSIDE = re.compile(r"[a-z]+:|//")
_POWER = re.compile(r"×\s*10(?=[−\d])")


class Anatomy(HTMLParser):
    """Links, addresses of what is loaded, ids and descriptions of pictures of a page."""

    def __init__(self, html):
        super().__init__()
        self.links, self.loaded, self.ids, self.undescribed = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" and "href" in values else []
        self.loaded += [values["src"]] if "src" in values else []
        self.loaded += [values["href"]] if tag == "link" else []
        if tag == "img" and values.get("alt") is None:
            self.undescribed.append(values.get("src", "")[:80])


def check_pages(paths):
    """Refuse dead links, loads from outside, ids used twice, pictures without a description.

    Parameters
    ----------
    paths : sequence of path
        All pages of the report.

    Returns
    -------
    int
        Number of links that lead to a file or a place within the report.

    Raises
    ------
    InputError
    """
    pages = {Path(path).resolve(): Anatomy(Path(path).read_text(encoding="utf-8")) for path in paths}
    for path, page in pages.items():
        twice = sorted({name for name in page.ids if page.ids.count(name) > 1})
        if twice:
            raise InputError(f"{path.name}: the id '{twice[0]}' stands there twice")
        if page.undescribed:
            raise InputError(f"{path.name}: no alt text: {page.undescribed[0]}")
        for address in page.loaded:
            _check_loaded(path, address)
    ids = {path: set(page.ids) for path, page in pages.items()}
    return sum(_check_link(path, link, ids) for path, page in pages.items() for link in page.links)


def _check_loaded(path, address):
    if address.startswith("data:"):
        return
    if _OUTSIDE.match(address):
        raise InputError(f"{path.name}: loads from outside: {address}")
    if not (path.parent / address).exists():
        raise InputError(f"{path.name}: loads a file that is not there: {address}")


def _check_link(path, link, ids):
    """1 for a link inside the report, 0 for one to the world."""
    if link.startswith("https://"):
        return 0
    address, _, anchor = link.partition("#")
    target = (path.parent / address).resolve() if address else path
    if target not in ids and not target.exists():
        raise InputError(f"{path.name}: dead link: {link}")
    is_filter = re.fullmatch(r"(ledger\.)?\w+=\w+(&\w+=\w+)*", anchor)
    if anchor and not is_filter and anchor not in ids.get(target, {anchor}):
        raise InputError(f"{path.name}: dead link: {link}: there is no such place")
    return 1


def check_numbers(path, language, run):
    """Refuse a PDF in which a number of a chapter's prose is missing or has lost its power of ten.

    Returns
    -------
    int
        Number of numbers found.

    Raises
    ------
    InputError
    """
    text = pdf_text(path)
    n = 0
    for experiment in run.experiments:
        words, source = chapter_text(experiment, language, run.folder)
        made = chapter(experiment, language, run)
        captions = [entry["caption"][language] for entry in made.figures.values()]
        for key, quantity in printed("\n\n".join([words, *captions]), source, made):
            n += 1
            if without_space(quantity.plain) not in text:
                raise InputError(f"{Path(path).name}: {key} is not printed as {quantity.plain}")
    return n


def pdf_text(path):
    """Text of a PDF without white space; a power of ten stands behind a ``^`` if it is raised."""
    with pdfium.PdfDocument(path) as document:
        return without_space("".join(_page_text(page.get_textpage()) for page in document))


def _page_text(page):
    text = "".join(chr(raw.FPDFText_GetUnicode(page, i)) for i in range(raw.FPDFText_CountChars(page)))
    return _POWER.sub(lambda found: found.group() + "^" * _is_raised(page, found.end()), text)


def _is_raised(page, i):
    """Whether a character is smaller than the one before it and ends higher than its middle."""
    _, bottom, _, top = page.get_charbox(i - 1)
    smaller = raw.FPDFText_GetFontSize(page, i) < 0.8 * raw.FPDFText_GetFontSize(page, i - 1)
    return smaller and page.get_charbox(i)[3] > (bottom + top) / 2


def without_space(text):
    """Text without any white space: line breaks of a PDF fall anywhere."""
    return re.sub(r"\s+", "", text)


if __name__ == "__main__":
    with job(snakemake):
        run = Run(snakemake.params.results, snakemake.params.figures)
        books = [Path(path) for path in snakemake.input.books]
        pages = [*snakemake.input.pages, *(path for path in books if path.suffix == ".html")]
        links = check_pages(pages)
        pdfs = dict(zip(LANGUAGES, sorted(path for path in books if path.suffix == ".pdf"), strict=True))
        numbers = sum(check_numbers(path, language, run) for language, path in pdfs.items())
        found = f"{len(pages)} pages, {links} links, {numbers} numbers in the PDFs: nothing amiss.\n"
        write_text(snakemake.output[0], found)
