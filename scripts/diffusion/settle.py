"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.diffusion.claims import backward, forward, heat, learning, spins, transitions

GROUPS = (forward, backward, heat, learning, spins, transitions)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
