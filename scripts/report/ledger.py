"""The ledger: all claims of the book on one page, in one language."""

from scripts.common.io import job, write_text
from scripts.report.evidence import MARKS, claim_view, counts
from scripts.report.markup import framed
from scripts.report.sources import Run, chapters, interface


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
    views = claim_views(language, run)
    return framed(
        "ledger.html",
        "ledger",
        language,
        run.experiments,
        title=interface(language)["ledger"],
        description=interface(language)["at_a_glance"],
        claims=views,
        sections=list(dict.fromkeys(view["section"] for view in views)),
        titles=titles(language),
        local=False,
        drawn=run.figures,
        **glance(run.claims),
    )


def claim_views(language, run):
    """All claims as templates print them, in the order of the book."""
    texts, rules = interface(language), run.provenance["rules"]
    return [claim_view(row, texts, language, rules) for row in run.claims["claims"]]


def titles(language):
    """Titles of all chapters by experiment."""
    return {name: chapter["title"][language] for name, chapter in chapters().items()}


def glance(claims):
    """The state of the ledger in numbers: what the bar and its legend show."""
    by_verdict = counts(claims["claims"])
    total = len(claims["claims"])
    return {
        "counts": by_verdict,
        "marks": MARKS,
        "total": total,
        "run": total - by_verdict["not_run"],
        "scale": claims["scale"],
    }


if __name__ == "__main__":
    with job(snakemake):
        run = Run(snakemake.params.results, snakemake.params.figures)
        write_text(snakemake.output[0], ledger(snakemake.params.language, run))
