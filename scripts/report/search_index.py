"""What the search box looks through: chapters, claims, tables and the dictionary, in both languages."""

import json
import re
from html import unescape
from pathlib import Path

from scripts.common.io import job, write_text
from scripts.report.data import tables
from scripts.report.sources import LANGUAGES, Run, dictionary, interface

_ARTICLE = re.compile(r'<article class="prose">(.*?)</article>', re.DOTALL)
_SECTION = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>(.*?)(?=<h2 |\Z)', re.DOTALL)
_UNSAID = re.compile(
    r'<div class="claims">.*|<div class="links">.*?</div>|<annotation.*?</annotation>', re.DOTALL
)
_TAG = re.compile(r"<[^>]+>")


def search_index(run, pages):
    """The index as a classic script, because a page opened from the disk may not fetch files.

    Parameters
    ----------
    run : Run
    pages : dict of (str, str) to str
        HTML of the chapters by (language, address from the top of the report).

    Returns
    -------
    str
        One assignment ``REPORT_DATA.search = [{title, text, href, language}, ...];``.
    """
    entries = [entry for (language, href), html in pages.items() for entry in _sections(html, language, href)]
    for language in LANGUAGES:
        way = "" if language == "en" else f"{language}/"
        found = [*_claims(run, language), *_tables(run, language), *_dictionary(language)]
        entries += [entry | {"href": way + entry["href"], "language": language} for entry in found]
    return f"REPORT_DATA.search = {json.dumps(entries, ensure_ascii=False, separators=(',', ':'))};\n"


def _sections(html, language, href):
    article = _ARTICLE.search(html).group(1)
    for name, title, text in _SECTION.findall(article):
        yield {"title": _words(title), "text": _words(text), "href": f"{href}#{name}", "language": language}


def _claims(run, language):
    for row in run.claims["claims"]:
        text = f"{row[f'statement_{language}']} {row['keywords_ja']}"
        yield {"title": row["id"], "text": text, "href": f"ledger.html#{row['id']}"}


def _tables(run, language):
    for experiment in run.experiments:
        for table in tables(experiment, language):
            columns = "; ".join(f"{column['name']}: {column['meaning']}" for column in table["columns"])
            href = f"data.html#{experiment}-{table['name']}"
            yield {"title": f"{table['name']}.csv", "text": f"{table['about']}. {columns}", "href": href}


def _dictionary(language):
    for part in dictionary():
        for line in part["lines"]:
            words = f"{line['physics'][language]} ⟷ {line['learning'][language]}"
            yield {"title": interface(language)["dictionary"], "text": words, "href": "index.html#dictionary"}


def _words(html):
    return " ".join(unescape(_TAG.sub(" ", _UNSAID.sub(" ", html))).split())


if __name__ == "__main__":
    with job(snakemake):
        pages = {}
        for path in map(Path, snakemake.input.pages):
            language = "ja" if path.parent.name == "ja" else "en"
            address = f"ja/{path.name}" if language == "ja" else path.name
            pages[language, address] = path.read_text(encoding="utf-8")
        run = Run(snakemake.params.results, snakemake.params.figures)
        write_text(snakemake.output[0], search_index(run, pages))
