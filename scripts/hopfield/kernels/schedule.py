"""Which units a sweep at zero temperature visits, the same in all forms of the dynamics.

Units are visited in their order. A unit whose field was g (times its sign, in units of 1/N) at its
last visit cannot have been turned by the F flips since then, but for a chance of about 1e-9: each
changes its field by +-2 W_ij, of variance 4 P. So a sweep skips units with g > 6 sqrt(4 P F). A
sweep in which nothing flips is followed by one that skips nothing, and the run ends with a full
sweep without a flip: its end is a fixed point for certain, whatever was skipped on the way.
"""

import numpy as np
from numba import njit

CERTAINTY = 36.0  # squared standard deviations that a field must be from zero for its unit to be skipped
LONGEST = 100_000  # sweeps; energies are bounded and fall, but memory for the record is needed


@njit(cache=True, forceinline=True)
def is_due(margin, flips_since, n_patterns):
    """Whether the flips since its last visit may have turned a unit.

    Parameters
    ----------
    margin : int
        Field times unit at its last visit, in units of 1/N; -1 before the first.
    flips_since : int
    n_patterns : int
    """
    return margin < 0 or float(margin) * float(margin) <= CERTAINTY * 4.0 * n_patterns * flips_since


def fresh_visits(n):
    """(margins, flips at the last visit), int64[n] each, before anything was visited."""
    return np.full(n, -1, np.int64), np.zeros(n, np.int64)
