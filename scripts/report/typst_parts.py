"""The parts of a chapter in the PDF: what each macro becomes in Typst."""

import json
import re

from scripts.report.bibliography import work_at, works
from scripts.report.evidence import INDEX, claim_view, inherited, tied
from scripts.report.quantities import NONE

TARGET = "typst"
SIGNS = {"passed": "✓", "not_passed": "✗", "unsettled": "·"}


def quoted(text):
    """A Typst string literal; nothing in it can act as markup."""
    return json.dumps(str(text), ensure_ascii=False)


def scientific(text):
    """Plain text as Typst markup, with ``T_c`` set as a symbol with its index; D(Q ‖ P) gets room."""
    first, *pieces = INDEX.split(re.sub(r"(?<=\w)‖(?=\w)", "\u202f‖\u202f", tied(text)))
    markup = [f"#{quoted(first)};"]
    for symbol, index, below, above, rest in zip(*[iter(pieces)] * 5, strict=True):
        markup.append(f"#{quoted(symbol)}" if below else f"#emph({quoted(symbol)})")
        limits = f"#limits-of({quoted(below)}, {quoted(above)});"
        markup.append(limits if above else f"#sub({quoted(index or below)});")
        markup.append(f"#{quoted(rest)};")
    return "".join(markup)


def number(key, printed):
    """A number; the key is known to the HTML page only."""
    return f"`{printed.typst};`{{=typst}}"  # the semicolon ends the expression


def address(text):
    """The address of a link; behind one to a listed work stands its number among the sources."""
    key = work_at(text)
    return f"{text}`{source(key)};`{{=typst}}" if key else text


def source(key):
    """The number of a work, as a link to it."""
    return f"#cited(<source-{key}>, {works()[key]['number']})"


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
    note = f"#marks-note({quoted(chapter.text['marks_note'])})\n"
    return _raw(note + "\n".join(claim(view, chapter.text) for view in views))


def plain(text):
    """Text as a paragraph of its own."""
    return f"#{quoted(text)}"


def line(view):
    """What the ledger says of a claim: identifier, statement, verdict and its label."""
    statement = f"[{scientific(view['statement'])}]"
    return quoted(view["id"]), statement, quoted(view["verdict"]), quoted(view["label"])


def ledger_line(view, texts):
    """A row of the ledger: identifier, statement with its condition, one result, verdict and its label."""
    name, _, verdict, label = line(view)
    below = "".join(f"#linebreak()#soft[{scientific(note)}]" for note in _below(view, texts))
    found = f"[{_result(view['lead'])}]" if view["lead"] else "[]"
    return name, f"[{scientific(view['statement'])}{below}]", found, verdict, label


def _result(lead):
    """One labelled number: which check, what it gave, what it is compared with, and the outcome."""
    target = f" #soft[({scientific(lead['kind'])} {_target(lead)})]" if lead["reference"] else ""
    return (
        f"{scientific(lead['shows'])}#linebreak(){lead['measured'].typst}{target} #{quoted(_outcome(lead))}"
    )


def _target(record):
    return f"#{quoted(record['sign'])};{record['reference'].typst}"


def _outcome(record):
    return f"{SIGNS[record['state']]} {record['outcome']}"


def _below(view, texts):
    """What stands under a statement, as plain lines: whose it is, its condition, its reason."""
    said = {"lecture": view["place"], "book": ""}.get(view["source"], texts.get(f"source_{view['source']}"))
    whose = " · ".join(filter(None, (said, view["nature"])))
    condition = _conditional(view, texts) if view["condition"] else ""
    return [text for text in (whose, condition, inherited(view, texts) or view["reason"]) if text]


def condition(view, texts):
    """A statement with the condition it needs, and the checks of both sides."""
    notes = _notes([_conditional(view, texts)])
    return f"#claim({', '.join(line(view))}, {notes}, {header(texts)}, {rows(view['shown'], texts)})"


def _conditional(view, texts):
    return texts["condition_line"].format(value=view["condition"])


def _notes(lines):
    return "(" + "".join(f"[{scientific(text)}], " for text in lines) + ")"


def claim(view, texts):
    """One claim: identifier, statement, verdict, what stands under it, and its records."""
    cells = [*line(view), _notes(_below(view, texts)), header(texts), rows(view["records"], texts)]
    return f"#claim({', '.join(cells)}) <claim-{view['id']}>"


def header(texts):
    """Head of a table of records."""
    return f"({', '.join(quoted(texts[key]) for key in ('check', 'measured', 'reference', 'z', 'result'))})"


def rows(records, texts):
    return "(" + "".join(f"\n  {record(each, texts)}," for each in records) + "\n)"


def record(view, texts):
    """One record: the cells of a table row."""
    target = _target(view) if view["reference"] else NONE
    shown = f"{scientific(view['shows'])}#linebreak()#soft[{_about(view, texts)}]"
    cells = [shown, view["measured"].typst, target, f"#{quoted(view['z'])}", f"#{quoted(_outcome(view))}"]
    return "(" + ", ".join(f"[{cell}]" for cell in cells) + ")"


def _about(view, texts):
    """Role, kind, source and bounds of a check, and how it was made, in a few small lines."""
    role = "" if view["role_key"] == "statement" else view["role"]
    said = [scientific(text) for text in (role, view["kind"], view["source"]) if text]
    said[-1] += "".join(f" {source(key)};" for key in view["citation"])
    lines = [" · ".join([*said, *(_limit(each) for each in view["limits"])])]
    if view["text"]:
        lines.append(scientific(view["text"]))
    made = [_made(note, texts) for note in view["notes"] if note["name"] != texts["rule"]]
    return "#linebreak()".join([*lines, "#h(.3em)·#h(.3em)".join(made)] if made else lines)


def _limit(each):
    before, after = each["text"].split("{value}")
    return f"#{quoted(before)};{each['value'].typst}#{quoted(after)};"


def _made(note, texts):
    code = f"#raw({quoted(note['code'])})" if note["code"] else ""
    return f"#{quoted(note['name'] + texts['colon'])};{code} {scientific(note['text'])}".rstrip()


def _raw(typst):
    return f"\n\n`````{{=typst}}\n{typst}\n`````\n\n"
