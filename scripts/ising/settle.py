"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.ising.claims import (
    correlation,
    dynamics,
    field,
    free_energy,
    mean_field,
    scaling,
    thermodynamics,
    transition_order,
)

GROUPS = (
    thermodynamics,
    scaling,
    mean_field,
    field,
    free_energy,
    dynamics,
    correlation,
    transition_order,
)


if __name__ == "__main__":
    from scripts.common.settle import settle_step

    settle_step(GROUPS, snakemake)
