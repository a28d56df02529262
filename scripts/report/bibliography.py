"""What the book rests on: the list of works, where each of them is used, and the page that prints it.

A work is used where its DOI, its arXiv number, its key or its place, such as "Phys. Rev. 65, 117", stands.
"""

import re
from functools import cache
from pathlib import Path

from scripts.common.chapters import CHAPTERS, ROOT, chapters, read_yaml
from scripts.report.markup import framed, titles
from scripts.report.sources import THEME, interface
from scripts.report.step import page_step

WORKS = THEME / "references.yaml"
WORDS = ("en.md", "ja.md", "claims.yaml", "figures.yaml", "references.ja.yaml")
_PIECE = r"[-._;/:<>A-Za-z0-9]"
_DOI = re.compile(rf"\b10\.\d{{4,9}}/(?:{_PIECE}|\({_PIECE}*\))+", re.ASCII)
_ARXIV = re.compile(r"arxiv(?:\.org/abs/|:)((?:[a-z-]+/\d{7}|\d{4}\.\d{4,5}))", re.IGNORECASE | re.ASCII)
_PLACE = re.compile(r".*[ ,]\d+, \w?\d+")


@cache
def works(path=WORKS):
    """All works in the order of their keys: authors, title, published, year, doi, arxiv, checked, number."""
    listed = read_yaml(path)
    return {key: work | {"number": number} for number, (key, work) in enumerate(listed.items(), 1)}


def identifiers(text):
    """DOIs and arXiv numbers in a text, in small letters."""
    found = [match.group().rstrip(".:;") for match in _DOI.finditer(text)]
    return {name.lower() for name in [*found, *_ARXIV.findall(text)]}


def work_at(address):
    """Key of the work at an address or in a text with one identifier; None for what is not listed."""
    return next((_keys()[name] for name in identifiers(address) if name in _keys()), None)


@cache
def _keys():
    return {name: key for key, work in works().items() for name in _names(work)}


@cache
def words_of(chapter):
    """All that a chapter says, in one line."""
    return _joined(CHAPTERS / chapter / each for each in WORDS)


@cache
def texts_by_user():
    """All texts that may use a work, without line breaks, by (chapter or "common", whether it is code)."""
    found = {(name, False): words_of(name) for name in chapters()}
    for folder in sorted((ROOT / "scripts").iterdir()):
        name = folder.name if folder.name in chapters() else "common"
        found[name, True] = found.get((name, True), "") + _joined(sorted(folder.rglob("*.py")))
    return found


@cache
def users():
    """Who uses each work: for every key the (chapter or "common", whether it is code) in order."""
    used = {user: used_in(text) for user, text in texts_by_user().items()}
    return {key: [user for user in used if key in used[user]] for key in works()}


def used_in(text):
    """Keys of the works that a text uses, in order."""
    known = identifiers(text)
    return [key for key, work in works().items() if _uses(text, known, key, work)]


def unlisted():
    """Identifiers that stand somewhere and are not listed, with who uses them."""
    listed = {name for work in works().values() for name in _names(work)}
    return {
        user: missing for user, text in texts_by_user().items() if (missing := identifiers(text) - listed)
    }


def described(key):
    """A work in one line of plain text."""
    work = works()[key]
    return f"{work['authors']}, {work['title']}, {place(work)}"


def place(work):
    """Where a work appeared, with the year."""
    year = str(work["year"])
    return work["published"] if year in work["published"] else f"{work['published']} ({year})"


def work_view(key, language, built=()):
    """One work for printing.

    Returns
    -------
    dict
        The work's own entries, ``key``, ``links`` (name and address), and ``users``: dicts of ``name`` (of
        the chapter, or None), ``text``.
    """
    texts, named, work = interface(language), titles(language), works()[key]
    by_words = [name for name, is_code in users()[key] if not is_code]
    shown = [{"name": name, "text": named[name]} for name in by_words]
    for name, is_code in users()[key]:
        if is_code and name not in by_words:
            text = texts["used_in_code"].format(title=named[name]) if name in named else texts["used_in_all"]
            shown.append({"name": name if name in named else None, "text": text})
    also = [name for name in work.get("standard", []) if name not in by_words]
    shown += [{"name": name, "text": texts["standard_of"].format(title=named[name])} for name in also]
    return work | {
        "key": key,
        "links": links(key),
        "place": place(work),
        "how": texts.get(f"checked_{work['checked']}", work["checked"]),
        "users": [user | {"name": user["name"] if user["name"] in built else None} for user in shown],
    }


def links(key):
    """Names and addresses of a work on the web."""
    work, ways = works()[key], [("doi", "https://doi.org/"), ("arxiv", "https://arxiv.org/abs/")]
    return [(f"{name}:{work[name]}", way + work[name]) for name, way in ways if name in work]


def bibliography(language, run):
    """The HTML of the sources.

    Parameters
    ----------
    language : {"en", "ja"}
    run : Run

    Returns
    -------
    str
    """
    texts = interface(language)
    return framed(
        "bibliography",
        language,
        run,
        title=texts["bibliography"],
        description=texts["bibliography_lead"],
        works=[work_view(key, language, run.experiments) for key in works()],
    )


def chapter_works(experiment):
    """The works that a chapter's own words use, for the end of its page."""
    return [
        works()[key] | {"key": key, "links": links(key), "place": place(works()[key])}
        for key in used_in(words_of(experiment))
    ]


def _names(work):
    return [work[name].lower() for name in ("doi", "arxiv") if name in work]


def _uses(text, known, key, work):
    if any(name in known for name in _names(work)) or key in text:
        return True
    said = work["published"] if _PLACE.match(work["published"]) else f"{work['published']}, {work['year']}"
    return said in text and bool(re.search(rf"{re.escape(said)}(?!\d)", text))


def _joined(paths):
    texts = [path.read_text(encoding="utf-8") for path in map(Path, paths) if path.exists()]
    return " ".join(" ".join(texts).split())


if __name__ == "__main__":
    page_step(bibliography, snakemake)
