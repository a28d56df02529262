"""The dynamics for any couplings: a matrix W, and local fields that are updated when a unit flips."""

import numpy as np
from numba import njit

from scripts.hopfield.kernels.schedule import LONGEST, fresh_visits, is_due


def hebb(patterns):
    """N times Hebb's couplings, sum_mu xi_i xi_j without the diagonal: int32[N, N].

    Parameters
    ----------
    patterns : int8[P, N]
    """
    values = patterns.astype(np.float32)  # sums of up to 2^24 signs are exact, and BLAS is fast
    couplings = np.rint(values.T @ values).astype(np.int32)
    np.fill_diagonal(couplings, 0)
    return couplings


def energy(couplings, spins):
    """-1/2 s W s, in the units of the couplings."""
    s = np.asarray(spins, couplings.dtype if couplings.dtype.kind == "f" else np.int64)
    return -(s @ (couplings @ s)) / 2 if couplings.dtype.kind == "f" else -int(s @ (couplings @ s)) // 2


@njit(cache=True)
def _descend(couplings, spins, fields, visits, n_patterns, record):
    margins, seen = visits
    flips, full = 0, False
    for sweep in range(len(record)):
        before = flips
        for i in range(len(spins)):
            if not full and not is_due(margins[i], flips - seen[i], n_patterns):
                continue
            h = fields[i]
            if h * spins[i] < 0:
                spins[i] = -spins[i]
                flips += 1
                for j in range(len(spins)):
                    fields[j] += 2 * couplings[j, i] * spins[i]
            margins[i], seen[i] = abs(h), flips
        record[sweep] = flips
        if flips == before and (full or sweep == 0):
            return sweep + 1
        full = flips == before
    return len(record)


def descend(couplings, spins, n_patterns, n_sweeps=LONGEST):
    """Run at zero temperature to a fixed point, with the visits of `schedule`.

    Parameters
    ----------
    couplings : int32[N, N]
        Of `hebb`.
    spins : int8[N]
    n_patterns : int

    Returns
    -------
    spins : int8[N]
    flips : int64[sweeps]
        So far, after each sweep.
    """
    spins, record = np.array(spins, np.int8), np.zeros(n_sweeps, np.int64)
    fields = couplings.astype(np.int64) @ spins.astype(np.int64)
    n = _descend(couplings, spins, fields, fresh_visits(len(spins)), n_patterns, record)
    return spins, record[:n].copy()


@njit(cache=True)
def greedy(couplings, spins, fields):
    """Plain sweeps at T = 0 with any couplings, symmetric or not, until no unit turns or 1000 sweeps.

    Parameters
    ----------
    couplings : float64[N, N]
    spins : int8[N]
        Changed in place.
    fields : float64[N]
        ``couplings @ spins``, changed in place; a diagonal in it acts like any other coupling.

    Returns
    -------
    int
        Sweeps made, the last without a flip.
    """
    for sweep in range(1000):
        changed = False
        for i in range(len(spins)):
            if fields[i] * spins[i] < 0:
                spins[i] = -spins[i]
                changed = True
                for j in range(len(spins)):
                    fields[j] += 2 * couplings[j, i] * spins[i]
        if not changed:
            return sweep + 1
    return 1000
