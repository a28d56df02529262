"""Whether patterns are minima: how many bits of each a single update would turn."""

import numpy as np


def unstable_counts(patterns, diagonal=0):
    """Unstable bits of every pattern under Hebb's rule.

    Parameters
    ----------
    patterns : int8[P, N]
    diagonal : int
        N times the coupling of each unit to itself.

    Returns
    -------
    int64[P]
        Bits whose field N h_i = sum_mu xi_i^mu M_mu - P s_i is against them.
    """
    values = patterns.astype(np.float32)  # sums of signs below 2^24 are exact
    fields = (values @ values.T) @ values + np.float32(diagonal - len(values)) * values
    return (fields * values < 0).sum(axis=1)
