"""Are these the results of the run that made them? ``make verify`` compares bytes with the manifest.

With a second folder of results (``make verify AGAINST=elsewhere/results``) it says what
differs between two runs, and whether that matters: on one kind of processor equal code and
equal configuration give equal bytes; across kinds they give equal verdicts.
"""

import argparse
import sys
from pathlib import Path

from scripts.common.io import InputError, read_json, sha256
from scripts.common.provenance import configuration_digest, manifest

MADE = ("manifest.json", "provenance.json", "claims.json")
"""What a finished run has besides tables and arrays."""
CLOSE = 0.01
"""Deviations, in standard errors, that two processors may give to one check."""


def damage(results):
    """What is not as the manifest of the run says.

    Parameters
    ----------
    results : path

    Returns
    -------
    list of str
        One line for each file that is missing, changed, or not of this run.

    Raises
    ------
    InputError
        If the run has no manifest, or one that cannot be read.
    """
    listed = _listed(results)
    lines = []
    for path, entry in listed.items():
        file = Path(results) / path
        if not file.exists():
            lines.append(f"{path}: missing")
        elif file.stat().st_size != entry["bytes"]:
            lines.append(f"{path}: {file.stat().st_size} bytes, {entry['bytes']} in the manifest")
        elif sha256(file) != entry["sha256"]:
            lines.append(f"{path}: other bytes than in the manifest")
    experiments = sorted({Path(path).parts[0] for path in listed if len(Path(path).parts) > 1})
    there = {entry["path"] for entry in manifest(results, experiments)}
    return lines + [f"{path}: not in the manifest" for path in sorted(there - set(listed))]


def differences(results, other):
    """How two runs differ.

    Returns
    -------
    lines : list of str
        What differs, in words.
    matters : bool
        Whether code, configuration and processor do not explain it.
    """
    ours, theirs = _listed(results), _listed(other)
    apart = sorted(path for path in ours.keys() | theirs.keys() if _bytes(ours, path) != _bytes(theirs, path))
    if not apart:
        return [f"all {len(ours)} files have the same bytes"], False
    lines = [f"{len(apart)} of {len(ours)} files differ, such as {apart[0]}"]
    reasons = _reasons(results, other)
    verdicts = _verdicts(results, other)
    if "configuration" in reasons:
        return [*lines, "another configuration: the two are not to be compared"], False
    if reasons:
        lines.append(f"explained by another {' and '.join(reasons)}: bytes may differ, verdicts may not")
    else:
        lines.append("the same commit, configuration and processor: the bytes should be equal")
    return [*lines, *verdicts, _deviations(results, other)], bool(verdicts) or not reasons


def _listed(results):
    lacking = [name for name in MADE if not (Path(results) / name).exists()]
    if lacking:
        raise InputError(f"{results}: no {lacking[0]}; allowed: the results folder of a finished run")
    return {entry["path"]: entry for entry in read_json(Path(results) / "manifest.json")}


def _bytes(listed, path):
    return listed.get(path, {}).get("sha256")


def _reasons(results, other):
    """What two runs do not have in common, of the things that may change bytes."""
    ours, theirs = (read_json(Path(folder) / "provenance.json") for folder in (results, other))
    same = {
        "configuration": _digest(ours) == _digest(theirs),
        "commit": ours["commit"] == theirs["commit"] and not (ours["dirty"] or theirs["dirty"]),
        "processor": ours["cpu"] == theirs["cpu"],
        "set of packages": ours["versions"] == theirs["versions"],
    }
    return [name for name, equal in same.items() if not equal]


def _digest(provenance):
    """Of the configuration without the folders, which change no number."""
    kept = {name: value for name, value in provenance["configuration"].items() if name != "pathvars"}
    return configuration_digest(kept)


def _claims(results):
    return {claim["id"]: claim for claim in read_json(Path(results) / "claims.json")["claims"]}


def _verdicts(results, other):
    ours, theirs = _claims(results), _claims(other)
    return [
        f"{name}: {ours[name]['verdict']} here, {theirs[name]['verdict']} there"
        for name in ours
        if name in theirs and ours[name]["verdict"] != theirs[name]["verdict"]
    ]


def _deviations(results, other):
    """The check whose deviation differs most between two runs."""
    ours, theirs = (_pulls(_claims(folder)) for folder in (results, other))
    gaps = {key: abs(ours[key] - theirs[key]) for key in ours.keys() & theirs.keys()}
    if not gaps:
        return "no check has a deviation in both"
    claim, part = worst = max(gaps, key=gaps.get)
    size = "within" if gaps[worst] <= CLOSE else "beyond"
    return f"deviations z differ by at most {gaps[worst]:.2g} ({claim}, {part}): {size} {CLOSE}"


def _pulls(claims):
    return {
        (name, f"{record['experiment']}/{record['part']}"): record["z"]
        for name, claim in claims.items()
        for record in claim["records"]
        if record["z"] is not None
    }


def _main():
    parser = argparse.ArgumentParser(prog="make verify", description=__doc__.splitlines()[0])
    parser.add_argument("results", nargs="?", default="results")
    parser.add_argument("--against", default="", help="the results folder of another run")
    arguments = parser.parse_args()
    try:
        found = damage(arguments.results)
        print("\n".join(found) or f"{arguments.results}: every file is as its manifest says")
        other, lines, matters = arguments.against, [], False
        if other:
            lines, matters = differences(arguments.results, other)
        print("".join(f"against {other}: {line}\n" for line in lines), end="")
    except InputError as error:
        sys.exit(f"error: {error}")
    sys.exit(bool(found) or matters)


if __name__ == "__main__":
    _main()
