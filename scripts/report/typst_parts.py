"""The parts of a chapter in the PDF: what each macro becomes in Typst."""

import json

from scripts.report.evidence import INDEX, claim_view

TARGET = "typst"


def quoted(text):
    """A Typst string literal; nothing in it can act as markup."""
    return json.dumps(str(text), ensure_ascii=False)


def scientific(text):
    """Plain text as Typst markup, with ``T_c`` set as a symbol with its index."""
    pieces = INDEX.split(text)
    markup = [f"#{quoted(pieces[0])};"]
    for symbol, index, rest in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        markup.append(f"#emph({quoted(symbol)})#sub({quoted(index)});#{quoted(rest)};")
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
    return f"{_raw(f'#picture({path}, {alt}, {label}, {title})[')}{caption.strip()}{_raw(f'] <fig-{name}>')}"


def widget(chapter, name, caption):
    """Nothing: its still figure stands in the chapter."""
    return ""


def claims(chapter):
    """All claims of the chapter, each a line with the verdict and a table of its records."""
    views = [claim_view(row, chapter.text, chapter.language) for row in chapter.claims]
    return _raw("\n".join(claim(view, chapter.text) for view in views))


def line(view):
    """What the ledger says of a claim: identifier, statement, verdict and its label."""
    statement = f"[{scientific(view['statement'])}]"
    return quoted(view["id"]), statement, quoted(view["verdict"]), quoted(view["label"])


def claim(view, texts):
    """One claim: identifier, statement, verdict, and its records."""
    rows = "".join(f"\n  {record(each)}," for each in view["records"])
    header = ", ".join(quoted(texts[key]) for key in ("check", "measured", "reference", "z", "result"))
    return f"#claim({', '.join(line(view))}, ({header}), ({rows}\n)) <claim-{view['id']}>"


def record(view):
    """One record: the cells of a table row."""
    known = view["reference"]
    sign = {"above": "> ", "below": "< ", None: ""}[view["direction"]]
    target = f"#{quoted(sign)}{known.typst}" if known else "—"
    cells = [scientific(view["text"]), view["measured"].typst, target, f"#{quoted(view['z'])}"]
    return "(" + ", ".join(f"[{cell}]" for cell in [*cells, f"#{quoted(view['outcome'])}"]) + ")"


def _raw(typst):
    return f"\n\n`````{{=typst}}\n{typst}\n`````\n\n"
