"""What differs between two wordings, and text with formulas between dollars, for the page and for the PDF."""

import re
from difflib import SequenceMatcher
from functools import cache

from markupsafe import Markup

from scripts.report import evidence, typst_parts
from scripts.report.markup import fragment

_TOKEN = re.compile(r"\$[^$]+\$|[A-Za-z\u0370-\u03ff]+(?:_\{?\w+\}?)?|\d+|\s+|.", re.DOTALL)
_FORMULA = re.compile(r"\$([^$]+)\$")
SHORT = 3  # tokens: an island of agreement that is no longer than this is part of the change around it


def differences(old, new):
    """Both wordings in pieces, with what was changed.

    Parameters
    ----------
    old, new : str
        Words, single Chinese characters and whole formulas are compared.

    Returns
    -------
    list of (str, bool), list of (str, bool)
        Pieces that join to ``old`` and ``new``, and whether each is changed.
    """
    first, second = _TOKEN.findall(old), _TOKEN.findall(new)
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    ends = (0, len(first)), (0, len(second))
    kept = [block for block in blocks if block.size > SHORT or _at_an_end(block, *ends)]
    return (
        _pieces(first, [(block.a, block.size) for block in kept]),
        _pieces(second, [(block.b, block.size) for block in kept]),
    )


def _at_an_end(block, first, second):
    """Whether a block begins or ends both wordings, however short it is."""
    begins = (block.a, block.b) == (first[0], second[0])
    return block.size > 0 and (
        begins or (block.a + block.size, block.b + block.size) == (first[1], second[1])
    )


def _pieces(tokens, kept):
    found, position = [], 0
    for start, size in [*kept, (len(tokens), 0)]:
        found.append(("".join(tokens[position:start]), True))
        found.append(("".join(tokens[start : start + size]), False))
        position = start + size
    return [(text, changed) for text, changed in found if text]


def html(pieces, tag):
    """Pieces as HTML, the changed ones in an element such as ``ins``."""
    made = [(mixed(text, "html"), changed) for text, changed in pieces]
    return Markup("").join(Markup(f"<{tag}>{text}</{tag}>") if changed else text for text, changed in made)


def typst(pieces, function):
    """Pieces as Typst markup, the changed ones as the argument of a function of ``book.typ``."""
    made = [(mixed(text, "typst"), changed) for text, changed in pieces]
    return "".join(f"#{function}[{text}]" if changed else text for text, changed in made)


def mixed(text, target):
    """Plain text with formulas between dollars, as HTML or as Typst markup."""
    plain = {"html": evidence.scientific, "typst": typst_parts.scientific}[target]
    pieces = _FORMULA.split(text)
    made = [_formula(piece, target) if i % 2 else plain(piece) for i, piece in enumerate(pieces)]
    return Markup("").join(made) if target == "html" else "".join(made)


@cache
def _formula(tex, target):
    written = fragment(f"${tex}$", target, "a formula of the errata").strip()
    return Markup(written.removeprefix("<p>").removesuffix("</p>")) if target == "html" else written
