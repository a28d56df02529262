"""The plain twin of `packed`: int8 patterns and integer overlaps, in the same order of visits."""

import numpy as np
from numba import njit

from scripts.hopfield.kernels.schedule import LONGEST, fresh_visits, is_due


@njit(cache=True)
def _field(rows, overlaps, spins, i):
    total = np.int64(0)
    for mu in range(rows.shape[1]):
        total += np.int64(rows[i, mu]) * overlaps[mu]
    return total - rows.shape[1] * np.int64(spins[i])


@njit(cache=True)
def _sweep(rows, spins, overlaps, visits, flips, full):
    margins, seen = visits
    for i in range(len(spins)):
        if not full and not is_due(margins[i], flips - seen[i], rows.shape[1]):
            continue
        h = _field(rows, overlaps, spins, i)
        if h * spins[i] < 0:
            spins[i] = -spins[i]
            flips += 1
            for mu in range(rows.shape[1]):
                overlaps[mu] += 2 * np.int64(rows[i, mu]) * spins[i]
        margins[i], seen[i] = abs(h), flips
    return flips


def descend(patterns, spins, n_sweeps=LONGEST):
    """Run at zero temperature to a fixed point.

    Parameters
    ----------
    patterns : int8[P, N]
    spins : int8[N]

    Returns
    -------
    spins : int8[N]
    record : int64[sweeps, 2]
        Flips so far and N times the energy after each sweep.
    """
    rows, spins = np.ascontiguousarray(patterns.T), np.array(spins, np.int8)
    overlaps = patterns.astype(np.int64) @ spins.astype(np.int64)
    visits, flips, full, record = fresh_visits(len(spins)), 0, False, []
    while len(record) < n_sweeps:
        before, flips = flips, _sweep(rows, spins, overlaps, visits, flips, full)
        energy = -(int((overlaps**2).sum()) - rows.size) // 2
        record.append((flips, energy))
        if flips == before and (full or len(record) == 1):
            break
        full = flips == before
    return spins, np.array(record, np.int64)
