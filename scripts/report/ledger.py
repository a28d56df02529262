"""The ledger: all claims of the book on one page, in one language."""

from scripts.common.io import job, read_json, write_text
from scripts.report.evidence import MARKS, claim_view, counts
from scripts.report.markup import framed, root
from scripts.report.page_parts import data_link
from scripts.report.sources import chapters, interface


def ledger(claims, language, figures):
    """The HTML of the ledger.

    Parameters
    ----------
    claims : dict
        ``claims.json``: scale, seed, claims.
    language : {"en", "ja"}
    figures : dict
        Experiment -> its figures, for all experiments whose chapters exist.

    Returns
    -------
    str
    """
    texts = interface(language)
    views = [claim_view(row, texts, language) for row in claims["claims"]]
    return framed(
        "ledger.html",
        "ledger",
        language,
        list(figures),
        title=texts["ledger"],
        description=texts["at_a_glance"],
        claims=views,
        sections=list(dict.fromkeys(view["section"] for view in views)),
        titles={name: chapter["title"][language] for name, chapter in chapters().items()},
        local=False,
        drawn=figures,
        data_link=data_link(root(language)),
        **glance(claims),
    )


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
        html = ledger(read_json(snakemake.input.claims), snakemake.params.language, snakemake.params.figures)
        write_text(snakemake.output[0], html)
