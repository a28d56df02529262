"""The registry: what the book says, and the checks that settle it.

``workflow/chapters/<experiment>/claims.yaml`` holds the rows of one experiment. A row that several
experiments carry stands in full in one file; the others add their checks to it under ``contributions:``.
"""

from functools import cache
from pathlib import Path

import jsonschema

from scripts.common.chapters import SCHEMAS, chapters, read_yaml, written
from scripts.common.claims.judgment import SETTLES_NOTHING
from scripts.common.claims.roads import shared_roads
from scripts.common.claims.verdicts import is_measured
from scripts.common.io import InputError

# A resolution is stated for two scales; the others are judged like one of them.
RESOLUTION_SCALE = {"tiny": "quick", "quick": "quick", "default": "default", "full": "default"}


def registry(paths):
    """All rows, in the order of the book, each with the checks of every experiment.

    Parameters
    ----------
    paths : sequence of path
        The files ``workflow/chapters/*/claims.yaml``.

    Returns
    -------
    list of dict
        Rows as the files have them, plus ``contributions`` (the lines
        ``contributes_en``, ``contributes_ja`` by experiment). Every check carries
        ``claim`` and ``experiment``.

    Raises
    ------
    InputError
        If a file breaks the schema, an id or a part occurs twice, a contribution or
        an inheritance names no row, or the roles of a row do not fit together.
    """
    files = {str(path): registry_file(path) for path in sorted(paths, key=str)}
    rows = {}
    for path, content in files.items():
        for row in content["claims"]:
            if row.get("checks") and _experiment(path) not in written():
                raise InputError(
                    f"{path}: claim {row['id']} has checks, and its chapter no rules.smk to run them"
                )
            if row["id"] in rows:
                raise InputError(f"{path}: claim {row['id']} stands in the registry twice")
            rows[row["id"]] = {**row, "checks": [], "contributions": {}}
    for path, content in files.items():
        for part in content["claims"] + content.get("contributions", []):
            _add(rows, part, _experiment(path), path)
    for row in rows.values():
        _refuse_odd_roles(row, rows)
    return sorted(rows.values(), key=_place)


def registry_file(path):
    """One file of the registry, checked against its schema."""
    content = read_yaml(path)
    error = jsonschema.exceptions.best_match(_validator("claims").iter_errors(content))
    if error is not None:
        raise InputError(f"{path}: {_position(content, error)}{error.message}")
    return content


def registered_checks(path, scale):
    """The checks of one experiment, ready for `records.record`.

    Parameters
    ----------
    path : path
        The experiment's own file of the registry.
    scale : {"tiny", "quick", "default", "full"}
        Chooses the resolution.

    Returns
    -------
    dict of (str, str) to dict
        Check by (claim, part), with ``resolution`` a number or None.

    Raises
    ------
    InputError
        As `registry_file`; or if a number and its reference come by one road, see `roads`.
    """
    content, experiment = registry_file(path), _experiment(path)
    checks = {
        (row["id"], check["part"]): _at_scale(_named(check, row["id"], experiment), scale)
        for row in content["claims"] + content.get("contributions", [])
        for check in row.get("checks", [])
    }
    inputs = chapters()[experiment].get("inputs", {})
    for check in checks.values():
        one = shared_roads(check, inputs) if check["role"] != "observation" else None
        if one:
            raise InputError(f"{path}: check {check['claim']}/{check['part']}: {one}")
    return checks


def record_error(record):
    """What breaks the schema of records, in one line; None if nothing does."""
    error = jsonschema.exceptions.best_match(_validator("record").iter_errors(record))
    return error and f"{'.'.join(str(step) for step in error.path)}: {error.message}"


def _experiment(path):
    """The experiment whose rows a file holds: the name of its folder."""
    return Path(path).parent.name


def _add(rows, part, experiment, path):
    if part["id"] not in rows:
        raise InputError(f"{path}: a contribution names claim {part['id']}, which no file has")
    row = rows[part["id"]]
    row["checks"] += [_named(check, row["id"], experiment) for check in part.get("checks", [])]
    if "contributes_en" in part:
        row["contributions"][experiment] = {"en": part["contributes_en"], "ja": part["contributes_ja"]}


def _named(check, claim, experiment):
    return {**check, "claim": claim, "experiment": experiment}


def _at_scale(check, scale):
    if scale not in RESOLUTION_SCALE:
        raise InputError(f"scale: '{scale}' is none of {', '.join(RESOLUTION_SCALE)}")
    resolution = check["resolution"]
    return {**check, "resolution": resolution and resolution[RESOLUTION_SCALE[scale]]}


def _refuse_odd_roles(row, rows):
    """A row must be able to reach a verdict, and none by observations alone."""
    checks, name = row["checks"], f"workflow/chapters/*/claims.yaml: claim {row['id']}"
    keys = [(check["experiment"], check["part"]) for check in checks]
    if len(set(keys)) < len(keys):
        raise InputError(f"{name}: a part occurs twice")
    unknown = [other for other in row.get("inherits", []) if other not in rows]
    if unknown:
        raise InputError(f"{name}: inherits from {unknown[0]}, which is no claim")
    settling = {check["role"] for check in checks} - SETTLES_NOTHING
    if checks and not settling and row["expectation"] != "open":
        raise InputError(f"{name}: '{row['expectation']}' is not settled by observations and controls alone")
    must_measure = row.get("nature") == "empirical" and row["expectation"] in ("holds", "holds_if")
    if checks and must_measure and not any(is_measured(check) for check in checks):
        raise InputError(f"{name}: an empirical sentence needs a measured check with an error, or is open")
    if "condition_outside" in settling and "condition_inside" not in settling:
        raise InputError(f"{name}: condition_outside needs a condition_inside")
    for check in checks:
        corrected = (check["experiment"], check.get("corrects"))
        if check["role"] == "correction" and corrected not in keys:
            raise InputError(f"{name}: correction '{check['part']}' names no part that it corrects")


def _place(row):
    """The book's statements by section and number; behind them those of lectures, chapter by chapter."""
    place, _, number = row["id"].rpartition("-")
    if "section" in row:
        return 0, [int(step) for step in place.split(".")], place, int(number)
    return 1, [list(chapters()).index(row["experiments"][0])], place, int(number)


def _position(content, error):
    """Where in the file an error lies, with the id of the row instead of its index."""
    steps = list(error.absolute_path)
    if len(steps) < 2:
        return ""
    row = content[steps[0]][steps[1]]
    name = row.get("id", f"entry {steps[1] + 1}") if isinstance(row, dict) else f"entry {steps[1] + 1}"
    return f"claim {name}: {'.'.join(str(step) for step in steps[2:])}: ".replace(": : ", ": ")


@cache
def _validator(name):
    schema = read_yaml(SCHEMAS / f"{name}.schema.yaml")
    schema.get("$defs", {}).get("experiment", {})["enum"] = list(chapters())
    return jsonschema.Draft202012Validator(schema)
