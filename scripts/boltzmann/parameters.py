"""Parameters of Boltzmann machines, beta = 1 unless said otherwise.

The general machine has the energy of the book (its section 3.3),

    E(v, h) = - sum_ij W_ij v_i h_j - sum_ik U_ik v_i v_k - sum_jl J_jl h_j h_l - sum_i a_i v_i - sum_j
    b_j h_j,

where the sums run over all i and k, so that every pair counts twice. The restricted one has U = J = 0.
"""

from typing import NamedTuple

import numpy as np

from scripts.common.couplings import symmetric_normal


class Machine(NamedTuple):
    """A general Boltzmann machine.

    Attributes
    ----------
    W : float64[V, H]
    U : float64[V, V]
        Symmetric, zero diagonal.
    J : float64[H, H]
        Symmetric, zero diagonal.
    a : float64[V]
    b : float64[H]
    """

    W: np.ndarray
    U: np.ndarray
    J: np.ndarray
    a: np.ndarray
    b: np.ndarray


class Rbm(NamedTuple):
    """A restricted Boltzmann machine with units 0 and 1.

    Attributes
    ----------
    W : float64[V, H]
    a : float64[V]
    b : float64[H]
    """

    W: np.ndarray
    a: np.ndarray
    b: np.ndarray


def flat(parameters):
    """All parameters as one vector, in the order of the fields."""
    return np.concatenate([np.ravel(part) for part in parameters])


def shaped(vector, like):
    """The inverse of `flat`, with the shapes of ``like``."""
    parts, start = [], 0
    for part in like:
        parts.append(np.reshape(vector[start : start + np.size(part)], np.shape(part)))
        start += np.size(part)
    return type(like)(*parts)


def random_machine(rng, n_visible, n_hidden, scale=0.5):
    """A machine with independent normal parameters of standard deviation ``scale``."""
    W = rng.normal(scale=scale, size=(n_visible, n_hidden))
    U, J = symmetric_normal(rng, n_visible, scale), symmetric_normal(rng, n_hidden, scale)
    return Machine(W, U, J, rng.normal(scale=scale, size=n_visible), rng.normal(scale=scale, size=n_hidden))


def random_rbm(rng, n_visible, n_hidden, weight=0.6, bias=0.3):
    """An RBM with normal parameters, drawn in the order W, a, b."""
    W = weight * rng.normal(size=(n_visible, n_hidden))
    a = bias * rng.normal(size=n_visible)
    return Rbm(W, a, bias * rng.normal(size=n_hidden))


def as_ising(rbm):
    """Couplings and fields of the same machine for spins, E = - 1/2 sum J s s - sum h s + constant.

    Parameters
    ----------
    rbm : Rbm

    Returns
    -------
    J : float64[V + H, V + H]
        Symmetric, zero diagonal; the visible units come first.
    h : float64[V + H]
    constant : float
        ln Z of the RBM is ln Z of the spins plus this.
    """
    n_visible, n_hidden = rbm.W.shape
    J = np.zeros((n_visible + n_hidden,) * 2)
    J[:n_visible, n_visible:] = rbm.W / 4
    J += J.T
    h = np.concatenate([rbm.a, rbm.b]) / 2 + J.sum(1)
    constant = rbm.W.sum() / 4 + (rbm.a.sum() + rbm.b.sum()) / 2
    return J, h, float(constant)
