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
from scripts.ising.kernels.multispin.driver import simulate
from scripts.ising.kernels.multispin.layout import lattice_of, ordered_lattice, random_lattice, spins

__all__ = ["lattice_of", "ordered_lattice", "random_lattice", "random_state", "simulate", "spins"]
