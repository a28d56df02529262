"""Chapter prose cut into the pieces that the checks and the macros treat differently."""

import ast
import re
from dataclasses import dataclass

from scripts.common.io import InputError

_TOKEN = re.compile(
    r"""
      (?P<fence>^```[^\n]*\n.*?^```[ \t]*$)
    | (?P<code>`[^`\n]+`)
    | (?P<display>\$\$.+?\$\$)
    | (?P<math>(?<!\\)\$(?=\S)[^$]*?(?<=\S)\$(?!\d))
    | (?P<macro><<\s*\w+\s*\([^<>]*?\)\s*>>)
    | (?P<url>\]\((?:[^()\s]|\([^()\s]*\))*\)|<https?://[^>\s]*>)
    | (?P<attribute>\{[\#.][^}\n]*\})
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_MACRO = re.compile(r"<<\s*(\w+)\s*\(([^<>]*?)\)\s*>>")
NAMES = ("n", "m", "figure", "widget", "claims", "ref", "section", "claim")
_OPEN = re.compile(r"<<|>>")


@dataclass(frozen=True)
class Token:
    """A piece of prose: its kind (prose, math, display, macro, code, ...), text and line."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Call:
    """A macro: name, positional and named arguments."""

    name: str
    arguments: tuple
    options: dict


def tokens(text):
    """Cut a chapter into `Token` pieces that join to the same text."""
    pieces, position, line = [], 0, 1
    for match in _TOKEN.finditer(text):
        for kind, piece in (("prose", text[position : match.start()]), (match.lastgroup, match.group())):
            if piece:
                pieces.append(Token(kind, piece, line))
                line += piece.count("\n")
        position = match.end()
    if text[position:]:
        pieces.append(Token("prose", text[position:], line))
    return pieces


def calls(token, path):
    """The macros inside a token, as (`Call`, text) pairs.

    Raises
    ------
    InputError
        If there is no such macro, an argument is not a plain text or number, or a
        ``<<`` has no macro.
    """
    found = [(_call(match, token, path), match.group()) for match in _MACRO.finditer(token.text)]
    if token.kind in ("prose", "math", "display") and _OPEN.search(_MACRO.sub("", token.text)):
        raise InputError(f"{path}:{token.line}: '<<' without a macro: write <<name(\"key\")>>")
    return found


def replaced(token, path, replacement):
    """The token's text with each macro replaced by ``replacement(call)``."""
    text = token.text
    for call, source in calls(token, path):
        text = text.replace(source, replacement(call), 1)
    return text


def _call(match, token, path):
    name, arguments = match.groups()
    if name not in NAMES:
        raise InputError(f"{path}:{token.line}: no macro <<{name}(...)>>; there are {', '.join(NAMES)}")
    try:
        node = ast.parse(f"{name}({arguments})", mode="eval").body
        positional = tuple(ast.literal_eval(argument) for argument in node.args)
        options = {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords}
    except (SyntaxError, ValueError) as error:
        message = f"{path}:{token.line}: cannot read {match.group()}: arguments are quoted texts or numbers"
        raise InputError(message) from error
    return Call(name, positional, options)
