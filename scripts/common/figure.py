"""The step of every figure: all its variants, each SVG with its words and its sources."""

from functools import partial

from scripts.common.io import job
from scripts.common.stamp import digests, stamped
from scripts.common.style import render
from scripts.common.tables import read_named


def figure_step(draw, snakemake):
    """Draw a figure from the rule's input into the rule's output.

    Parameters
    ----------
    draw : callable
        ``draw(data, language, theme) -> Figure``; the data are tables and arrays by name.
    snakemake : object
        Of the step; ``params.about`` holds (title, description) by language.
    """
    with job(snakemake):
        stamp = partial(stamped, about=snakemake.params.about, sources=digests(snakemake.input))
        render(draw, read_named(snakemake.input), snakemake.output, stamp)
