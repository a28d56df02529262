"""Chapter prose with its macros filled in, for the page (html) and for the book (typst).

==========================  ==========================================================
``<<n("ising.tc")>>``       a number from ``numbers.json``; options ``digits=`` if it is exact, and
                            ``bound="least"`` or ``"most"``: rounded down or up
``<<m("ising.tc")>>``       the same inside math
``<<figure("spins")>>``     the card of a figure, a paragraph of its own
``<<widget("ising.spins")>>``  a player; its still figure must stand in the chapter too
``<<claims()>>``            the claims that the chapter settles, with their records
``<<ref("fig:spins")>>``    a link to a figure, or to an equation by ``eq:name``
``<<section("1.1")>>``      a section of the book
``<<claim("1.1-01")>>``     a link to a claim of this chapter
==========================  ==========================================================
"""

import inspect
import re

from scripts.common.io import InputError
from scripts.report import page_parts, typst_parts
from scripts.report.quantities import ROUNDING, quantity
from scripts.report.tokens import calls, replaced, tokens

TARGETS = {"html": page_parts, "typst": typst_parts}
_EQUATION = re.compile(r"\$\$(.+?)\$\$[ \t]*\{#eq:([\w-]+)\}", re.DOTALL)


def filled(text, path, chapter, target):
    """Prose ready for pandoc.

    Parameters
    ----------
    text : str
        Markdown with macros.
    path : str
        Named in errors.
    chapter : sources.Chapter
    target : {"html", "typst"}

    Returns
    -------
    str
        Markdown with raw parts for the target.

    Raises
    ------
    InputError
        If a key, figure, widget, equation or claim is unknown; names file and line.
    """
    parts = TARGETS[target]

    def replacement(token):
        def fill(call):
            macro = _MACROS[call.name]
            try:
                inspect.signature(macro).bind(chapter, parts, *call.arguments, **call.options)
            except TypeError as error:
                raise InputError(f"{path}:{token.line}: <<{call.name}(...)>>: {error}") from error
            try:
                return macro(chapter, parts, *call.arguments, **call.options)
            except _UnknownError as error:
                raise InputError(f"{path}:{token.line}: <<{call.name}(...)>>: {error}") from error

        return replaced(token, path, fill)

    untouched = {"code": lambda token: token.text, "url": lambda token: parts.address(token.text)}
    text = "".join(untouched.get(token.kind, replacement)(token) for token in tokens(text))
    return _EQUATION.sub(lambda match: _numbered(match, chapter), text)


def used(text, path, *names):
    """First arguments of the named macros, in the order of the text."""
    found = [call for token in tokens(text) for call, _ in calls(token, path) if call.name in names]
    return [call.arguments[0] if call.arguments else "" for call in found]


def printed(text, path, chapter):
    """Key and `Quantity` of every number that the prose outside math shows."""
    found = [call for token in tokens(text) for call, _ in calls(token, path) if call.name == "n"]
    return [(call.arguments[0], _quantity(chapter, *call.arguments, **call.options)) for call in found]


def equation_labels(text):
    """Numbers of the labelled equations, by label, from 1."""
    return {match.group(2): i for i, match in enumerate(_EQUATION.finditer(text), start=1)}


def _numbered(match, chapter):
    tex, label = match.groups()
    return f'\n\n::: {{.equation #eq-{label} number="{chapter.equation_number(label)}"}}\n$${tex}$$\n:::\n\n'


class _UnknownError(LookupError):
    """A name that the chapter does not have, and those that it has."""


def _found(known, name):
    """``known[name]``, or an error that lists what there is."""
    if name not in known:
        raise _UnknownError(f"unknown '{name}'; known: {', '.join(sorted(known)) or 'none'}")
    return known[name]


def _quantity(chapter, key, digits=6, bound=None):
    entry = _found(chapter.numbers, key)
    if bound is not None:
        _found({side: side for side in ROUNDING if side}, bound)
    return quantity(entry["value"], entry["err"], digits, bound)


def _number(chapter, parts, key, digits=6, bound=None):
    return parts.number(key, _quantity(chapter, key, digits, bound))


def _math_number(chapter, parts, key, digits=6, bound=None):
    return "{" + _quantity(chapter, key, digits, bound).tex + "}"


def _figure(chapter, parts, name):
    entry = _found(chapter.figures, name)
    caption = filled(entry["caption"][chapter.language], f"caption of figure '{name}'", chapter, parts.TARGET)
    return parts.figure(chapter, name, caption)


def _widget(chapter, parts, name):
    entry = _found(chapter.widgets, name)
    _found(chapter.figures, entry["still"])
    caption = filled(entry["caption"][chapter.language], f"caption of widget '{name}'", chapter, parts.TARGET)
    return parts.widget(chapter, name, caption)


def _claims(chapter, parts):
    return parts.claims(chapter)


def _reference(chapter, parts, name):
    texts = {f"fig:{label}": chapter.figure_label(label) for label in chapter.figures}
    for label in chapter.equations:
        number = chapter.equation_number(label)
        texts[f"eq:{label}"] = chapter.text["equation_label"].format(number=number)
    return f"[{_found(texts, name)}](#{name.replace(':', '-', 1)})"


def _section(chapter, parts, number):
    return chapter.text["section_label"].format(number=number)


def _claim(chapter, parts, name):
    return f"[{_found({row['id']: row['id'] for row in chapter.claims}, name)}](#claim-{name})"


_MACROS = {
    "n": _number,
    "m": _math_number,
    "figure": _figure,
    "widget": _widget,
    "claims": _claims,
    "ref": _reference,
    "section": _section,
    "claim": _claim,
}
