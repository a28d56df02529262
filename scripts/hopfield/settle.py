"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.hopfield.claims import capacity, minima, phases, recall

GROUPS = (recall, minima, capacity, phases)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
