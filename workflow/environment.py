"""Variables that every job inherits, set before the first of them starts."""

import os

from workflow.code_digest import cache, kernels_digest


def set_environment():
    """Give Numba's machine code a folder of its own for each state of the kernels."""
    os.environ["NUMBA_CACHE_DIR"] = str(cache() / "numba" / kernels_digest())
