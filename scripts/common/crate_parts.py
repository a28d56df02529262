"""What belongs to a finished run but lies outside its folder of results: brought in, for the crate.

A crate refers to its own files only. The workflow comes as ``source/``, and the report, where it lies
beside the results, as ``report/``. The times of the run stand in Snakemake's records.
"""

import io
import shutil
import subprocess
import tarfile
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from pathlib import Path, PurePath

from scripts.common.io import InputError, read_json

BOOKS = tuple(f"rashinban.{language}.{kind}" for language in ("en", "ja") for kind in ("html", "pdf"))
"""The report as files that stand alone."""
TREE = (
    *("CITATION.cff", "LICENSE", "README.ja.md", "README.md", "THIRD_PARTY.md"),
    *("config", "config.yaml", "environment.yml", "profiles", "pyproject.toml", "requirements.lock"),
    *("Snakefile", "scripts", "workflow"),
)
"""What of the repository goes into ``source/``: all that a run needs, no tests."""


def run_folder(results, configured):
    """The folder in which Snakemake ran, if the results still lie where it put them; else None."""
    here, put = Path(results).resolve(), PurePath(configured)
    if put.is_absolute() or here.parts[-len(put.parts) :] != put.parts:
        return None
    return here.parents[len(put.parts) - 1]


def bring_report(results, run, base):
    """Folder of the report relative to the results; a report that lies beside them is copied in.

    Raises
    ------
    InputError
        If the report is not there, or older than the results that it should show.
    """
    folders = {name: PurePath(path) for name, path in run["configuration"]["pathvars"].items()}
    inside = folders["book"].is_relative_to(folders["results"])
    book = folders["book"].relative_to(folders["results"]) if inside else PurePath("report")
    there = results / book if inside or not base else base / folders["book"]
    for name in BOOKS:
        if not (there / name).exists():
            raise InputError(f"{there / name}: missing; allowed: a finished run with its report")
        if (there / name).stat().st_mtime < (results / "provenance.json").stat().st_mtime:
            raise InputError(f"{there / name}: older than the results; run the workflow again")
        if there != results / book:
            (results / book).mkdir(exist_ok=True)
            shutil.copy2(there / name, results / book / name)
    return book


def bring_source(target, run, root):
    """Copy the workflow: the commit of the run where it can be had, else what stands in ``root``.

    Returns
    -------
    dict
        ``description`` says which of the two it is; a commit also has an ``identifier`` (a SWHID).
    """
    shutil.rmtree(target, ignore_errors=True)
    commit, dirty = run["commit"], run["dirty"]
    packed = _archive(root, commit) if commit and not dirty else None
    if packed:
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            for member in tar:
                if member.isfile() and member.name.split("/")[0] in TREE:
                    (target / member.name).parent.mkdir(parents=True, exist_ok=True)
                    (target / member.name).write_bytes(tar.extractfile(member).read())
        return {"description": f"Commit {commit}, that of the run.", "identifier": f"swh:1:rev:{commit}"}
    target.mkdir()
    for path in [root / name for name in TREE if (root / name).exists()]:
        if path.is_dir():
            shutil.copytree(path, target / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(path, target / path.name)
    ran = f"commit {commit}{' with changes' if dirty else ''}" if commit else "a state that was not recorded"
    return {"description": f"The code as it stood when this crate was made; that of the run was {ran}."}


def run_times(results, run, base):
    """Start of the first and end of the last job behind tables, arrays, claims and report, in UTC.

    Snakemake's records tell. Where one is missing, as after a move, the times are not known.

    Returns
    -------
    dict of str to str
        ``startTime`` and ``endTime``, or nothing.
    """
    if base is None:
        return {}
    folders = run["configuration"]["pathvars"]
    made = [f"{folders['results']}/{entry['path']}" for entry in read_json(results / "manifest.json")]
    made += [f"{folders['book']}/{name}" for name in BOOKS]
    names = [urlsafe_b64encode(path.encode()).decode() for path in made]
    try:
        jobs = [read_json(base / ".snakemake" / "metadata" / name) for name in names]
    except OSError:
        return {}
    ends = {"startTime": min(job["starttime"] for job in jobs)}
    ends |= {"endTime": max(job["endtime"] for job in jobs)}
    return {name: datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds") for name, at in ends.items()}


def _archive(root, commit):
    """A commit as a tar file, or None where git or the commit is not there."""
    try:
        command = ["git", "archive", "--format=tar", "--end-of-options", commit]
        return subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
