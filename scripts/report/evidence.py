"""Claims and their records in the form that templates print: texts, quantities, labels."""

import re
from pathlib import Path

from markupsafe import Markup, escape

from scripts.report.quantities import deviation, quantity, reference

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


INDEX = re.compile(r"(?<![\w])([A-Za-z\u0370-\u03ff])_(?:([A-Za-z0-9]+)|\{([^{}]+)\}(?:\^\{([^{}]+)\})?)")
"""A symbol with its index, ``T_c``; in braces, as of a sum, ``Σ_{t=N}^{M}``, a second one may stand above."""


def scientific(text):
    """Plain text as HTML, with ``T_c`` set as a symbol with its index."""
    marked = INDEX.sub(_indexed, str(escape(text)))
    return Markup(marked.replace("‖", '<span class="norm">‖</span>'))


def _indexed(found):
    symbol, index, below, above = found.groups()
    raised = f"<sup>{above}</sup>" if above else ""
    return f"{symbol if below else f'<i>{symbol}</i>'}<sub>{index or below}</sub>{raised}"


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
        id, section, place (in words), source, statement, words, condition, expectation, experiments, verdict,
        label, mark, reason, inherits, records, lead (the record that speaks for the claim, or None).
    """
    records = [record_view(record, texts, language, rules) for record in row["records"]]
    return {
        "id": row["id"],
        "section": row.get("section", ""),
        "place": place(row, texts),
        "source": row["source"],
        "statement": row[f"statement_{language}"],
        "other_statement": row["statement_ja" if language == "en" else "statement_en"],
        "words": row["keywords_ja"],
        "condition": row.get(f"condition_{language}"),
        "expectation": texts[f"verdict_{row['expectation']}"],
        "experiments": row["experiments"],
        "verdict": row["verdict"],
        "label": texts[f"verdict_{row['verdict']}"],
        "mark": MARKS[row["verdict"]],
        "reason": reason(row["reason"], texts),
        "inherits": row.get("inherits", []),
        "records": records,
        "lead": min(records, key=lambda record: LEADING_ROLES.index(record["role_key"]), default=None),
    }


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
    # Which sentence is meant stands in the statement; the name of its check says nothing to a reader.
    parts = [
        (head, "", "") if head.startswith("rejected as printed") else (head, colon, names)
        for head, colon, names in parts
    ]
    words = [
        (texts.get("reason_" + re.sub(r"[^a-z]+", "_", head), head), colon, _titles(names, texts))
        for head, colon, names in parts
    ]
    return "; ".join(head + (texts["colon"] + names if colon else "") for head, colon, names in words)


def _titles(names, texts):
    """Names after a colon, separated by commas: those of experiments become titles in quotes."""
    titles = {name: texts.get(f"experiment_{name}") for name in names.split(", ")}
    quoted = [texts["quoted"].format(name=title) if title else name for name, title in titles.items()]
    return texts["comma"].join(quoted)


def record_view(record, texts, language, rules):
    """One check for printing; quantities have ``.html``, ``.plain``, ``.tex`` and ``.typst``."""
    error = record["error"]
    known = record["reference"] is not None
    made_by = rules.get(record["rule"])
    return {
        "part": record["part"],
        "experiment": record["experiment"],
        "text": record[f"text_{language}"],
        "role_key": record["role"],
        "role": texts[f"role_{record['role']}"],
        "measured": quantity(record["measured"], error, digits=6 if record["reference"] else 3),
        "reference": reference(record["reference"], error, record["reference_error"]) if known else None,
        "sign": comparison(record),
        "source": texts.get(f"rests_on_{record['reference_source']}", record["reference_source"]),
        "z": deviation(record["z"]),
        "outcome": texts[f"outcome_{record['outcome']}"],
        "state": {True: "passed", False: "not_passed", None: "unsettled"}[record["passed"]],
        "limits": _limits(record, texts),
        "figure": record["figure"],
        "data": record["data"],
        "rule": record["rule"],
        "code": made_by and f"{record['experiment']}/code/{'/'.join(Path(made_by['script']).parts[2:])}",
        "seconds": made_by and made_by["seconds"],
    }


def comparison(record):
    """What a number must be to its reference: a bound may be reached, of a trend there must be some."""
    signs = {"above": "> ", "below": "< "} if record["kind"] == "trend" else {"above": "≥ ", "below": "≤ "}
    return signs.get(record["direction"], "")


def _limits(record, texts):
    """The bounds the record is judged by, as lines of HTML."""
    values = {
        "tolerance": record["tolerance"],
        "resolution": record["resolution"],
        "systematic": record["systematic"] and record["systematic"]["value"],
    }
    bounds = {name: quantity(value, digits=2).html for name, value in values.items() if value}
    if record["needs"]:
        bounds["needs"] = Markup('<span lang="en">{}</span>').format(record["needs"])
    return [Markup(texts[name]).format(value=value) for name, value in bounds.items()]


def commit(provenance):
    """The commit in short, with a plus where files had changed since."""
    return (provenance["commit"] or "—")[:10] + ("+" if provenance["dirty"] else "")


def counts(rows):
    """Number of claims by verdict, all verdicts in their fixed order."""
    return {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS}
