"""Small machines whose states a test can write down."""

import numpy as np

from scripts.boltzmann.parameters import Rbm, random_machine, random_rbm


def small_rbm(n_visible=5, n_hidden=3, seed=1, weight=0.9):
    return random_rbm(np.random.default_rng(seed), n_visible, n_hidden, weight, 0.5)


def small_machine(n_visible=4, n_hidden=3, seed=2):
    return random_machine(np.random.default_rng(seed), n_visible, n_hidden)


def random_bits(shape, seed=3):
    return (np.random.default_rng(seed).random(shape) < 0.5).astype(float)


def without_weights(n_visible, n_hidden, a=0.3, b=-0.2):
    return Rbm(np.zeros((n_visible, n_hidden)), np.full(n_visible, a), np.full(n_hidden, b))
