"""Jackknife for any function of means.

A function of means takes ``means`` of shape [..., k] (k columns, such as moments) and
returns an array [...] or [..., m]: written with the columns on the last axis it serves
one set of means and a thousand alike, without a loop.
"""

import numpy as np

from scripts.common.statistics.estimate import Estimate


def jackknife(blocks, function, *, bias_corrected=False):
    """A function of means, with its standard error from leaving one block out at a time.

    Parameters
    ----------
    blocks : float64[B, k]
        Means over B independent blocks or replicas of equal length, B >= 2.
    function : callable
        float64[..., k] -> float64[...] or float64[..., m].
    bias_corrected : bool
        Take off the bias of order 1/B: B f - (B - 1) <f_jackknife>.

    Returns
    -------
    Estimate
        err^2 = (B - 1)/B sum (f_b - <f>)^2, with B - 1 degrees of freedom
        (Efron, The Jackknife, the Bootstrap and Other Resampling Plans, SIAM 1982).

    Raises
    ------
    ValueError
        With fewer than two blocks.
    """
    blocks = np.asarray(blocks, dtype=float)
    n = len(blocks)
    if n < 2:
        raise ValueError(f"a jackknife needs at least 2 blocks, not {n}")
    replicates = function((blocks.sum(axis=0) - blocks) / (n - 1))
    value, center = function(np.mean(blocks, axis=0)), replicates.mean(axis=0)
    err = np.sqrt((n - 1) * np.mean((replicates - center) ** 2, axis=0))
    return Estimate(n * value - (n - 1) * center if bias_corrected else value, err, n - 1)
