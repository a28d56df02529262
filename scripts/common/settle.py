"""The step that settles the statements of an experiment: its claims, and the numbers of its chapter."""

from scripts.common.claims.findings import recorded
from scripts.common.claims.records import complete
from scripts.common.claims.registry import registered_checks
from scripts.common.io import InputError, job, write_json
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
    numbers = {key: value for group in groups for key, value in group.numbers(data).items()}
    sized = sized_checks(checks, numbers)
    records = [record for group in groups for record in recorded(sized, group.findings(data))]
    return complete(records, checks), numbers


def sized_checks(checks, numbers):
    """The checks with the sizes of their systematic errors, which numbers of the chapter give."""
    return {name: _with_systematic(check, numbers) for name, check in checks.items()}


def _with_systematic(check, numbers):
    stated = check.get("systematic")
    if not stated or "from" not in stated:
        return check
    if stated["from"] not in numbers:
        name = f"{check['claim']}/{check['part']}"
        raise InputError(f"claims: systematic of {name}: '{stated['from']}' is no number of the chapter")
    size = numbers[stated["from"]]
    if size["value"] is None:
        return check | {"systematic": stated | {"needs": size["reason"]}}
    return check | {"systematic": stated | {"value": abs(size["value"])}}


def settle_step(groups, snakemake):
    """Settle the checks of the rule's registry by its evidence; writes claims and numbers."""
    with job(snakemake):
        checks = registered_checks(snakemake.input.registry, snakemake.params.scale)
        records, numbers = settled(groups, checks, read_named(snakemake.input.evidence))
        write_json(snakemake.output.claims, records)
        write_numbers(snakemake.output.numbers, numbers)
