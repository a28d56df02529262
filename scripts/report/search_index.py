"""What the search box looks through: sections of the chapters and all claims, in both languages."""

import json
import re
from html import unescape
from pathlib import Path

from scripts.common.io import job, read_json, write_text
from scripts.report.sources import LANGUAGES

_ARTICLE = re.compile(r'<article class="prose">(.*?)</article>', re.DOTALL)
_SECTION = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>(.*?)(?=<h2 |\Z)', re.DOTALL)
_UNSAID = re.compile(
    r'<div class="claims">.*|<div class="links">.*?</div>|<annotation.*?</annotation>', re.DOTALL
)
_TAG = re.compile(r"<[^>]+>")


def search_index(claims, pages):
    """The index as a classic script, because a page opened from the disk may not fetch files.

    Parameters
    ----------
    claims : dict
        ``claims.json``.
    pages : dict of (str, str) to str
        HTML of the chapters by (language, address from the top of the report).

    Returns
    -------
    str
        One assignment ``REPORT_DATA.search = [{title, text, href, language}, ...];``.
    """
    entries = [entry for (language, href), html in pages.items() for entry in _sections(html, language, href)]
    entries += [_claim(row, language) for language in LANGUAGES for row in claims["claims"]]
    return f"REPORT_DATA.search = {json.dumps(entries, ensure_ascii=False, separators=(',', ':'))};\n"


def _sections(html, language, href):
    article = _ARTICLE.search(html).group(1)
    for name, title, text in _SECTION.findall(article):
        yield {"title": _words(title), "text": _words(text), "href": f"{href}#{name}", "language": language}


def _claim(row, language):
    page = "ledger.html" if language == "en" else f"{language}/ledger.html"
    text = f"{row[f'statement_{language}']} {row['keywords_ja']}"
    return {"title": row["id"], "text": text, "href": f"{page}#{row['id']}", "language": language}


def _words(html):
    return " ".join(unescape(_TAG.sub(" ", _UNSAID.sub(" ", html))).split())


if __name__ == "__main__":
    with job(snakemake):
        pages = {}
        for path in map(Path, snakemake.input.pages):
            language = "ja" if path.parent.name == "ja" else "en"
            address = f"ja/{path.name}" if language == "ja" else path.name
            pages[language, address] = path.read_text(encoding="utf-8")
        write_text(snakemake.output[0], search_index(read_json(snakemake.input.claims), pages))
