"""Ten fresh seeds for one claim: ``make recheck CLAIM=1.1-01``.

A check at 4.5 standard errors fails by chance once in 150 000 times, but there are
hundreds of checks. A failed one is therefore measured again with seeds that nobody
chose (they are hashes of the configured seed, the claim and a number), and judged on
the pooled value. Every seed runs the workflow of the claim's experiments as configured,
in a folder of its own, so that the whole chain from the random numbers to the record
is made anew; an interrupted recheck goes on where it stopped. The result stands in
the ledger beside the numbers it replaces, and lapses when these change.
"""

import argparse
import shutil
import sys
from pathlib import Path

from scripts.common.chapters import CHAPTERS
from scripts.common.claims.pooling import pooled
from scripts.common.claims.registry import registry
from scripts.common.claims.verdicts import verdict
from scripts.common.io import InputError, read_json, write_json
from scripts.common.other_seeds import fresh_seeds, merged_configuration, run

SEEDS = 10


def rechecked(row, runs):
    """Pooled records of one row, and the verdict on them.

    Parameters
    ----------
    row : dict
        Of the registry.
    runs : list of list of dict
        For every seed, the records of the row.

    Returns
    -------
    dict
        ``verdict``, ``reason``, ``records``.
    """
    by_part = {}
    for record in (record for found in runs for record in found):
        by_part.setdefault((record["experiment"], record["part"]), []).append(record)
    records = [pooled(found) for found in by_part.values()]
    found, reason = verdict(row["expectation"], records, row.get("nature"))
    return {"verdict": found, "reason": reason, "records": records}


def row_to_recheck(rows, claim, configured):
    """The row of ``claim`` and those of its experiments that this configuration runs.

    Raises
    ------
    InputError
        If there is no such claim, or nothing of it to run.
    """
    row = next((row for row in rows if row["id"] == claim), None)
    if row is None:
        raise InputError(f"CLAIM: '{claim}' is no claim; allowed: ids such as 1.1-01, see claims.csv")
    if row.get("inherits"):
        raise InputError(f"CLAIM: {claim} inherits its verdict; recheck {', '.join(row['inherits'])}")
    run = sorted({check["experiment"] for check in row["checks"]} & set(configured))
    if not run:
        raise InputError(
            f"CLAIM: no configured experiment checks {claim}; it needs {', '.join(row['experiments'])}"
        )
    return row, run


def recheck(claim, overlays):
    """Run the workflow with fresh seeds and write ``<results>/recheck/<claim>.json``; returns its content."""
    configuration = merged_configuration(["config.yaml", *overlays])
    rows = registry(CHAPTERS.glob("*/claims.yaml"))
    row, experiments = row_to_recheck(rows, claim, configuration["experiments"])
    results = Path(configuration["pathvars"]["results"])
    present = _records(results, experiments, claim)
    work = results / "recheck" / f"work-{claim}"
    seeds = fresh_seeds(configuration["seed"], ("recheck", claim), SEEDS)
    targets = [f"{experiment}/claims.json" for experiment in experiments]
    runs = []
    for k, seed in enumerate(seeds):
        print(f"recheck of {claim}: seed {k + 1} of {len(seeds)}", file=sys.stderr)
        folder = work / f"seed{k}"
        run(seed, folder, targets, overlays)
        runs.append(_records(folder / "results", experiments, claim))
    replaced = [{name: record[name] for name in ("experiment", "part", "measured")} for record in present]
    found = {"claim": claim, "scale": configuration["scale"], "seeds": seeds, "replaces": replaced}
    found |= rechecked(row, runs)
    write_json(results / "recheck" / f"{claim}.json", found)
    shutil.rmtree(work)
    return found


def _records(results, experiments, claim):
    files = [results / experiment / "claims.json" for experiment in experiments]
    lacking = [str(file) for file in files if not file.exists()]
    if lacking:
        raise InputError(f"CLAIM: {claim} has not been run yet: no {lacking[0]}; run the workflow first")
    return [record for file in files for record in read_json(file) if record["claim"] == claim]


def _main():
    parser = argparse.ArgumentParser(prog="make recheck CLAIM=", description=__doc__.splitlines()[0])
    parser.add_argument("claim")
    parser.add_argument("--configfile", nargs="*", default=[], help="the overlays of the run to recheck")
    arguments = parser.parse_args()
    try:
        found = recheck(arguments.claim, arguments.configfile)
    except InputError as error:
        sys.exit(f"error: {error}")
    print(f"{arguments.claim}: {found['verdict']} {found['reason']}".strip())


if __name__ == "__main__":
    _main()
