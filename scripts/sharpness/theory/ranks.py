"""Kendall's rank correlation by counting pairs, one network after another."""

import numpy as np


def kendall(x, y):
    """tau_b = (concordant - discordant) / sqrt((pairs - ties in x)(pairs - ties in y)) of float64[n] each.

    Ties are counted by groups of equal values: t (t - 1) / 2 pairs in a group of t.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    balance = 0
    for k in range(1, len(x)):
        above, below = (x[:k] < x[k]), (x[:k] > x[k])
        balance += (y[:k] < y[k])[above].sum() - (y[:k] > y[k])[above].sum()
        balance += (y[:k] > y[k])[below].sum() - (y[:k] < y[k])[below].sum()
    pairs = len(x) * (len(x) - 1) // 2
    tied = [sum(t * (t - 1) // 2 for t in np.unique(values, return_counts=True)[1]) for values in (x, y)]
    return float(balance / np.sqrt(float(pairs - tied[0]) * float(pairs - tied[1])))
