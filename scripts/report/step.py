"""The step of every page of the report."""

from scripts.common.io import job, write_text
from scripts.report.sources import Run


def page_step(page, snakemake):
    """Write a page into the rule's output.

    Parameters
    ----------
    page : callable
        ``page(language, run) -> str``, its HTML.
    snakemake : object
        Of the step; ``params`` has ``language``, ``results`` and ``figures``, as `Run` takes them.
    """
    with job(snakemake):
        run = Run(snakemake.params.results, snakemake.params.figures)
        write_text(snakemake.output[0], page(snakemake.params.language, run))
