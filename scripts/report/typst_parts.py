"""The parts of a chapter in the PDF: what each macro becomes in Typst."""

import json
import re

from scripts.report.evidence import INDEX, claim_view, inherited
from scripts.report.quantities import NONE

TARGET = "typst"


def quoted(text):
    """A Typst string literal; nothing in it can act as markup."""
    return json.dumps(str(text), ensure_ascii=False)


# Where a line may not end: "10 000", "5 %", "T = 3", "1/(M - N) Σ", "P(D|θ)"; and D(Q ‖ P) needs room.
TIED = [
    (r"(?<=\d) (?=%|\d{3}(?!\d))", "\u00a0"),
    (r"(?<![^\W_])([^\W\d_](?:_\w)?) = (?=\S)", "\\1\u00a0=\u00a0"),
    (r"(?<=\)) (?=Σ)", "\u00a0"),
    (r"(?<=\d/)(?=\()|(?<=\|)(?=\w)", "\u2060"),
    (r"(?<=\w)‖(?=\w)", "\u202f‖\u202f"),
]


def scientific(text):
    """Plain text as Typst markup, with ``T_c`` set as a symbol with its index."""
    for gap, tie in TIED:
        text = re.sub(gap, tie, text)
    first, *pieces = INDEX.split(text)
    markup = [f"#{quoted(first)};"]
    for symbol, index, below, above, rest in zip(*[iter(pieces)] * 5, strict=True):
        markup.append(f"#{quoted(symbol)}" if below else f"#emph({quoted(symbol)})")
        markup.append(f"#sub({quoted(index or below)})")
        markup.append(f"#super({quoted(above)});" if above else ";")
        markup.append(f"#{quoted(rest)};")
    return "".join(markup)


def number(key, printed):
    """A number; the key is known to the HTML page only."""
    return f"`{printed.typst};`{{=typst}}"  # the semicolon ends the expression


def figure(chapter, name, caption):
    """A figure with caption and alt text, labelled for links."""
    entry = chapter.figures[name]
    alt, label = quoted(" ".join(entry["alt"][chapter.language].split())), quoted(chapter.figure_label(name))
    title = quoted(entry["title"][chapter.language])
    path = quoted(f"{chapter.experiment}/{name}.{entry.get('pdf', 'svg')}")
    opened, closed = (
        _raw(f"#picture({path}, {alt}, {label}, {title})["),
        _raw(f"][#metadata(none) <fig-{name}>]"),
    )
    return f"{opened}{caption.strip()}{closed}"


def widget(chapter, name, caption):
    """Nothing: its still figure stands in the chapter."""
    return ""


def claims(chapter):
    """All claims of the chapter, each a line with the verdict and a table of its records."""
    rules = chapter.provenance["rules"]
    views = [claim_view(row, chapter.text, chapter.language, rules) for row in chapter.claims]
    return _raw("\n".join(claim(view, chapter.text) for view in views))


def plain(text):
    """Text as a paragraph of its own."""
    return f"#{quoted(text)}"


def line(view):
    """What the ledger says of a claim: identifier, statement, verdict and its label."""
    statement = f"[{scientific(view['statement'])}]"
    return quoted(view["id"]), statement, quoted(view["verdict"]), quoted(view["label"])


def ledger_line(view, texts):
    """A row of the ledger: identifier, statement with its condition, measurement, verdict and its label."""
    name, _, verdict, label = line(view)
    statement, lead = scientific(view["statement"]), view["lead"]
    notes = [_conditional(view, texts)] if view["condition"] else []
    notes += [inherited(view, texts)] if inherited(view, texts) else []
    below = "".join(f"#linebreak()#soft[{scientific(note)}]" for note in notes)
    measured = f"[{_measured(lead)}]" if lead else "[]"
    return name, f"[{statement}{below}]", measured, verdict, label


def _measured(lead):
    score = "" if lead["z"] == NONE else f"#linebreak()#soft[z #{quoted(lead['z'])}]"
    return f"{lead['measured'].typst}{score}"


def correction(view, texts, language):
    """An erratum: the sentence as printed, the corrected one, and the checks that show it."""
    printed, corrected = [view["printed_ja"]], [view["correction_ja"]]
    if language != "ja":
        printed, corrected = [*printed, view["printed"]], [*corrected, view["correction"]]
    lines = [(texts["printed"], printed), (texts["should_read"], corrected)]
    lines += [(texts["note"], [view["note"]])] if view["note"] else []
    said = ", ".join(
        f"({quoted(name)}, ({', '.join(f'[{scientific(part)}]' for part in parts)},))"
        for name, parts in lines
    )
    kind = quoted(texts[f"kind_{view['kind']}"])
    return f"#erratum({quoted(view['id'])}, {kind}, ({said}), {_header(texts)}, {_rows(view['shown'])})"


def condition(view, texts):
    """A statement with the condition it needs, and the checks of both sides."""
    words = f"[{scientific(view['statement'])} #soft[{scientific(_conditional(view, texts))}]]"
    name, _, verdict, label = line(view)
    return f'#claim({name}, {words}, {verdict}, {label}, "", {_header(texts)}, {_rows(view["shown"])})'


def _conditional(view, texts):
    return texts["condition_line"].format(value=view["condition"])


def claim(view, texts):
    """One claim: identifier, statement, verdict, and its records."""
    note, head = quoted(inherited(view, texts)), _header(texts)
    return f"#claim({', '.join(line(view))}, {note}, {head}, {_rows(view['records'])}) <claim-{view['id']}>"


def _header(texts):
    """Head of a table of records."""
    return f"({', '.join(quoted(texts[key]) for key in ('check', 'measured', 'reference', 'z', 'result'))})"


def _rows(records):
    return "(" + "".join(f"\n  {record(each)}," for each in records) + "\n)"


def record(view):
    """One record: the cells of a table row."""
    known = view["reference"]
    target = f"#{quoted(view['sign'])}{known.typst}" if known else NONE
    cells = [scientific(view["text"]), view["measured"].typst, target, f"#{quoted(view['z'])}"]
    return "(" + ", ".join(f"[{cell}]" for cell in [*cells, f"#{quoted(view['outcome'])}"]) + ")"


def _raw(typst):
    return f"\n\n`````{{=typst}}\n{typst}\n`````\n\n"
