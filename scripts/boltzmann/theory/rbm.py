"""The restricted Boltzmann machine in closed form. Units 0 and 1, beta = 1.

Without couplings inside a layer the hidden units are independent given the visible ones, so that

    F(v) = - a . v - sum_j ln(1 + exp(b_j + sum_i W_ij v_i)),

and ln Z costs a sum over the states of the smaller layer only.
"""

import numpy as np
from scipy.special import expit, logsumexp

from scripts.boltzmann.parameters import Rbm

CHUNK = 2**12  # states at a time
LARGEST = 24  # units of the smaller layer


def free_energy(rbm, v):
    """F(v) in closed form, float64[n] for visible states [n, V]."""
    return -(v @ rbm.a) - np.logaddexp(0.0, rbm.b + v @ rbm.W).sum(1)


def turned(rbm):
    """The same machine with its layers exchanged."""
    return Rbm(rbm.W.T, rbm.b, rbm.a)


def log_partition_function(rbm):
    """ln Z from the states of the smaller layer.

    Raises
    ------
    ValueError
        If both layers have more than 24 units.
    """
    _refuse_large(rbm)
    summed = turned(rbm) if len(rbm.b) < len(rbm.a) else rbm
    parts = [logsumexp(-free_energy(summed, chunk)) for chunk in _chunks(len(summed.a))]
    return float(logsumexp(parts))


def _refuse_large(rbm):
    n_visible, n_hidden = rbm.W.shape
    if min(n_visible, n_hidden) > LARGEST:
        raise ValueError(f"ln Z needs a layer of at most {LARGEST} units, not {n_visible} and {n_hidden}")


def _chunks(n):
    """All states of ``n`` units, some at a time."""
    for start in range(0, 2**n, CHUNK):
        numbers = np.arange(start, min(start + CHUNK, 2**n))
        yield ((numbers[:, None] >> np.arange(n)) & 1).astype(float)


def model_expectations(rbm):
    """<v h>, <v>, <h> of the model, an `Rbm`, and ln Z, from the states of the smaller layer.

    One pass; the largest weight so far is divided out, so that nothing overflows.
    """
    n_visible, n_hidden = rbm.W.shape
    swapped = n_hidden < n_visible
    summed = turned(rbm) if swapped else rbm
    _refuse_large(rbm)
    top, z, W, a, b = -np.inf, 0.0, 0.0, 0.0, 0.0
    for x in _chunks(len(summed.a)):
        softplus, mean = _occupied(summed.b + x @ summed.W)
        minus_f = x @ summed.a + softplus.sum(1)
        new = max(top, minus_f.max())
        scale, p = np.exp(top - new), np.exp(minus_f - new)
        y = mean * p[:, None]
        z, W, a, b = scale * z + p.sum(), scale * W + x.T @ y, scale * a + p @ x, scale * b + y.sum(0)
        top = new
    found = Rbm(W / z, a / z, b / z)
    return (turned(found) if swapped else found), float(top + np.log(z))


def _occupied(fields):
    """ln(1 + e^x) and 1/(1 + e^-x) from one exponential."""
    small = np.exp(-np.abs(fields))
    return np.maximum(fields, 0.0) + np.log1p(small), np.where(fields > 0, 1.0, small) / (1.0 + small)


def data_expectations(rbm, data, weights):
    """<v h>, <v>, <h> with the visible units held at the data; ``weights`` sum to one."""
    h = expit(rbm.b + data @ rbm.W)
    return Rbm((data.T * weights) @ h, weights @ data, weights @ h)


def log_likelihood(rbm, data, weights):
    """Mean of ln P(v) over the data, [n, V], with weights that sum to one."""
    return float(-weights @ free_energy(rbm, data) - log_partition_function(rbm))


def log_likelihood_and_gradient(rbm, data, weights):
    """`log_likelihood` and its gradient, an `Rbm`: data minus model."""
    model, log_z = model_expectations(rbm)
    clamped = data_expectations(rbm, data, weights)
    value = float(-weights @ free_energy(rbm, data) - log_z)
    return value, Rbm(*(one - other for one, other in zip(clamped, model, strict=True)))


def probabilities(rbm):
    """P(v) of all visible states in the order of `machine.states`, float64[2^V]; for V up to about 20."""
    minus_f = np.concatenate([-free_energy(rbm, chunk) for chunk in _chunks(len(rbm.a))])
    return np.exp(minus_f - logsumexp(minus_f))


def log_pseudo_likelihood(rbm, v):
    """sum_i ln P(v_i | the other visible units), float64[n]; no ln Z is needed.

    Besag, Statistician 24, 179 (1975), doi:10.2307/2987782.
    """
    found, f = np.zeros(len(v)), free_energy(rbm, v)
    for i in range(v.shape[1]):
        flipped = v.copy()
        flipped[:, i] = 1 - v[:, i]
        found -= np.logaddexp(0.0, f - free_energy(rbm, flipped))
    return found
