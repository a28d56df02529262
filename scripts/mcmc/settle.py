"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.mcmc.claims import averages, house, rules, states

GROUPS = (house, rules, averages, states)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
