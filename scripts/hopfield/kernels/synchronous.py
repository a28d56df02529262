"""Dynamics that break a condition of the energy argument, and the count of what goes wrong.

The argument: with symmetric couplings and no diagonal, a unit that turns into its field h lowers
E = -1/2 s W s by 2 |h|. Here energies are summed anew after every change, not updated.
"""

import numpy as np
from numba import njit


@njit(cache=True)
def _field(couplings, spins, i):
    total = 0.0
    for j in range(len(spins)):
        total += couplings[i, j] * spins[j]
    return total


@njit(cache=True)
def _energy(couplings, spins):
    """-1/2 sum_{i != j} W_ij s_i s_j."""
    total = 0.0
    for i in range(len(spins)):
        total += spins[i] * (_field(couplings, spins, i) - couplings[i, i] * spins[i])
    return -0.5 * total


@njit(cache=True)
def asynchronous_rises(couplings, spins, n_sweeps):
    """Turn one unit after the other into its field, diagonal included; count rises of the energy.

    Parameters
    ----------
    couplings : float64[N, N]
        Symmetric or not, with or without a diagonal.
    spins : float64[N]
        Of +1 and -1, changed in place.
    n_sweeps : int
        At most; the run ends at a fixed point.

    Returns
    -------
    flips, rises, misplaced : int
        ``misplaced`` units of the end would lower the energy by turning.
    """
    n_units, flips, rises = len(spins), 0, 0
    energy = _energy(couplings, spins)
    for _ in range(n_sweeps):
        before = flips
        for i in range(n_units):
            if _field(couplings, spins, i) * spins[i] < 0:
                spins[i] = -spins[i]
                flips += 1
                new = _energy(couplings, spins)
                rises += new > energy + 1e-9
                energy = new
        if flips == before:
            break
    misplaced = 0
    for i in range(n_units):
        h = 0.0
        for j in range(n_units):
            if j != i:
                h += (couplings[i, j] + couplings[j, i]) / 2 * spins[j]
        misplaced += h * spins[i] < -1e-9
    return flips, rises, misplaced


@njit(cache=True)
def synchronous_rises(couplings, spins, n_steps):
    """Turn all units at once; count steps that raise the energy.

    Returns
    -------
    steps, rises, period : int
        ``period`` 1 for a fixed point, 2 for a cycle of two states, 0 if neither was reached.
    """
    n_units = len(spins)
    last, before = spins.copy(), spins.copy()
    energy, rises = _energy(couplings, spins), 0
    for step in range(n_steps):
        fields = couplings @ last
        for i in range(n_units):
            spins[i] = last[i] if fields[i] == 0 else np.sign(fields[i])
        new = _energy(couplings, spins)
        rises += new > energy + 1e-9
        energy = new
        if np.array_equal(spins, last):
            return step + 1, rises, 1
        if step > 0 and np.array_equal(spins, before):
            return step + 1, rises, 2
        before[:] = last
        last[:] = spins
    return n_steps, rises, 0


@njit(cache=True)
def zeroed_units(couplings, spins, n_sweeps):
    """Asynchronous dynamics in which a vanishing field sets its unit to 0; units at 0 in the end."""
    for _ in range(n_sweeps):
        changed = False
        for i in range(len(spins)):
            new = np.sign(_field(couplings, spins, i))
            if new != spins[i]:
                spins[i] = new
                changed = True
        if not changed:
            break
    count = 0
    for i in range(len(spins)):
        count += spins[i] == 0
    return count


@njit(cache=True)
def descent_by_overlaps(rows, spins, overlaps):
    """Asynchronous descent whose energy is -1/2 (sum_mu M_mu^2 - N P)/N, summed anew after every flip.

    Parameters
    ----------
    rows : int64[N, P]
        Bit i of all patterns.
    spins : int64[N]
        Changed in place.
    overlaps : int64[P]
        M_mu of the spins, changed in place.

    Returns
    -------
    flips, idle : int
        All flips, and those that did not lower the energy.
    """
    flips, idle = 0, 0
    energy = -np.sum(overlaps * overlaps)
    settled = False
    while not settled:
        settled = True
        for i in range(len(spins)):
            h = -len(overlaps) * spins[i]
            for mu in range(len(overlaps)):
                h += rows[i, mu] * overlaps[mu]
            if h * spins[i] < 0:
                settled = False
                spins[i] = -spins[i]
                flips += 1
                new = 0
                for mu in range(len(overlaps)):
                    overlaps[mu] += 2 * rows[i, mu] * spins[i]
                    new -= overlaps[mu] * overlaps[mu]
                idle += new >= energy
                energy = new
    return flips, idle
