"""The front page in one language."""

from scripts.common.io import job, read_json, write_text
from scripts.report.ledger import glance
from scripts.report.markup import framed
from scripts.report.sources import interface


def front_page(claims, language, built):
    """The HTML of the front page: what this is, the ledger at a glance, the chapters.

    Parameters
    ----------
    claims : dict
        ``claims.json``.
    language : {"en", "ja"}
    built : sequence of str
        Experiments whose chapters exist.

    Returns
    -------
    str
    """
    texts = interface(language)
    return framed(
        "index.html",
        "index",
        language,
        built,
        title=texts["name"],
        description=texts["tagline"],
        **glance(claims),
    )


if __name__ == "__main__":
    with job(snakemake):
        claims, built = read_json(snakemake.input.claims), snakemake.params.experiments
        write_text(snakemake.output[0], front_page(claims, snakemake.params.language, built))
