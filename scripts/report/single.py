"""The whole book in one HTML file: to mail, to archive, to read on a train.

Made from the finished pages: what they load is put inside, links between them become links
inside the file, links to files beside them go. Figures come in the light theme only.
"""

import base64
import re
from pathlib import Path

from markupsafe import Markup

from scripts.common.io import job, write_text
from scripts.report.markup import titles
from scripts.report.sources import interface, templates

_MAIN = re.compile(r'<main id="text" class="(\w+)">(.*)</main>', re.DOTALL)
_SCRIPT = re.compile(r'<script (?:defer )?src="([^"]+)"></script>')
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_CSS_URL = re.compile(r"url\(([^)]+)\)")
_DARK = re.compile(r'<img class="only-dark"[^>]*>\n?')
_PICTURE = re.compile(r'<a class="picture"[^>]*>(.*?)</a>', re.DOTALL)
_BESIDE = re.compile(r'<a [^>]*href="(?:\.\./)?(?:files/|rashinban)[^"]*"[^>]*>.*?</a>\n?', re.DOTALL)
_SOURCE = re.compile(r'(<img [^>]*)src="([^"]+)"')
_ID = re.compile(r'\b(id|for|aria-labelledby|aria-controls)="([^"]+)"')
_LINK = re.compile(r'\bhref="(?!https:)([\w/.]*)#?([^"]*)"')
_UNUSED = "search.js"  # browsers search within one file
TYPES = {".woff2": "font/woff2", ".webp": "image/webp", ".svg": "image/svg+xml"}


def single(paths, language):
    """One file with all pages of a language.

    Parameters
    ----------
    paths : sequence of path
        The pages, as they are in the report's folder, in the order of reading.
    language : {"en", "ja"}

    Returns
    -------
    str
    """
    paths = [Path(path) for path in paths]
    pages = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    folder = paths[0].parent
    texts = interface(language)
    return (
        templates()
        .get_template("single.html")
        .render(
            t=texts,
            language=language,
            other_language="ja" if language == "en" else "en",
            styles=Markup("\n".join(_style(folder / name) for name in _loaded(_STYLE, pages))),
            scripts=Markup("\n".join(_script(folder / name) for name in _loaded(_SCRIPT, pages))),
            compass=_data(folder / _loaded(re.compile(r'<link rel="icon" href="([^"]+)"'), pages)[0]),
            pages=[_part(name, html, folder, language) for name, html in pages.items()],
        )
    )


def _part(name, html, folder, language):
    """A page as a part of the file: name, title, class, and its text with links turned inward."""
    kind, text = _MAIN.search(html).groups()
    text = _PICTURE.sub(r'<span class="picture" tabindex="0">\1</span>', _DARK.sub("", text))
    text = _BESIDE.sub("", text.replace('class="only-light" ', ""))
    text = _SOURCE.sub(lambda found: f'{found.group(1)}src="{_data(folder / found.group(2))}"', text)
    text = _ID.sub(lambda found: f'{found.group(1)}="{_inside(name, found.group(2))}"', text)
    text = _LINK.sub(lambda found: f'href="#{_target(name, *found.groups())}"', text)
    return {"name": name, "title": _title(name, language), "kind": kind, "body": Markup(text)}


def _inside(page, names):
    return " ".join(f"{page}.{name}" for name in names.split())


def _target(page, address, anchor):
    """Where ``address#anchor`` lies within the file."""
    page = Path(address).stem if address else page
    return f"{page}.{anchor}" if anchor else page


def _title(name, language):
    texts = interface(language)
    named = {"index": "front", "data": "data_dictionary", "provenance": "provenance_performance"}
    return titles(language).get(name) or texts[named.get(name, name)]


def _loaded(pattern, pages):
    """What the pages load, each file once, in their order."""
    found = [name for html in pages.values() for name in pattern.findall(html)]
    data = [name for name in found if "/widgets/" in name]  # before the players that show them
    return [name for name in dict.fromkeys([*_first(found), *data, *found]) if not name.endswith(_UNUSED)]


def _first(names):
    return [name for name in names if name.endswith("theme.js")]


def _style(path):
    css = path.read_text(encoding="utf-8")
    return _CSS_URL.sub(lambda found: f"url({_data(path.parent / found.group(1))})", css)


def _script(path):
    code = path.read_text(encoding="utf-8").replace("</script", r"<\/script")  # it would end the script
    return f"<script>{code}</script>"


def _data(path):
    content = base64.b64encode(path.read_bytes()).decode()
    return f"data:{TYPES[path.suffix]};base64,{content}"


if __name__ == "__main__":
    with job(snakemake):
        write_text(snakemake.output[0], single(snakemake.input.pages, snakemake.wildcards.language))
