"""Stochastic gradients of a restricted Boltzmann machine. Units 0 and 1, beta = 1.

The gradient of ln P is <.>_data - <.>_model. The second term is what the rules differ in: k steps from
the data (contrastive divergence, Hinton 2002, doi:10.1162/089976602760128018), or chains that go on
while the machine learns (persistent contrastive divergence, Tieleman, ICML 2008,
doi:10.1145/1390156.1390290).
"""

import numpy as np
from scipy.special import expit

from scripts.boltzmann.kernels.block_gibbs import gibbs, unpacked
from scripts.boltzmann.parameters import Rbm


def mean_statistics(rbm, v):
    """<v h>, <v>, <h> over visible states, float64[R, V], with h at its mean given v."""
    h = expit(rbm.b + v @ rbm.W)
    return Rbm(v.T @ h / len(v), v.mean(0), h.mean(0))


def negative_statistics(rbm, visible, streams, steps):
    """The same after ``steps`` block updates of packed chains, which advance in place."""
    gibbs(visible, streams, rbm, steps)
    return mean_statistics(rbm, unpacked(visible, len(rbm.a)))


def difference(one, other):
    """Statistics less statistics."""
    return Rbm(*(x - y for x, y in zip(one, other, strict=True)))


def moved(rbm, direction, rate):
    """The machine one step further."""
    return Rbm(*(x + rate * step for x, step in zip(rbm, direction, strict=True)))


def initial(rng, data_means, n_hidden, scale=0.01):
    """A machine with tiny weights whose visible units already have the means of the data."""
    W = scale * rng.normal(size=(len(data_means), n_hidden))
    return Rbm(W, np.log(data_means / (1 - data_means)), np.zeros(n_hidden))
