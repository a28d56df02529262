"""A restricted Boltzmann machine, units 0 and 1, learned by one step of contrastive divergence.

E(v, h) = -v'Wh - a'v - b'h (Hinton, Neural Comput. 14, 1771 (2002), doi:10.1162/089976602760128018).
"""

from typing import NamedTuple

import numpy as np
from scipy.special import expit


class Machine(NamedTuple):
    """Weights float64[n, m], biases float64[n] of the visible and float64[m] of the hidden units."""

    weights: np.ndarray
    visible: np.ndarray
    hidden: np.ndarray


def trained(data, n_hidden, epochs, rng, rate=0.5, batch=100):
    """Learn from data.

    Parameters
    ----------
    data : uint8[n, k]
        0 and 1.
    n_hidden, epochs : int
    rng : numpy.random.Generator
    rate : float
        Learning rate; it falls to zero linearly.
    batch : int

    Returns
    -------
    Machine
    """
    n, k = data.shape
    W, a, b = 0.01 * rng.standard_normal((k, n_hidden)), np.zeros(k), np.zeros(n_hidden)
    total = epochs * (n // batch)
    for step in range(total):
        if step % (n // batch) == 0:
            order = rng.permutation(n)
        at = step % (n // batch) * batch
        v = data[order[at : at + batch]].astype(float)
        p = expit(v @ W + b)
        h = (rng.random(p.shape) < p).astype(float)
        w = (rng.random(v.shape) < expit(h @ W.T + a)).astype(float)
        q = expit(w @ W + b)
        size = rate * (1 - step / total) / batch
        W += size * (v.T @ p - w.T @ q)
        a += size * (v - w).sum(axis=0)
        b += size * (p - q).sum(axis=0)
    return Machine(W, a, b)


def reconstructed(machine, v, rng):
    """One pass to the hidden units and back, float64[n, k] of 0 and 1."""
    p = expit(v @ machine.weights + machine.hidden)
    h = (rng.random(p.shape) < p).astype(float)
    q = expit(h @ machine.weights.T + machine.visible)
    return (rng.random(q.shape) < q).astype(float)
