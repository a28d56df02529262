"""The tiny workflow on a copy of the repository, for tests of the whole."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TINY = "tests/config/tiny.yaml"


def snakemake(folder, *arguments, check=True, **options):
    """Run Snakemake in a copy of the repository; returns the finished process."""
    command = [sys.executable, "-m", "snakemake", *arguments]
    done = subprocess.run(
        command,
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        **options,
    )
    assert not check or done.returncode == 0, done.stdout[-4000:]
    return done


def copy_repository(target):
    """The files that git knows or would add, so that nothing the machine wrote comes along."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    return target


def digests(folder):
    """SHA-256 of every table and array below a results folder; the report's copies of them do not count."""
    files = sorted(
        path
        for kind in ("npz", "csv")
        for path in folder.rglob(f"*.{kind}")
        if not {"timings", "report"} & set(path.relative_to(folder).parts)
    )
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def evidence(names, experiment=""):
    """Tables and arrays of the tiny run, or of one experiment of it, as targets without figures and pages."""
    return [f"tiny/{name}" for name in names if name.startswith(experiment)]
