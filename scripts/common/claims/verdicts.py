"""One row of the ledger: the verdict, computed from all its records, never typed."""

from scripts.common.claims.judgment import SETTLES_NOTHING
from scripts.common.io import InputError

# From best to worst, for rows that inherit: a refuted part refutes the whole
# whatever the others say, a failed check leaves everything in doubt.
VERDICTS = ("holds", "definition", "holds_if", "open", "not_run", "refuted_as_printed", "failed")


def verdict(expectation, records, nature=None):
    """Verdict of one row and the reason for it.

    Parameters
    ----------
    expectation : str
        Only "definition" matters here: such a row cannot hold or be refuted.
    records : sequence of dict
        All records of the row, in any order.
    nature : str, optional
        Identities alone do not settle an "empirical" sentence.

    Returns
    -------
    verdict : str
        One of `VERDICTS`.
    reason : str
        Empty, or one line in English that names the parts responsible.
    """
    if not records:
        return "not_run", "no record"
    refuted = _refuted(records)
    failures = [record for record in records if record["passed"] is False and record not in refuted]
    for found, reason, parts in _doubts(records, failures):
        if parts:
            return found, f"{reason}: {_names(parts)}"
    if expectation == "definition":
        return "definition", ""
    if refuted:
        return "refuted_as_printed", f"rejected as printed, holds as corrected: {_names(refuted)}"
    if nature == "empirical" and not any(is_measured(record) for record in records):
        return "open", "identities alone settle no empirical sentence"
    return _settled(records)


def is_measured(check):
    """Whether a record, or a check of the registry, settles something by a number with an error."""
    settles = check["role"] not in SETTLES_NOTHING
    return settles and check["kind"] != "identity" and check.get("tolerance") is None


def inherited(row, verdicts):
    """The worst verdict among the rows that ``row`` names, with the reason."""
    worst = max(row["inherits"], key=lambda name: (VERDICTS.index(verdicts[name]), name))
    return verdicts[worst], f"inherited from the worst of its rows: {worst}"


def all_verdicts(rows, records):
    """Verdicts of all rows of the registry.

    Parameters
    ----------
    rows : sequence of dict
        The registry.
    records : dict of str to list of dict
        Records by claim.

    Returns
    -------
    dict of str to (str, str)
        Verdict and reason by claim.

    Raises
    ------
    InputError
        If rows inherit from each other in a circle.
    """
    found = {row["id"]: _verdict_of(row, records.get(row["id"], [])) for row in rows}
    waiting = [row for row in rows if row.get("inherits")]
    while waiting:
        names = {row["id"] for row in waiting}
        ready = [row for row in waiting if not names & set(row["inherits"])]
        if not ready:
            raise InputError(
                f"workflow/chapters/*/claims.yaml: rows inherit in a circle: {', '.join(sorted(names))}"
            )
        known = {name: pair[0] for name, pair in found.items()}
        found.update({row["id"]: inherited(row, known) for row in ready})
        waiting = [row for row in waiting if row not in ready]
    return found


def _verdict_of(row, records):
    return verdict(row["expectation"], records, row.get("nature"))


def _refuted(records):
    """Statements rejected as printed whose correction passes."""
    corrected = {_corrected(record) for record in _of_role(records, "correction") if record["passed"]}
    statements = _of_role(records, "statement")
    return [record for record in statements if record["outcome"] == "rejected" and _key(record) in corrected]


def _doubts(records, failures):
    """What keeps a row from being settled: (verdict, reason, records), gravest first."""
    corrected = {_corrected(record) for record in _of_role(records, "correction")}
    statements = _of_role(failures, "statement")
    printed = [record for record in statements if _key(record) in corrected]
    published = [record for record in statements if record["kind"] == "published" and record not in printed]
    unsettled = [record for record in records if record["role"] != "observation" and record["passed"] is None]
    yield "failed", "a control was not rejected", _of_role(failures, "control")
    yield "failed", "the statement holds outside its condition too", _of_role(failures, "condition_outside")
    yield "failed", "fails", [record for record in failures if record not in printed + published]
    yield "open", "differs from the literature", published
    yield "open", "not resolved", [record for record in unsettled if record["outcome"] == "not_resolved"]
    yield "open", "not measured in this configuration", [r for r in unsettled if r["outcome"] == "unmeasured"]
    yield "open", "fewer than five independent units", unsettled
    yield "open", "differs as printed, but not clearly enough to refute it", printed


def _settled(records):
    roles = {record["role"] for record in records}
    if roles <= SETTLES_NOTHING:
        return "open", "observed only"
    if "condition_inside" in roles and "condition_outside" in roles:
        return "holds_if", ""
    if roles & {"condition_inside", "condition_outside"}:
        return "open", "only one side of the condition was shown"
    return "holds", ""


def _of_role(records, role):
    return [record for record in records if record["role"] == role]


def _key(record):
    return record["experiment"], record["part"]


def _corrected(record):
    return record["experiment"], record["corrects"]


def _names(records):
    return ", ".join(sorted(f"{record['experiment']}/{record['part']}" for record in records))
