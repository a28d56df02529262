"""The tiny workflow on a copy of the repository, for tests of the whole."""

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
