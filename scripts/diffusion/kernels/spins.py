"""Swendsen-Wang updates of the two-dimensional Ising model on a torus (J = k_B = 1).

Bonds between equal neighbors are laid with probability 1 - exp(-2/T); each cluster then takes a
sign at random. Swendsen and Wang, Phys. Rev. Lett. 58, 86 (1987), doi:10.1103/PhysRevLett.58.86.
"""

import numpy as np
from numba import njit

from scripts.common.lattice.trees import find, unite


@njit(cache=True)
def swendsen_wang_sweep(spins, parent, probability, rng):
    """One update of all spins in place.

    Parameters
    ----------
    spins : int8[L * L]
    parent : int64[L * L]
        Room for the forest of clusters.
    probability : float
        1 - exp(-2/T).
    rng : numpy.random.Generator

    Returns
    -------
    (int, int)
        Energy and magnetization of the state before the update.
    """
    n = len(spins)
    size = int(np.sqrt(n))
    energy, total = 0, 0
    for site in range(n):
        parent[site] = site
        total += spins[site]
    for site in range(n):
        row, column = divmod(site, size)
        for other in (row * size + (column + 1) % size, ((row + 1) % size) * size + column):
            product = spins[site] * spins[other]
            energy -= product
            if product > 0 and rng.random() < probability:
                unite(parent, site, other)
    for site in range(n):  # a root comes before all sites of its cluster
        root = find(parent, site)
        if root == site:
            spins[site] = 1 if rng.random() < 0.5 else -1
        else:
            spins[site] = spins[root]
    return energy, total


@njit(cache=True)
def _chain(out, measured, spins, plan, probability, rng):
    spacing, burn_in = plan
    parent = np.empty(len(spins), np.int64)
    for _ in range(burn_in):
        swendsen_wang_sweep(spins, parent, probability, rng)
    for sample in range(len(out)):
        for step in range(spacing):
            energy, total = swendsen_wang_sweep(spins, parent, probability, rng)
            measured[sample * spacing + step, 0] = energy
            measured[sample * spacing + step, 1] = total
        out[sample] = spins


def ising_chain(size, temperature, n_samples, spacing, rng):
    """Configurations of a magnet in equilibrium, and its energy and magnetization after every sweep.

    Parameters
    ----------
    size : int
        L of the L x L torus.
    temperature : float
    n_samples : int
    spacing : int
        Sweeps from one configuration to the next.
    rng : numpy.random.Generator

    Returns
    -------
    spins : int8[n_samples, L, L]
    measured : int32[n_samples * spacing, 2]
        E and M before each sweep.
    """
    out = np.empty((n_samples, size * size), np.int8)
    measured = np.empty((n_samples * spacing, 2), np.int32)
    start = np.ones(size * size, np.int8)
    _chain(out, measured, start, (spacing, 200), 1.0 - np.exp(-2.0 / temperature), rng)
    return out.reshape(n_samples, size, size), measured
