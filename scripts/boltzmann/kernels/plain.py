"""The chains of `block_gibbs` written down as one would at the blackboard, for comparison. Units 0 and 1."""

import itertools

import numpy as np
from scipy.special import expit


def gibbs(visible, rng, rbm, steps, beta=1.0):
    """Block updates h, v of chains.

    Parameters
    ----------
    visible : float64[R, V]
    rng : numpy.random.Generator
    rbm : Rbm
    steps : int
    beta : float
        Multiplies weights and biases.

    Returns
    -------
    visible : float64[R, V]
    hidden : float64[R, H]
    """
    hidden = None
    for _ in range(steps):
        hidden = _drawn(rng, beta * (rbm.b + visible @ rbm.W))
        visible = _drawn(rng, beta * (rbm.a + hidden @ rbm.W.T))
    return visible, hidden


def _drawn(rng, fields):
    """Units 0 and 1 in their fields."""
    return (rng.random(fields.shape) < expit(fields)).astype(float)


def anneal(visible, rng, rbm, base, betas):
    """Logarithms of the annealed importance weights; see `block_gibbs.anneal`."""
    log_weights = np.zeros(len(visible))
    for before, after in itertools.pairwise(betas):
        log_weights += _minus_free_energy(visible, rbm, base, after)
        log_weights -= _minus_free_energy(visible, rbm, base, before)
        hidden = _drawn(rng, after * (rbm.b + visible @ rbm.W))
        visible = _drawn(rng, (1 - after) * base + after * (rbm.a + hidden @ rbm.W.T))
    return log_weights


def _minus_free_energy(visible, rbm, base, beta):
    """ln sum_h exp(-beta E - (1 - beta) E_0), one unit after the other."""
    found = visible @ ((1 - beta) * base + beta * rbm.a)
    return found + np.logaddexp(0.0, beta * (rbm.b + visible @ rbm.W)).sum(1)
