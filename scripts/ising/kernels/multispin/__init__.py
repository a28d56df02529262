"""Metropolis dynamics of the square lattice, 64 replicas in the bits of a word.

A run needs a lattice and a random state, both advanced in place:

>>> from scripts.ising.kernels import multispin
>>> lattice = multispin.ordered_lattice(16)
>>> state = multispin.random_state(1, "example")
>>> energy, magnetization = multispin.simulate(lattice, state, temperature=2.5, n_sweeps=10)
>>> energy.shape, magnetization.dtype
((10, 64), dtype('int32'))
"""

from scripts.common.bits.stream import random_state
from scripts.common.bits.target import aes_lanes
from scripts.ising.kernels.multispin.driver import measure, simulate
from scripts.ising.kernels.multispin.layout import (
    Lattice,
    lattice_of,
    ordered_lattice,
    packed,
    random_lattice,
    spins,
)
from scripts.ising.kernels.multispin.rates import metropolis_rates

__all__ = [
    "Lattice",
    "has_vector_instructions",
    "lattice_of",
    "measure",
    "metropolis_rates",
    "ordered_lattice",
    "packed",
    "random_lattice",
    "random_state",
    "simulate",
    "spins",
]


def has_vector_instructions():
    """Whether the target of compilation has AES instructions; without them a table takes their place."""
    return aes_lanes() > 0
