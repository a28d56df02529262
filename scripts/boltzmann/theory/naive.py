"""The sums of the book written out state by state: a second road to what `machine`, `rbm` and `em` compute.

Nothing here is clever: no closed form, no layer summed out, plain exponentials. Units 0 and 1 unless said
otherwise, beta = 1; arrays over states have the visible state first, the hidden one second, and bit i of the
number of a state belongs to unit i, as in `machine`.
"""

import itertools

import numpy as np
from scipy.sparse.linalg import svds
from scipy.special import entr

from scripts.boltzmann.parameters import Machine


def restricted(rbm):
    """A restricted machine as a general one without couplings inside the layers."""
    n_visible, n_hidden = rbm.W.shape
    nothing = np.zeros((n_visible, n_visible)), np.zeros((n_hidden, n_hidden))
    return Machine(rbm.W, *nothing, rbm.a, rbm.b)


def weights(machine, values=(0, 1)):
    """exp(-E(v, h)) of all states, every product of two units written down: float64[2^V, 2^H]."""
    v, h = _states(len(machine.a), values), _states(len(machine.b), values)
    minus_e = np.einsum("vi,ij,hj->vh", v, machine.W, h, optimize=True)
    minus_e += np.einsum("vi,ik,vk->v", v, machine.U, v)[:, None] + np.einsum("hj,jl,hl->h", h, machine.J, h)
    return np.exp(minus_e + (v @ machine.a)[:, None] + h @ machine.b)


def _states(n, values):
    """Bit i is the one that turns fastest but i: `itertools.product` turns the last one fastest."""
    return np.array(list(itertools.product(values, repeat=n)), dtype=float)[:, ::-1]


def log_partition_function(machine, values=(0, 1)):
    """ln Z."""
    return float(np.log(weights(machine, values).sum()))


def visible_probabilities(machine, values=(0, 1)):
    """P(v), float64[2^V]."""
    found = weights(machine, values)
    return found.sum(axis=1) / found.sum()


def log_likelihood(machine, data):
    """Mean of ln P(v) over a distribution of visible states, float64[2^V]."""
    return float(data @ np.log(visible_probabilities(machine)))


def clamped_energy_and_entropy(machine):
    """<E> and S of the hidden units with the visible ones held fixed, each float64[2^V]."""
    found = weights(machine)
    p = found / found.sum(axis=1, keepdims=True)
    return -(p * np.log(found)).sum(axis=1), entr(p).sum(axis=1)


def second_eigenvalue(rbm):
    """Of the chain v -> h -> v, the squared largest correlation of a function of v with one of h.

    Gebelein's maximal correlation is the second singular value of P(v, h) / sqrt(P(v) P(h)).
    """
    joint = weights(restricted(rbm))
    of_v, of_h = joint.sum(axis=1), joint.sum(axis=0)
    scaled = joint / np.sqrt(of_v)[:, None] / np.sqrt(of_h)
    return float(svds(scaled, k=2, v0=np.ones(min(scaled.shape)), return_singular_vectors=False).min() ** 2)
