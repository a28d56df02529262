"""Resolve pyproject.toml into the lock files and environment.yml (``make lock``)."""

import re
import subprocess
import sys
from pathlib import Path

_RUN = ["--constraint", "requirements.lock"]  # one version of every package in all of them
LOCKS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["--group", "dev", *_RUN],
    "requirements-bench.lock": ["--group", "bench", *_RUN],
    "requirements-cluster.lock": ["--group", "dev", "--group", "cluster", *_RUN],
}
PIN = re.compile(r"^([a-z0-9_.-]+)==([^ ;\\]+)( ; [^\\]+)?", re.MULTILINE)
HEADER = """\
# Written by `make lock` from requirements.lock: do not edit. The pins stand inline
# because a relative `-r` breaks where Snakemake copies this file.
name: rashinban
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python >=3.11,<3.14
  - pip
  - pip:
"""


def compile_lock(name, options):
    """Write one hash-pinned lock file with a single version of every package."""
    uv = Path(sys.executable).with_name("uv")
    universal = ["--universal", "--fork-strategy", "fewest", "--python-version", "3.11"]
    command = [uv, "pip", "compile", "--quiet", "--generate-hashes", *universal, *options]
    command += ["--custom-compile-command", "make lock", "pyproject.toml", "--output-file", name]
    subprocess.run(command, check=True)


def environment_yml(lock):
    """The text of environment.yml for the text of a lock file."""
    pins = [f"{name}=={version}{marker or ''}".strip() for name, version, marker in PIN.findall(lock)]
    return HEADER + "".join(f'      - "{pin}"\n' for pin in pins)


if __name__ == "__main__":
    for name, options in LOCKS.items():
        compile_lock(name, options)
    Path("environment.yml").write_text(environment_yml(Path("requirements.lock").read_text()))
