"""The ledger: all claims of the book on one page, in one language."""

from scripts.common.chapters import chapters
from scripts.report.evidence import MARKS, claim_view, counts
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
        ``tallies``: for each part that has statements ``counts`` by verdict, and ``line``, which says how
        many there are and how many were examined; ``marks`` of the verdicts.
    """
    rows = {name: [] for name in parts()}
    for row in claims["claims"]:
        rows[chapters()[row["experiments"][0]]["part"]].append(row)
    tallies = [_tally(parts()[name]["counted"][language], rows[name], claims["scale"]) for name in rows]
    return {"tallies": [tally for tally in tallies if tally], "marks": MARKS}


def _tally(line, rows, scale):
    found = counts(rows)
    line = line.format(n=len(rows), run=len(rows) - found["not_run"], scale=scale)
    return {"line": line, "counts": found} if rows else None


if __name__ == "__main__":
    page_step(ledger, snakemake)
