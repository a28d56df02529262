"""What the build refuses: typed numbers, missing texts, languages out of step, unreviewed translations.

Each fault is an `InputError` of one line that begins with file and line.
"""

import hashlib
import re

from scripts.common.io import InputError
from scripts.report.sources import LANGUAGES
from scripts.report.tokens import calls, tokens

# \d includes the full-width digits of Japanese text, and so does the full stop here.
_DECIMAL = re.compile(r"(?<![\w.])\d*[.．]\d+|\d+[.．]\d+")
_MACRO = re.compile(r"<<.*?>>", re.DOTALL)
_HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
_ID = re.compile(r"\{#([\w:-]+)")
_TEXT_IN_MATH = re.compile(r"\\text\{[^}]*\}")
BLOCK_MACROS = ("figure", "widget", "claims")


def check_prose(path, text, constants=()):
    """Refuse decimals typed by hand, macros in the wrong place, headings without an id.

    Parameters
    ----------
    path : str
        Named in the error.
    text : str
        The chapter.
    constants : iterable of str
        Decimals that may be typed, because nothing measured them.

    Raises
    ------
    InputError
    """
    for token in tokens(text):
        if token.kind in ("prose", "math", "display"):
            _refuse_decimal(path, token.line, _MACRO.sub("", token.text), constants)
        for call, source in calls(token, path):
            _refuse_misplaced(path, token, call, source)
    for match in _HEADING.finditer(text):
        if not _ID.search(match.group(1)):
            line = text.count("\n", 0, match.start()) + 1
            raise InputError(f"{path}:{line}: heading without an id: write '## Title {{#id}}'")


def check_captions(path, content, constants=()):
    """Refuse captions, titles and alt texts that are missing or hold a typed decimal.

    Parameters
    ----------
    path : str
        The chapter's ``figures.yaml``; its lines are searched for the place.
    content : dict
        What it holds: ``figures`` and ``widgets``.
    constants : iterable of str

    Raises
    ------
    InputError
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    required = {"figures": ("title", "caption", "alt"), "widgets": ("title", "caption")}
    for group, keys in required.items():
        for name, entry in content.get(group, {}).items():
            for key in keys:
                _check_words(path, lines, name, key, entry.get(key) or {}, constants)


def check_in_step(paths, texts):
    """Refuse two languages that differ in blocks, ids, display math, keys or figures.

    Parameters
    ----------
    paths, texts : dict of str to str
        By language.

    Raises
    ------
    InputError
        Names file and line of the first difference.
    """
    first, second = LANGUAGES
    pairs = list(zip(blocks(texts[first]), blocks(texts[second]), strict=False))
    for (line_1, block_1), (line_2, block_2) in pairs:
        one, two = _skeleton(block_1, paths[first]), _skeleton(block_2, paths[second])
        if one != two:
            only = sorted(set(one) ^ set(two)) or sorted(one)
            raise InputError(
                f"{paths[second]}:{line_2}: out of step with {paths[first]}:{line_1}: "
                f"{only[0]} is only in one of them"
            )
    counts = {language: len(blocks(texts[language])) for language in LANGUAGES}
    if counts[first] != counts[second]:
        longer = max(LANGUAGES, key=lambda language: counts[language])
        line = blocks(texts[longer])[len(pairs)][0]
        raise InputError(f"{paths[longer]}:{line}: this paragraph has no counterpart in the other language")


def check_translations(paths, texts, lock):
    """Refuse a paragraph whose text changed since its translation was last reviewed.

    Parameters
    ----------
    paths, texts : dict of str to str
        By language.
    lock : list of str
        Reviewed pairs, as `reviewed_pairs` gives them.

    Raises
    ------
    InputError
    """
    first, second = LANGUAGES
    known = set(lock)
    for pair, (line_1, _), (line_2, _) in zip(
        reviewed_pairs(texts), blocks(texts[first]), blocks(texts[second]), strict=True
    ):
        if pair not in known:
            raise InputError(
                f"{paths[second]}:{line_2}: changed, or {paths[first]}:{line_1} did: compare the two, "
                f"then run python -m scripts.report.review"
            )


def reviewed_pairs(texts):
    """One digest for each pair of paragraphs, in order."""
    digests = [[_digest(block) for _, block in blocks(texts[language])] for language in LANGUAGES]
    return [f"{one} {two}" for one, two in zip(*digests, strict=True)]


def blocks(text):
    """Paragraphs, headings and displays as (line, text) pairs: what blank lines separate."""
    found, line = [], 1
    for piece in re.split(r"(\n[ \t]*\n)", text):
        if piece.strip():
            found.append((line + len(piece) - len(piece.lstrip("\n")), piece.strip()))
        line += piece.count("\n")
    return found


def _check_words(path, lines, name, key, words, constants):
    """One text of a figure in all its languages."""
    odd = set(words) - set(LANGUAGES)
    if odd:
        where = f"{path}:{_line_of(lines, name, None)}"
        raise InputError(f"{where}: {key} of '{name}': '{min(odd)}' is no language; put the text in quotes")
    for language in LANGUAGES:
        text = words.get(language)
        where = _line_of(lines, name, text)
        if not text or not text.strip():
            raise InputError(f"{path}:{where}: '{name}' has no {key} in '{language}'")
        _refuse_decimal(path, where, _MACRO.sub("", text), constants)


def _skeleton(block, path):
    """What must be the same in every language, sorted because word order differs."""
    bones = [f"heading level {len(block) - len(block.lstrip('#'))}"] if block.startswith("#") else []
    bones += [f"id '{name}'" for name in _ID.findall(block)]
    for token in tokens(block):
        if token.kind == "display":
            bones.append(f"equation '{''.join(_TEXT_IN_MATH.sub('', token.text).split())}'")
        bones += [
            f"<<{call.name}({', '.join(map(repr, call.arguments))})>>" for call, _ in calls(token, path)
        ]
    return sorted(bones)


def _refuse_decimal(path, line, text, constants):
    for match in _DECIMAL.finditer(text):
        if match.group() not in constants:
            where = line + text.count("\n", 0, match.start())
            raise InputError(
                f"{path}:{where}: the number {match.group()} is typed by hand: "
                f"take it from numbers.json by <<n(...)>>, in math by <<m(...)>>"
            )


def _refuse_misplaced(path, token, call, source):
    in_math = token.kind in ("math", "display")
    if in_math != (call.name == "m"):
        place = "only <<m(...)>> works in math" if in_math else "<<m(...)>> works in math only"
        raise InputError(f"{path}:{token.line}: {source}: {place}")


def _line_of(lines, name, text):
    """Line of a caption's first words, or of its entry's name; 1 if neither is found."""
    start = next((i for i, line in enumerate(lines, 1) if line.strip().startswith(f"{name}:")), 1)
    words = (text or "").strip().split("\n")[0][:20]
    return next((i for i, line in enumerate(lines, 1) if i >= start and words and words in line), start)


def _digest(text):
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
