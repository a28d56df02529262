"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.renormalization.claims import analogy, exponents, flow, invariance, recursions, universality

GROUPS = (recursions, flow, exponents, invariance, universality, analogy)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
