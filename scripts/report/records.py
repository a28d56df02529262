"""Records in the form that templates print: which part of the sentence, the numbers, and how they were made.

A note is a dict of ``name``, ``text`` (plain), ``code`` (a name in code, or empty), ``href`` (of the code,
below the report's ``files/``, or None) and ``lang`` ("en" for what has no translation, else None).
"""

from pathlib import Path

from markupsafe import Markup

from scripts.common.chapters import ROOT
from scripts.common.claims.judgment import units
from scripts.common.claims.roads import WORDS
from scripts.report.quantities import deviation, quantity, reference

EXACT_DIGITS = (6, 9, 12, 15)


def record_view(record, texts, language, rules):
    """One check for printing; quantities have ``.html``, ``.plain``, ``.tex`` and ``.typst``."""
    made_by = rules.get(record["rule"])
    measured, known = numbers(record)
    shows = record.get(f"shows_{language}")
    return {
        "part": record["part"],
        "experiment": record["experiment"],
        "shows": shows or record[f"text_{language}"],
        "text": record[f"text_{language}"] if shows else "",
        "role_key": record["role"],
        "role": texts[f"role_{record['role']}"],
        "kind_key": record["kind"],
        "kind": texts[f"kind_of_check_{record['kind']}"],
        "measured": measured,
        "reference": known,
        "sign": comparison(record),
        "source": texts.get(f"rests_on_{record['reference_source']}", record["reference_source"]),
        "z": deviation(record["z"]),
        "outcome": texts[f"outcome_{record['outcome']}"],
        "state": {True: "passed", False: "not_passed", None: "unsettled"}[record["passed"]],
        "limits": _limits(record, texts),
        "notes": notes(record, texts, language, made_by),
        "citation": record.get("citation") or [],
        "figure": record["figure"],
        "data": record["data"],
        "code": made_by and f"{record['experiment']}/code/{'/'.join(Path(made_by['script']).parts[2:])}",
    }


def numbers(record):
    """The measured number and its reference (or None), with enough digits to tell those that differ apart."""
    error, target = record["error"], record["reference"]
    if target is None:
        return quantity(record["measured"], error, digits=3), None
    known = reference(target, error, record["reference_error"])
    measured = quantity(record["measured"], error, digits=6)
    if error is not None or record["outcome"] not in ("rejected", "differs"):
        return measured, known
    pairs = [[quantity(value, digits=n) for value in (record["measured"], target)] for n in EXACT_DIGITS]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])


def comparison(record):
    """What a number must be to its reference: a bound may be reached, of a trend there must be some."""
    signs = {"above": "> ", "below": "< "} if record["kind"] == "trend" else {"above": "≥ ", "below": "≤ "}
    return signs.get(record["direction"], "")


def _limits(record, texts):
    """The bounds the record is judged by, as lines of HTML."""
    values = {name: record[name] for name in ("tolerance", "resolution")}
    bounds = {name: quantity(value, digits=2) for name, value in values.items() if value}
    return [{"name": name, "text": texts[name], "value": value} for name, value in bounds.items()]


def notes(record, texts, language, made_by):
    """How the number came about, as far as the record says it: a list of notes."""
    found = [
        _road("measured_by", record, texts),
        _road("reference_by", record, texts),
        _resampled(record, texts),
        _fault(record, texts, language),
        _varied(record, texts, language),
        _systematic(record, texts),
        _needs(record, texts),
        _made_by(record, texts, made_by),
    ]
    return [note for note in found if note]


def _note(name, text="", code="", href=None, lang=None):
    return {"name": name, "text": text, "code": code, "href": href, "lang": lang}


def _road(which, record, texts):
    """The module behind a number, with its file where the chapter's own code lies in the report."""
    module = record.get(which)
    if not module:
        return None
    if module in WORDS:
        return _note(texts[which], texts[f"road_{module}"])
    return _note(texts[which], code=module, href=_file(module, record["experiment"]))


def _file(module, experiment):
    first, *rest = module.split(".")
    path = Path(*rest).with_suffix(".py") if rest else None
    if first != experiment or path is None or not (ROOT / "scripts" / first / path).is_file():
        return None
    return f"{first}/code/{path.as_posix()}"


def _resampled(record, texts):
    if not record.get("resampled"):
        return None
    n, unit = units(record), texts[f"resampled_{record['resampled']}"]
    text = texts["resampled_n"].format(n=quantity(round(n)).plain, unit=unit) if n is not None else unit
    return _note(texts["resampled"], text)


def _fault(record, texts, language):
    fault = record.get("fault")
    if not fault:
        return None
    text, size = fault[language].rstrip(".。"), f"{100 * fault['size']:.3g}"
    return _note(texts["fault"], texts["fault_size"].format(text=text, size=size))


def _varied(record, texts, language):
    """The choice that was varied, and what each way gave."""
    if not record.get("across"):
        return None
    tried = [
        f"{each['choice']}{texts['colon']}{quantity(each['measured'], each['error']).plain} "
        f"({texts['outcome_' + each['outcome']]})"
        for each in record["across"]
    ]
    choice = (record.get("varied") or {}).get(language, "")
    return _note(texts["varied"], texts["varied_to"].format(choice=choice, tried="; ".join(tried)).strip())


def _systematic(record, texts):
    stated = record["systematic"]
    if not stated:
        return None
    value = quantity(stated["value"], digits=2).plain
    text = f"≤ {value}{texts['colon']}{stated['reason']}"
    return _note(texts["systematic"], text, code=stated.get("from", ""), lang="en")


def _needs(record, texts):
    return record["needs"] and _note(texts["needs"], record["needs"], lang="en")


def _made_by(record, texts, made_by):
    if not record["rule"]:
        return None
    time = texts["seconds"].format(value=f"{made_by['seconds']:.1f}") if made_by else ""
    return _note(texts["rule"], time, code=record["rule"])


def limit(each):
    """A bound of `record_view` as HTML."""
    return Markup(each["text"]).format(value=each["value"].html)
