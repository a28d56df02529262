"""The ledger: all claims of the book on one page, in one language."""

from scripts.common.chapters import chapters
from scripts.common.claims.counting import GROUNDS, SOURCES, by_ground
from scripts.report.evidence import MARKS, claim_view, counts, is_planned
from scripts.report.markup import framed
from scripts.report.sources import interface, parts
from scripts.report.step import page_step


def ledger(language, run):
    """The HTML of the ledger.

    Parameters
    ----------
    language : {"en", "ja"}
    run : Run

    Returns
    -------
    str
    """
    views, texts = claim_views(language, run), interface(language)
    return framed(
        "ledger",
        language,
        run,
        title=texts["ledger"],
        description=texts["at_a_glance"],
        claims=views,
        sections=[name for name in dict.fromkeys(view["section"] for view in views) if name],
        counts=counts(run.claims["claims"]),
        grounds=[name for name in GROUNDS if any(view["ground"] == name for view in views)],
        sources=[name for name in SOURCES if any(view["source"] == name for view in views)],
        local=False,
        **glance(language, run.claims),
    )


def claim_views(language, run):
    """All claims as templates print them, in the order of the book."""
    texts, rules = interface(language), run.provenance["rules"]
    return [claim_view(row, texts, language, rules) for row in run.claims["claims"]]


def glance(language, claims):
    """The state of the ledger in numbers, apart for each part of the report: what bars and legends show.

    Returns
    -------
    dict
        ``tallies`` (`_tally`, of the parts that have rows), ``marks`` of the verdicts, and ``errors``: what
        the chi-square test of all exact checks says, or None where there is none.
    """
    rows = {name: [] for name in parts()}
    for row in claims["claims"]:
        rows[chapters()[row["experiments"][0]]["part"]].append(row)
    texts = interface(language)
    tallies = [
        _tally(parts()[name], rows[name], claims["scale"], texts, language) for name in rows if rows[name]
    ]
    return {"tallies": tallies, "marks": MARKS, "errors": errors_together(claims, texts)}


def _tally(part, rows, scale, texts, language):
    """What a part itself says, and beside it what it implies and what was added to complete it.

    Returns
    -------
    dict
        ``line`` (how many statements, how many of them examined), ``source``, ``counts`` by verdict,
        ``labels`` of the verdicts, ``grounds`` (by ground and verdict), ``beside``: the other sources
        with ``n`` and ``counts``.
    """
    found = {source: [row for row in rows if row["source"] == source] for source in SOURCES}
    said = found["book"] + found["lecture"]
    n_run = sum(row["verdict"] != "not_run" for row in said)
    waiting = [row for row in said if row["verdict"] == "not_run"]
    labels = {verdict: texts[f"verdict_{verdict}"] for verdict in MARKS}
    if waiting and all(map(is_planned, waiting)):
        labels["not_run"] = texts["verdict_planned"]
    beside = [
        {"source": source, "what": texts[f"beside_{source}"], "n": len(found[source])}
        | {"counts": counts(found[source])}
        for source in ("implied", "added")
        if found[source]
    ]
    return {
        "line": part["counted"][language].format(n=len(said), run=n_run, scale=scale),
        "source": "lecture" if found["lecture"] else "book",
        "counts": counts(said),
        "labels": labels,
        "grounds": by_ground(said),
        "beside": beside,
    }


def errors_together(claims, texts):
    """The chi-square test of all exact checks in a sentence; None for a ledger that has none."""
    found = claims.get("collection") or {"n": 0}
    if not found["n"]:
        return None
    words = {True: "errors_passed", False: "errors_failed", None: "errors_few"}[found["passed"]]
    return texts["errors_together"].format(
        n=found["n"],
        chi_square=f"{found['chi_square']:.1f}",
        percent=f"{100 * found['probability']:.3g}",
        result=texts[words],
    )


if __name__ == "__main__":
    page_step(ledger, snakemake)
