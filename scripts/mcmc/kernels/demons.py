"""A small magnet and many demons that trade energy, with no temperature and no exponential.

A demon holds whole quanta of the energy `QUANTUM`, the smallest change of the magnet. A spin and a demon
are drawn; the spin flips if the demon can pay, and the demon takes what a flip sets free. Then two demons
share what they hold together, every division with the same chance. All states of magnet and demons with
the same total energy are equally likely (Creutz, Phys. Rev. Lett. 50, 1411 (1983),
doi:10.1103/PhysRevLett.50.1411).
"""

import numpy as np
from numba import njit

from scripts.mcmc.kernels.spins import neighbor_bits

QUANTUM = 4
DEMONS = 4000


@njit(cache=True)
def _run(counts, neighbors, demons, plan, rng):
    (n_samples, spacing), n_spins, state = plan, len(neighbors), 0
    for k in range(n_samples + 1):  # the first sample only equilibrates, ten times as long
        for _ in range(spacing * (10 if k == 0 else 1)):
            site, payer = int(rng.random() * n_spins), int(rng.random() * len(demons))
            like = 0
            for j in range(4):
                like += 1 if (state >> neighbors[site, j]) & 1 == (state >> site) & 1 else -1
            cost = 2 * like // QUANTUM
            if demons[payer] >= cost:
                demons[payer] -= cost
                state ^= 1 << site
            first, second = int(rng.random() * len(demons)), int(rng.random() * len(demons))
            if first != second:
                both = demons[first] + demons[second]
                demons[first] = int(rng.random() * (both + 1))
                demons[second] = both - demons[first]
        if k > 0:
            counts[state] += 1


def state_counts(quanta, n_columns, plan, rng):
    """How often the magnet is found in each state, from the ground state on.

    Parameters
    ----------
    quanta : int
        What the `DEMONS` hold together at the start.
    n_columns : int
        Of three spins each.
    plan : (int, int)
        Samples, and flips tried from one sample to the next.
    rng : numpy.random.Generator

    Returns
    -------
    int64[2^n]
    """
    neighbors = neighbor_bits(n_columns)
    # all ways to deal the quanta out, each with the same chance: bars among quanta
    bars = np.sort(rng.choice(quanta + DEMONS - 1, DEMONS - 1, replace=False))
    demons = np.diff(bars, prepend=-1, append=quanta + DEMONS - 1) - 1
    counts = np.zeros(2 ** len(neighbors), np.int64)
    _run(counts, neighbors, demons, plan, rng)
    return counts
