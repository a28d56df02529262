"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.maxent.claims import data as learned
from scripts.maxent.claims import spectra

GROUPS = (spectra, learned)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
