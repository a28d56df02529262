"""What the networks learn: a few handwritten digits, or the answers of another network.

A `Task` holds training inputs x [n, d] with their one-hot targets, clean test inputs with their classes, and
the test inputs once more with a shift that no training example shows. Every seed draws its own.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from scripts.common.digits import handwritten_digits
from scripts.common.seeds import generator

INPUTS, CLASSES, TEST, HIDDEN = 10, 3, 2000, 3  # of the teacher
SHIFT = 1.0  # length by which the teacher's inputs are moved; the digits are moved by one pixel


class Task(NamedTuple):
    """Training and test set: x [n, d], y [n, K] one-hot, classes int[m]."""

    x: np.ndarray
    y: np.ndarray
    x_test: np.ndarray
    x_shifted: np.ndarray
    classes: np.ndarray


digits = cache(handwritten_digits)


def _digits_split(n, rng):
    levels, classes = digits()
    x = levels / 16.0
    order = rng.permutation(len(x))
    moved = np.zeros((len(x), 8, 8))
    moved[:, :, 1:] = x.reshape(-1, 8, 8)[:, :, :-1]
    train, test = order[:n], order[n:]
    return x[train], classes[train], x[test], moved.reshape(len(x), -1)[test], classes[test], 10


def _teacher_split(n, rng):
    """Gaussian inputs, classes by the largest output of a random ReLU network."""
    x = rng.normal(size=(n + TEST, INPUTS))
    W, V = rng.normal(size=(INPUTS, HIDDEN)), rng.normal(size=(HIDDEN, CLASSES))
    scores = np.maximum(x @ W, 0.0) @ V
    classes = (scores - scores.mean(axis=0)).argmax(axis=1)
    direction = rng.normal(size=INPUTS)
    moved = x + SHIFT * direction / np.linalg.norm(direction)
    return x[:n], classes[:n], x[n:], moved[n:], classes[n:], CLASSES


SPLITS = {"digits": _digits_split, "teacher": _teacher_split}


def task(name, n, noise, seed, sample):
    """One training and test set.

    Parameters
    ----------
    name : str
        digits or teacher.
    n : int
        Training examples.
    noise : float
        Share of the training labels replaced by another class at random. What a smaller share replaces, a
        larger one replaces too.
    seed, sample : int
        Of the configuration, and number of the data set.

    Returns
    -------
    Task
    """
    rng = generator(seed, "sharpness/data", name, f"n={n}", f"sample={sample}")
    x, classes, x_test, x_shifted, test_classes, k = SPLITS[name](n, rng)
    wrong = np.argsort(rng.random(n))[: round(noise * n)]
    labels = classes.copy()
    labels[wrong] = (classes + rng.integers(1, k, size=n))[wrong] % k
    return Task(x, np.eye(k)[labels], x_test, x_shifted, test_classes)


def sizes_of(data, width):
    """Layers of a network for this task: inputs, two hidden layers of one width, classes."""
    return (data.x.shape[1], width, width, data.y.shape[1])
