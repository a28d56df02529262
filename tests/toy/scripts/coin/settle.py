"""Settle the statements: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.coin.claims import fairness

GROUPS = (fairness,)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
