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
    known = {name: key for key, work in works().items() for name in _names(work)}
    return next((known[name] for name in identifiers(address) if name in known), None)


@cache
def texts_by_user():
    """All texts that may use a work, without line breaks, by (chapter or "common", whether it is code)."""
    found = {}
    for name in chapters():
        found[name, False] = _joined(CHAPTERS / name / each for each in WORDS)
    for folder in sorted((ROOT / "scripts").iterdir()):
        name = folder.name if folder.name in chapters() else "common"
        found[name, True] = found.get((name, True), "") + _joined(sorted(folder.rglob("*.py")))
    return found


@cache
def users():
    """Who uses each work: for every key the (chapter or "common", whether it is code) in order."""
    known = {user: identifiers(text) for user, text in texts_by_user().items()}
    return {
        key: [user for user, text in texts_by_user().items() if _uses(text, known[user], key, work)]
        for key, work in works().items()
    }


def unlisted():
    """Identifiers that stand somewhere and are not listed, with who uses them."""
    listed = {name for work in works().values() for name in _names(work)}
    return {
        user: missing for user, text in texts_by_user().items() if (missing := identifiers(text) - listed)
    }


def described(key):
    """A work in one line of plain text."""
    work = works()[key]
    return f"{work['authors']}, {work['title']}, {work['published']} ({work['year']})"


def work_view(key, language, built=()):
    """One work for printing.

    Returns
    -------
    dict
        The work's own entries, ``key``, ``links`` (name and address), and ``users``: dicts of ``name`` (of
        the chapter, or None), ``text``.
    """
    texts, named, work = interface(language), titles(language), works()[key]
    links = [("doi", "https://doi.org/"), ("arxiv", "https://arxiv.org/abs/")]
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
        "links": [(f"{name}:{work[name]}", way + work[name]) for name, way in links if name in work],
        "users": [user | {"name": user["name"] if user["name"] in built else None} for user in shown],
    }


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


def chapter_works(experiment, language):
    """The works that a chapter's own words use, for the end of its page."""
    return [work_view(key, language) for key, found in users().items() if (experiment, False) in found]


def _names(work):
    return [work[name].lower() for name in ("doi", "arxiv") if name in work]


def _uses(text, known, key, work):
    if any(name in known for name in _names(work)) or re.search(rf"\b{key}\b", text):
        return True
    place = work["published"] if _PLACE.match(work["published"]) else f"{work['published']}, {work['year']}"
    return bool(re.search(rf"{re.escape(place)}(?!\d)", text))


def _joined(paths):
    texts = [path.read_text(encoding="utf-8") for path in map(Path, paths) if path.exists()]
    return " ".join(" ".join(texts).split())


if __name__ == "__main__":
    page_step(bibliography, snakemake)
