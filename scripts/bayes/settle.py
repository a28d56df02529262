"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.bayes.claims import barrier, calibration, comparison, evidence, line, posterior

GROUPS = (line, posterior, calibration, evidence, comparison, barrier)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
