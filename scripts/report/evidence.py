"""Claims in the form that templates print: texts, labels, and their records (`records`)."""

import re

from markupsafe import Markup, escape

from scripts.common.chapters import written
from scripts.common.claims.counting import KINDS, ground
from scripts.report.quantities import NONE
from scripts.report.records import record_view

VERDICTS = ("holds", "holds_if", "refuted_as_printed", "open", "failed", "definition", "not_run")
MARKS = {
    "holds": "✓",
    "holds_if": "◐",
    "refuted_as_printed": "✗",
    "open": "?",
    "failed": "!",
    "definition": "≡",
    "not_run": "–",
}
LEADING_ROLES = ("condition_inside", "statement", "correction", "observation", "control", "condition_outside")


# Where a line may not end: "10 000", "5 %", "T = 3", "ln Z", "− ln", "1/(M - N) Σ", "P(D|θ)".
TIED = [
    (r"(?<=\d) (?=%|\d{3}(?!\d))", "\u00a0"),
    (r"(?<![^\W_])([^\W\d_](?:_\w)?) = (?=\S)", "\\1\u00a0=\u00a0"),
    (r"(?<=\bln) (?=\S)|(?<=[−+=≈]) (?=(?:ln|Σ|∫|1/)\b|[Σ∫])|(?<=\)) (?=Σ)", "\u00a0"),
    (r"(?<=\d/)(?=\()|(?<=\|)(?=\w)", "\u2060"),
]
INDEX = re.compile(r"(?<![\w])([A-Za-z\u0370-\u03ff])_(?:([A-Za-z0-9]+)|\{([^{}]+)\}(?:\^\{([^{}]+)\})?)")
"""A symbol with its index, ``T_c``; in braces, as of a sum, ``Σ_{t=N}^{M}``, a second one may stand above."""


def scientific(text):
    """Plain text as HTML, with ``T_c`` set as a symbol with its index."""
    marked = INDEX.sub(_indexed, str(escape(tied(text))))
    return Markup(marked.replace("‖", '<span class="norm">‖</span>'))


def tied(text):
    """Text with its formulas held together."""
    for gap, tie in TIED:
        text = re.sub(gap, tie, text)
    return text


def _indexed(found):
    symbol, index, below, above = found.groups()
    if above:
        return f'{symbol}<span class="limits"><span>{above}</span><span>{below}</span></span>'
    return f"{symbol if below else f'<i>{symbol}</i>'}<sub>{index or below}</sub>"


def claim_view(row, texts, language, rules):
    """One claim for printing.

    Parameters
    ----------
    row : dict
        A row of ``claims.json``.
    texts : dict of str to str
        `sources.interface` in the language.
    language : {"en", "ja"}
    rules : dict of str to dict
        Script and wall time of every rule, from ``provenance.json``.

    Returns
    -------
    dict
        id, section, place (in words), source, nature (in words), statement, words, condition, expectation,
        experiments, verdict, label, mark, reason, ground (what it rests on, `counting.ground`), inherits,
        records, lead (the record that speaks for the claim, or None).
    """
    records = [record_view(record, texts, language, rules) for record in row["records"]]
    planned = row["verdict"] == "not_run" and is_planned(row)
    return {
        "id": row["id"],
        "section": row.get("section", ""),
        "place": place(row, texts),
        "source": row["source"],
        "nature": texts[f"nature_{row['nature']}"] if "nature" in row else "",
        "statement": row[f"statement_{language}"],
        "other_statement": row["statement_ja" if language == "en" else "statement_en"],
        "words": row["keywords_ja"],
        "condition": row.get(f"condition_{language}"),
        "expectation": texts[f"verdict_{row['expectation']}"],
        "experiments": row["experiments"],
        "verdict": row["verdict"],
        "label": texts["verdict_planned" if planned else f"verdict_{row['verdict']}"],
        "mark": MARKS[row["verdict"]],
        "reason": reason(row["reason"], texts),
        "ground": ground(row),
        "inherits": row.get("inherits", []),
        "records": records,
        "lead": lead(records, row["verdict"]),
    }


def lead(records, verdict):
    """The record that speaks for a claim: what refuted it or failed, else its strongest check."""
    at_fault = verdict in ("refuted_as_printed", "failed")

    def place(record):
        is_beside = at_fault and record["state"] != "not_passed"
        is_empty = record["measured"].plain == NONE
        return is_empty, is_beside, LEADING_ROLES.index(record["role_key"]), KINDS.index(record["kind_key"])

    return min(records, key=place, default=None)


def is_planned(row):
    """Whether all chapters of a row are still to be written."""
    return not set(row["experiments"]) & set(written())


def place(row, texts):
    """Where a statement stands, in words: the section of the book, or the lecture."""
    if "lecture" in row:
        return texts["lecture_label"].format(name=row["lecture"])
    return texts["section_label"].format(number=row["section"])


def inherited(view, texts):
    """Where the verdict of a claim without checks comes from; empty for one that has its own."""
    if view["records"] or not view["inherits"]:
        return ""
    return f"{texts['inherits']} {', '.join(view['inherits'])}"


def reason(text, texts):
    """The reason of a verdict in the language of ``texts``; behind a colon, experiments have their titles.

    Words that `interface.yaml` does not know are printed in English rather than not at all.
    """
    parts = [part.partition(": ") for part in text.split("; ") if part]
    parts = [_said(*part) for part in parts]
    words = [
        (texts.get("reason_" + re.sub(r"[^a-z]+", "_", head), head), colon, _titles(names, texts))
        for head, colon, names in parts
    ]
    return "; ".join(head + (texts["colon"] + names if colon else "") for head, colon, names in words)


def _said(head, colon, names):
    # Which sentence is meant stands in the statement; the name of its check says nothing to a reader.
    if head.startswith("rejected as printed"):
        return head, "", ""
    is_planned = head == "not run" and not set(names.split(", ")) & set(written())
    return "in preparation" if is_planned else head, colon, names


def _titles(names, texts):
    """Names after a colon, separated by commas: those of experiments become titles in quotes."""
    titles = {name: texts.get(f"experiment_{name}") for name in names.split(", ")}
    quoted = [texts["quoted"].format(name=title) if title else name for name, title in titles.items()]
    return texts["comma"].join(quoted)


def commit(provenance):
    """The commit in short, with a plus where files had changed since."""
    return (provenance["commit"] or "—")[:10] + ("+" if provenance["dirty"] else "")


def counts(rows):
    """Number of claims by verdict, all verdicts in their fixed order."""
    return {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS}
