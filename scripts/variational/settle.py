"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.variational.claims import ascent, gaussian, identities, modes, networks

GROUPS = (identities, modes, networks, ascent, gaussian)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
