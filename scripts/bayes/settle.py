"""Settle the statements of the book: ``claims.json``, and the chapter's ``numbers.json``."""

from scripts.bayes.claims import barrier, calibration, comparison, evidence, line, posterior
from scripts.common.claims.records import complete
from scripts.common.claims.registry import registered_checks

GROUPS = (line, posterior, calibration, evidence, comparison, barrier)


def settled(checks, data):
    """Records and numbers of all groups.

    Parameters
    ----------
    checks : dict of (str, str) to dict
        From `registered_checks`.
    data : dict of str to pandas.DataFrame or dict of arrays
        The evidence, by the stem of its file names.

    Returns
    -------
    records : list of dict
    numbers : dict of str to dict
    """
    records = [record for group in GROUPS for record in group.records(checks, data)]
    numbers = {key: value for group in GROUPS for key, value in group.numbers(data).items()}
    return complete(records, checks), numbers


if __name__ == "__main__":
    from scripts.common.io import job, write_json
    from scripts.common.numbers import write_numbers
    from scripts.common.tables import read_named

    with job(snakemake):
        checks = registered_checks(snakemake.input.registry, snakemake.params.scale)
        records, numbers = settled(checks, read_named(snakemake.input.evidence))
        write_json(snakemake.output.claims, records)
        write_numbers(snakemake.output.numbers, numbers)
