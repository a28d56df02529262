"""Two times of generation: when it chooses a class, and when it falls onto a training point.

Two equal classes N(+-m, 1) in d dimensions. Two reverse paths that part at time t (clones) end in
the same class with a probability phi that depends on a = e^{-t} |m| alone. Biroli, Bonnaire, de
Bortoli and Mezard, Nat. Commun. 15, 9957 (2024), doi:10.1038/s41467-024-54281-3.
"""

import numpy as np
from scipy import optimize


def overlap(a):
    """P(two clones agree) = E[q^2 + (1 - q)^2] with q = 1/(1 + e^{-2 a x}), x ~ N(a, 1)."""
    x = np.linspace(-9.0, 9.0, 4001)
    weight = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi) * (x[1] - x[0])
    a = np.asarray(a, float)
    q = 1 / (1 + np.exp(-2 * a[..., None] * (x + a[..., None])))
    return np.sum(weight * (q**2 + (1 - q) ** 2), axis=-1)


def speciation_time(dimension):
    """Where e^{-t}|m| = 1, |m|^2 = d: the posterior's Curie-Weiss point."""
    return 0.5 * np.log(dimension)


def collapse_time(ratio, variance=1.0):
    """t_C = 1/2 ln(1 + variance / (e^{2 ratio} - 1)), ratio = ln(n) / d."""
    return 0.5 * np.log1p(variance / np.expm1(2 * np.asarray(ratio, float)))


def excess_entropy(t, ratio, variance=1.0):
    """Entropy per dimension of the data at time t minus that of n separate balls of noise.

    Gaussian data of the given variance: f = 1/2 ln(1 + v e^{-2t}/(1 - e^{-2t})) - ln(n)/d. Its zero
    is the collapse: earlier balls overlap, later (smaller t) the empirical law is n islands.
    """
    shrunk = np.exp(-2 * t)
    return 0.5 * np.log((variance * shrunk + 1 - shrunk) / (1 - shrunk)) - ratio


def collapse_time_by_entropy(ratio, variance=1.0):
    """The zero of `excess_entropy`, by Brent's method."""
    return optimize.brentq(excess_entropy, 1e-12, 60.0, args=(ratio, variance), xtol=1e-13, rtol=1e-14)
