"""What every SVG of the report bears: its words, and the digests of what it was drawn from.

A figure that was drawn before its data changed would contradict the numbers beside it.
Snakemake redraws what it sees change; the digests let the report see the rest.
"""

import json
import re
from html import escape, unescape
from pathlib import Path

from scripts.common.io import sha256

_SOURCES = re.compile(r'<metadata id="drawn-from">(.*?)</metadata>', re.DOTALL)
_HEAD = 20_000  # bytes of an SVG in which its metadata stand


def digests(paths):
    """SHA-256 of files by folder and name, such as ``tables/exact.csv``."""
    return {"/".join(Path(path).parts[-2:]): sha256(path) for path in sorted(map(str, paths))}


def stamped(svg, language, about, sources):
    """An SVG with its title, its description for those who cannot see it, and its sources.

    Parameters
    ----------
    svg : bytes
    language : {"en", "ja"}
    about : dict of str to (str, str)
        Title and description by language.
    sources : dict of str to str
        From `digests`.

    Returns
    -------
    bytes
    """
    title, description = (escape(" ".join(text.split())) for text in about[language])
    head = f"<title>{title}</title><desc>{description}</desc>"
    head += f'<metadata id="drawn-from">{escape(json.dumps(sources))}</metadata>'
    return re.sub(rb"<svg\b[^>]*>", lambda opening: opening.group() + head.encode(), svg, count=1)


def drawn_from(svg_path):
    """What `stamped` wrote as the sources of a figure; empty if it bears no stamp."""
    with open(svg_path, encoding="utf-8") as stream:
        found = _SOURCES.search(stream.read(_HEAD))
    return json.loads(unescape(found.group(1))) if found else {}
