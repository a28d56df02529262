"""Every test process compiles into the folder that the workflow's jobs use, and uses one thread."""

import fcntl
import os
import shutil

import pytest

from scripts.common.io import read_json, write_json
from tests.tiny import TINY, copy_repository, digests, snakemake
from workflow.environment import set_environment

collect_ignore = ["toy"]  # a chapter in small, which runs in a copy of the project only
set_environment()
# As in the jobs: threads of a linear algebra library on busy cores are slower, and change last digits.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A folder that all processes of this test run see, and no other run."""
    folder = tmp_path_factory.getbasetemp().parent / os.environ.get(
        "PYTEST_XDIST_TESTRUNUID", str(os.getpid())
    )
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def finished(tmp_path_factory, shared):
    """A copy of the repository in which the tiny workflow has run; one process runs it for all."""
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "digests.json").exists():
            folder = copy_repository(shared / "finished")
            snakemake(folder, "--configfile", TINY, "--cores", "2")
            write_json(shared / "digests.json", digests(folder / "tiny"))
    own = tmp_path_factory.mktemp("own") / "finished"
    return shutil.copytree(shared / "finished", own, symlinks=True)


@pytest.fixture(scope="session")
def tiny_digests(finished, shared):
    """SHA-256 of every table and array of the tiny workflow."""
    return read_json(shared / "digests.json")
