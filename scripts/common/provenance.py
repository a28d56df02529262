"""Where the results come from, and what exactly they are: ``provenance.json`` and ``manifest.json``.

Times and machine stand here and nowhere else, so that tables and arrays have the
same bytes on every run.
"""

import csv
import fnmatch
import hashlib
import json
import math
import os
import platform
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from scripts.common.io import job, sha256, write_json

KEPT = (("data", "*.npz"), ("tables", "*.csv"))
CLAIMS = ("claims.csv", "claims.json")


def manifest(results, experiments):
    """Path (relative to ``results``), size in bytes and SHA-256 of every array, table and list of claims.

    Parameters
    ----------
    results : path
    experiments : sequence of str
        Folders of other experiments are left alone: they belong to other runs.

    Returns
    -------
    list of dict
        Sorted by path.
    """
    root = Path(results)
    found = [root / name for name in CLAIMS if (root / name).exists()]
    for name in experiments:
        found += [path for folder, form in KEPT for path in (root / name / folder).rglob(form)]
    return [
        {"path": path.relative_to(root).as_posix(), "bytes": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(found)
        if not path.name.startswith(".")  # half-written files of a running job
    ]


def provenance(root, configuration, logs, rules, files=()):
    """Commit, versions, machine, configuration and wall times of a run.

    Parameters
    ----------
    root : path
        The repository.
    configuration : dict
        As Snakemake merged it.
    logs : path
        Folder that holds the ``benchmark:`` files of the rules.
    rules : dict of str to (str, str)
        Script and pattern of the ``benchmark:`` files (relative to ``logs``, ``*`` for
        wildcards) of every rule.
    files : list of dict
        From `manifest`.
    """
    status = _git(root, "status", "--porcelain")
    seconds = wall_times(logs)
    return {
        "commit": _git(root, "rev-parse", "HEAD"),
        "dirty": None if status is None else bool(status),
        "python": platform.python_version(),
        "versions": versions(root),
        "platform": platform.platform(),
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "configuration": configuration,
        "configuration_sha256": configuration_digest(configuration),
        "data_sha256": data_digest(files),
        "elapsed": elapsed(logs, [pattern for _, pattern in rules.values()]),
        "rules": rule_times(rules, seconds),
        "seconds": seconds,
    }


def versions(root):
    """Installed versions of what ``pyproject.toml`` depends on; None for what is not installed."""
    project = tomllib.loads((Path(root) / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [_distribution(line) for line in project["dependencies"]]
    return {name: _version(name) for name in sorted(names, key=str.lower)}


def cpu_model():
    """Name of the processor, as the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def configuration_digest(configuration):
    """SHA-256 of the configuration, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(configuration, sort_keys=True).encode()).hexdigest()


def data_digest(files):
    """One SHA-256 of all arrays, tables and claims: of their paths and digests, as `manifest` lists them."""
    lines = "".join(f"{file['sha256']}  {file['path']}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def elapsed(logs, patterns):
    """Seconds on the clock in which at least one job of the rules ran: a run may come in several pieces."""
    root = Path(logs)
    names = {path: path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.tsv")}
    own = [path for path, name in names.items() if any(fnmatch.fnmatchcase(name, each) for each in patterns)]
    ended = [(path.stat().st_mtime, _seconds(path)) for path in own]
    total, reached = 0.0, -math.inf
    for start, end in sorted((end - seconds, end) for end, seconds in ended):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return round(total, 1)


def wall_times(logs):
    """Wall time in seconds of every job, by its ``benchmark:`` file, relative to ``logs``."""
    root = Path(logs)
    files = sorted(root.rglob("*.tsv"))
    return {path.relative_to(root).with_suffix("").as_posix(): _seconds(path) for path in files}


def rule_times(rules, seconds):
    """Script of every rule, the number of its jobs, their wall time in seconds, the slowest of them.

    Parameters
    ----------
    rules : dict of str to (str, str)
        As for `provenance`.
    seconds : dict of str to float
        From `wall_times`.
    """
    times = {pattern: [] for _, pattern in rules.values()}
    for name, wall in seconds.items():
        fitting = [pattern for pattern in times if fnmatch.fnmatchcase(name, pattern)]
        if fitting:  # learn_magnets is a rule of its own, not one more learn_*: the longest pattern has it
            times[max(fitting, key=len)].append(wall)
    found = {}
    for name, (script, pattern) in rules.items():
        own = times[pattern]
        found[name] = {"script": script, "jobs": len(own), "seconds": round(sum(own), 2)}
        found[name]["slowest"] = max(own, default=0.0)
    return found


def _seconds(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(float(line["s"]) for line in csv.DictReader(stream, delimiter="\t"))


def _git(root, *arguments):
    """What git says, or None where there is no git or no repository."""
    try:
        ran = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return ran.stdout.strip()


def _distribution(requirement):
    """Name in front of the version bounds of a requirement."""
    return "".join(c if c.isalnum() or c in "-_." else " " for c in requirement).split()[0]


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    with job(snakemake):
        configuration, written = snakemake.params.configuration, snakemake.output
        folders = configuration["pathvars"]
        root = Path(snakemake.scriptdir).parents[1]
        files = manifest(folders["results"], configuration["experiments"])
        write_json(written.manifest, files)
        rules = snakemake.params.rules
        write_json(written.provenance, provenance(root, configuration, folders["logs"], rules, files))
