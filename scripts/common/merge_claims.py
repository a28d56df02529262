"""The ledger: registry and records of all experiments in one file, with the verdicts.

A failed claim does not fail this step, or Snakemake would delete the evidence;
`scripts.common.verdict` fails, when everything else is done.
"""

import pandas as pd

from scripts.common.claims.collection import collected, collection
from scripts.common.claims.counting import by_verdict, counts_apart
from scripts.common.claims.records import complete, judged
from scripts.common.claims.registry import registry
from scripts.common.claims.verdicts import all_verdicts
from scripts.common.io import job, read_json, write_json
from scripts.common.tables import write_table

ROW = ("id", "section", "source", "expectation", "verdict", "reason")
RECORD = (
    "experiment", "part", "role", "kind", "measured", "error", "reference", "reference_error", "z", "outcome",
    "passed", "resolution", "tolerance", "degrees_of_freedom", "n_effective", "reference_source", "data",
    "rule",
)  # fmt: skip


def ledger(rows, records, rechecks, scale, seed):
    """All claims with their verdicts and records.

    Parameters
    ----------
    rows : list of dict
        From `registry.registry`.
    records : dict of str to list of dict
        Records by experiment, for all experiments that were run.
    rechecks : list of dict
        What `scripts.common.recheck` wrote; those made for other numbers are ignored.
    scale : str
    seed : int

    Returns
    -------
    dict
        ``scale``, ``seed``, ``counts`` by verdict, ``counts_apart`` (by source, with what the verdicts
        rest on), ``collection``, ``claims``.

    Raises
    ------
    InputError
        If a record is missing, superfluous or against the schema.
    """
    checked = _checked(rows, records)
    by_claim = {row["id"]: [each for each in checked if each["claim"] == row["id"]] for row in rows}
    fresh = {each["claim"]: each for each in rechecks if _is_for(each, by_claim, scale)}
    weighed = {name: _with_recheck(found, fresh.get(name)) for name, found in by_claim.items()}
    verdicts = all_verdicts(rows, weighed)
    claims = [_claim(row, verdicts[row["id"]], by_claim[row["id"]], fresh.get(row["id"])) for row in rows]
    return {
        "scale": scale,
        "seed": seed,
        "counts": by_verdict(claims),
        "counts_apart": counts_apart(claims),
        "collection": collection(collected(checked)),
        "claims": claims,
    }


def flat(merged):
    """The ledger as a table: one line per record, and one for a claim without records."""
    lines = [line for claim in merged["claims"] for line in _lines(claim, merged["scale"])]
    return pd.DataFrame(lines)


def _lines(claim, scale):
    place = claim.get("section") or f"lecture {claim['lecture']}"
    head = {name: place if name == "section" else claim[name] for name in ROW} | {"scale": scale}
    texts = {name: claim[name] for name in ("statement_en", "statement_ja")}
    records = claim["records"] or [dict.fromkeys(RECORD)]
    return [head | {name: record[name] for name in RECORD} | texts for record in records]


def _checked(rows, records):
    """Records of the experiments that were run, complete and judged anew."""
    found = []
    for experiment in sorted(records):
        checks = [check for row in rows for check in row["checks"] if check["experiment"] == experiment]
        keyed = {(check["claim"], check["part"]): check for check in checks}
        found += [judged(record) for record in complete(records[experiment], keyed)]
    return found


def _claim(row, pair, records, recheck):
    verdict, reason = pair
    run = {record["experiment"] for record in records}
    missing = [name for name in row["experiments"] if name not in run and not row.get("inherits")]
    words = [reason]
    if verdict == "not_run" and not row.get("inherits"):
        words = [f"not run: {', '.join(missing)}"]
    elif missing:
        words.append(f"a part is not run: {', '.join(missing)}")
    if recheck:
        words.append(f"judged on fresh seeds: {len(recheck['seeds'])}")
    reason = "; ".join(filter(None, words))
    kept = {name: value for name, value in row.items() if name != "checks"}
    kept |= {"verdict": verdict, "reason": reason, "missing": missing}
    return kept | {"recheck": recheck, "records": records}


def _part(record):
    return record["experiment"], record["part"]


def _measured(records):
    return {_part(record): record["measured"] for record in records}


def _is_for(recheck, by_claim, scale):
    """Whether a recheck was made for the numbers of this run: another code or configuration gives others."""
    same = _measured(by_claim.get(recheck["claim"], [])) == _measured(recheck["replaces"])
    return recheck["scale"] == scale and same


def _with_recheck(records, recheck):
    """The records with pooled ones in the place of those that carry a statistical error."""
    pooled = {_part(record): record for record in recheck["records"]} if recheck else {}
    return [each if each["error"] is None else pooled.get(_part(each), each) for each in records]


if __name__ == "__main__":
    with job(snakemake):
        files, run = snakemake.input, snakemake.params
        records = {path.split("/")[-2]: read_json(path) for path in files.records}
        rechecks = [read_json(path) for path in files.get("rechecks", [])]
        merged = ledger(registry(files.registry), records, rechecks, run.scale, run.seed)
        write_json(snakemake.output.json, merged)
        write_table(snakemake.output.csv, flat(merged))
