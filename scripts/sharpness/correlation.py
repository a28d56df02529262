r"""Kendall's rank correlation over pairs of networks that may be compared, with its bootstrap.

tau_b = sum a_ij s_ij / sqrt(sum a_ij |u_ij| sum a_ij |v_ij|), where s_ij = u_ij v_ij is the product of the
signs of the differences of both quantities and a_ij says which pairs count: all of them, or those that
differ in a single hyperparameter, as in Jiang et al., ICLR 2020, arXiv:1912.02178.
"""

import numpy as np

RESAMPLES = 400
LEVEL = 0.95


def signs(values):
    """Signs of all differences, float32[n, n]."""
    return np.sign(values[:, None] - values[None, :]).astype(np.float32)


def pairs_within(table, names, varied):
    """Pairs bool[n, n] that agree in all columns ``names`` but differ in ``varied``."""
    allowed = np.ones((len(table), len(table)), bool)
    for name in names:
        column = table[name].to_numpy()
        same = column[:, None] == column[None, :]
        allowed &= ~same if name == varied else same
    return allowed


def resampled(n, rng):
    """How often each of n networks is drawn, float32[1 + R, n]; the first row is the sample itself."""
    counts = rng.multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    return np.vstack([np.ones(n), counts]).astype(np.float32)


def kendall(u, v, allowed, counts):
    """tau_b of the sample and of its resamples.

    Parameters
    ----------
    u, v : float32[n, n]
        `signs` of both quantities.
    allowed : bool[n, n]
    counts : float32[1 + R, n]
        From `resampled`; a network drawn twice makes no pair with itself.

    Returns
    -------
    tau, err, low, high : float
        Value, standard error and the interval of 95 %; not a number where there are no pairs.
    """
    u = np.where(allowed, u, 0)
    both, left, right = (_sums(matrix, counts) for matrix in (u * v, np.abs(u), np.abs(v) * allowed))
    scale = np.sqrt(left * right)
    taus = np.divide(both, scale, out=np.full(len(scale), np.nan), where=scale > 0)
    drawn = taus[1:][np.isfinite(taus[1:])]
    if not np.isfinite(taus[0]) or len(drawn) < RESAMPLES / 2:
        return (np.nan,) * 4
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return float(taus[0]), float(drawn.std(ddof=1)), float(low), float(high)


def _sums(matrix, counts):
    """w' matrix w for every row w of the counts, in double precision."""
    return ((counts @ matrix.astype(np.float32)) * counts).sum(axis=1, dtype=np.float64)
