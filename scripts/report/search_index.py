"""What the search box looks through, in both languages, and the words that mean the same.

An entry's ``kind`` says how early it comes among the hits: a chapter before its sections, these before the
dictionary, claims, sources and tables (``assets/search.js``).
"""

import json
import re
from html import unescape
from pathlib import Path

from scripts.common.chapters import chapters
from scripts.common.io import job, write_text
from scripts.report.bibliography import described, works
from scripts.report.data import tables
from scripts.report.markup import titles
from scripts.report.sources import LANGUAGES, Run, dictionary, interface, terms

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
        Two assignments: ``REPORT_DATA.search = [{kind, title, text, href, language, chapter}, ...];`` and
        ``REPORT_DATA.synonyms = [[word, ...], ...];``. ``chapter`` is a title, or empty.
    """
    entries = [entry for (language, href), html in pages.items() for entry in _sections(html, language, href)]
    for language in LANGUAGES:
        way = "" if language == "en" else f"{language}/"
        found = [*_chapters(run, language), *_claims(run, language), *_tables(run, language)]
        found += [*_dictionary(language), *_works()]
        entries += [
            {"chapter": ""} | entry | {"href": way + entry["href"], "language": language} for entry in found
        ]
    synonyms = [group["words"] for group in terms()]
    return _assigned("search", entries) + _assigned("synonyms", synonyms)


def _assigned(name, value):
    return f"REPORT_DATA.{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"


def _chapters(run, language):
    for name in run.experiments:
        about = chapters()[name]
        title, question = about["title"][language], about["question"][language]
        yield {"kind": "chapter", "title": title, "text": question, "href": f"{name}.html"}


def _sections(html, language, href):
    article, chapter = _ARTICLE.search(html).group(1), titles(language)[Path(href).stem]
    for name, title, text in _SECTION.findall(article):
        place = {"href": f"{href}#{name}", "language": language, "chapter": chapter}
        yield {"kind": "section", "title": _words(title), "text": _words(text)} | place


def _claims(run, language):
    for row in run.claims["claims"]:
        text = f"{row[f'statement_{language}']} {row['keywords_ja']}"
        chapter = titles(language)[row["experiments"][0]]
        href = f"ledger.html#{row['id']}"
        yield {"kind": "claim", "title": row["id"], "text": text, "href": href, "chapter": chapter}


def _tables(run, language):
    for experiment in run.experiments:
        for table in tables(experiment, language):
            columns = "; ".join(f"{column['name']}: {column['meaning']}" for column in table["columns"])
            href = f"data.html#{experiment}-{table['name']}"
            text, chapter = f"{table['about']}. {columns}", titles(language)[experiment]
            name = f"{table['name']}.csv"
            yield {"kind": "table", "title": name, "text": text, "href": href, "chapter": chapter}


def _dictionary(language):
    for part in dictionary():
        for line in part["lines"]:
            words = f"{line['physics'][language]} ⟷ {line['learning'][language]}"
            title, href = interface(language)["dictionary"], "index.html#dictionary"
            yield {"kind": "pair", "title": title, "text": words, "href": href}


def _works():
    for key in works():
        yield {"kind": "work", "title": key, "text": described(key), "href": f"bibliography.html#{key}"}


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
