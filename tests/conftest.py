"""Every test process compiles into the folder that the workflow's jobs use, and uses one thread."""

import os

import pytest

from tests.tiny import TINY, copy_repository, snakemake
from workflow.environment import set_environment

set_environment()
# As in the jobs: threads of a linear algebra library on busy cores are slower, and change last digits.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """A copy of the repository in which the tiny workflow has run."""
    folder = copy_repository(tmp_path_factory.mktemp("finished"))
    snakemake(folder, "--configfile", TINY, "--cores", "2")
    return folder
