"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.boltzmann.claims import identities, learning, likelihood, partition_function

GROUPS = (identities, partition_function, likelihood, learning)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
