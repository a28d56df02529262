"""JAX as every step uses it: imported from here, so that it is set up before its first use.

Double precision, the CPU, and one process-wide client; dtypes are stated where arrays are made.
"""

import os

os.environ.setdefault("PJRT_NPROC", "1")  # more threads than cores given to the job would only wait
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)

__all__ = ["jax", "jnp"]
