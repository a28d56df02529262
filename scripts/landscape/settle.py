"""Settle the statements of the book that this experiment examines: ``claims.json`` and ``numbers.json``."""

from scripts.landscape.claims import descents, glass, networks

GROUPS = (descents, glass, networks)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
