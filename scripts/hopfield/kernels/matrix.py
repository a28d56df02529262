"""Plain dynamics for any couplings: a matrix W, and local fields that are updated when a unit flips."""

import numpy as np
from numba import njit


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
