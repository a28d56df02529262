r"""Kendall's rank correlation over pairs of networks that may be compared, with its scatter over data sets.

tau_b = sum a_ij s_ij / sqrt(sum a_ij |u_ij| sum a_ij |v_ij|), where s_ij = u_ij v_ij is the product of the
signs of the differences of both quantities and a_ij says which pairs count: all of them, or those that
differ in a single hyperparameter, as in Jiang et al., ICLR 2020, arXiv:1912.02178.

Networks that learned the same data share what is special to it. The error is therefore that of leaving out
one data set at a time, with all of its networks.
"""

import numpy as np


def signs(values):
    """Signs of all differences, float64[n, n]."""
    return np.sign(values[:, None] - values[None, :])


def pairs_within(table, names, varied):
    """Pairs bool[n, n] that agree in all columns ``names`` but differ in ``varied``."""
    allowed = np.ones((len(table), len(table)), bool)
    for name in names:
        column = table[name].to_numpy()
        same = column[:, None] == column[None, :]
        allowed &= ~same if name == varied else same
    return allowed


def kendall(u, v, allowed, sets):
    """tau_b and its error.

    Parameters
    ----------
    u, v : float64[n, n]
        `signs` of both quantities.
    allowed : bool[n, n]
    sets : int64[n]
        Data set of each network.

    Returns
    -------
    tau, err : float
        Not a number where there are no pairs; no error with fewer than two data sets.
    """
    u = np.where(allowed, u, 0.0)
    member = (sets[:, None] == np.unique(sets)).astype(float)
    both, left, right = (
        _without_each(member.T @ m @ member) for m in (u * v, np.abs(u), np.abs(v) * allowed)
    )
    scale = np.sqrt(left * right)
    tau, *rest = np.divide(both, scale, out=np.full(len(scale), np.nan), where=scale > 0)
    m = len(rest)
    err = np.sqrt((m - 1) * np.var(rest)) if m > 1 else np.nan
    return float(tau), float(err)


def _without_each(sums):
    """Sum over all pairs of data sets float64[m, m], and over those without each of them: float64[1 + m]."""
    total = sums.sum()
    return np.array([total, *(total - sums.sum(axis=0) - sums.sum(axis=1) + np.diag(sums))])
