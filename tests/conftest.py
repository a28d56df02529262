"""Every test process compiles into the folder that the workflow's jobs use, and uses one thread."""

import os

from workflow.environment import set_environment

set_environment()
# As in the jobs: threads of a linear algebra library on busy cores are slower, and change last digits.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
