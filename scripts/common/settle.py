"""The step that settles the statements of an experiment: its claims, and the numbers of its chapter."""

from scripts.common.claims.findings import recorded
from scripts.common.claims.records import complete
from scripts.common.claims.registry import registered_checks
from scripts.common.io import job, write_json
from scripts.common.numbers import write_numbers
from scripts.common.tables import read_named


def settled(groups, checks, data):
    """Records and numbers of all groups of an experiment.

    Parameters
    ----------
    groups : sequence of module
        Each has ``findings(data)`` and ``numbers(data)``; see `scripts.common.claims.findings`.
    checks : dict of (str, str) to dict
        From `registered_checks`.
    data : dict of str to pandas.DataFrame or dict of arrays
        The evidence, by the stem of its file names.

    Returns
    -------
    records : list of dict
    numbers : dict of str to dict
    """
    records = [record for group in groups for record in recorded(checks, group.findings(data))]
    numbers = {key: value for group in groups for key, value in group.numbers(data).items()}
    return complete(records, checks), numbers


def settle_step(groups, snakemake):
    """Settle the checks of the rule's registry by its evidence; writes claims and numbers."""
    with job(snakemake):
        checks = registered_checks(snakemake.input.registry, snakemake.params.scale)
        records, numbers = settled(groups, checks, read_named(snakemake.input.evidence))
        write_json(snakemake.output.claims, records)
        write_numbers(snakemake.output.numbers, numbers)
