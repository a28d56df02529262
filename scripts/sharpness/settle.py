"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.sharpness.claims import curvatures, networks, noise

GROUPS = (curvatures, networks, noise)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
