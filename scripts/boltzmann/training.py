"""Maximum likelihood with the exact gradient: Adam first, which finds its way, then L-BFGS, which ends it."""

import numpy as np
from scipy import optimize

from scripts.boltzmann.kernels import learning
from scripts.boltzmann.parameters import flat, shaped
from scripts.boltzmann.theory import rbm as exact

RATE, FIRST, SECOND, TINY = 0.05, 0.9, 0.999, 1e-8  # of Adam (Kingma and Ba, arXiv:1412.6980)
BOX, FIELD = 30.0, 600.0  # largest parameter, and largest field that the tables of odds can take
EVALUATIONS = 600


def maximum_likelihood(rng, images, counts, n_hidden, updates):
    """Train a restricted machine on images.

    Parameters
    ----------
    rng : numpy.random.Generator
        Of the start.
    images : float64[n, V]
    counts : int[n]
        How often each occurs.
    n_hidden, updates : int
        Hidden units, and updates by Adam.

    Returns
    -------
    rbm : Rbm
    curve : float64[updates + 1]
        Mean log-likelihood before each update of Adam, and at the very end.
    """
    weights, like = counts / counts.sum(), learning.initial(rng, np.full(images.shape[1], 0.5), n_hidden, 0.1)

    def loss(x):
        value, gradient = exact.log_likelihood_and_gradient(shaped(x, like), images, weights)
        return -value, -flat(gradient)

    x, curve = _adam(loss, flat(like), updates)
    box = min(BOX, FIELD / (max(like.W.shape) + 1))
    found = optimize.minimize(
        loss, np.clip(x, -box, box), jac=True, method="L-BFGS-B", bounds=[(-box, box)] * len(x),
        options={"maxfun": EVALUATIONS, "maxiter": EVALUATIONS, "maxcor": 20},
    )  # fmt: skip
    return shaped(found.x, like), np.append(curve, -found.fun)


def _adam(loss, x, updates):
    mean, square, curve = np.zeros_like(x), np.zeros_like(x), []
    for step in range(1, updates + 1):
        value, gradient = loss(x)
        curve.append(-value)
        mean = FIRST * mean + (1 - FIRST) * gradient
        square = SECOND * square + (1 - SECOND) * gradient**2
        size = RATE * np.sqrt(1 - SECOND**step) / (1 - FIRST**step)
        x = x - size * mean / (np.sqrt(square) + TINY)
    return x, np.array(curve)
