"""EM on handwritten digits as ascent of one function of Q and theta: ``em.csv`` and ``mixture.npz``.

The 1797 digits of scikit-learn in the plane of their two leading principal components, in units of their
common spread; nats per digit.

``mixture.npz``: ``points`` [n, 2], ``weights`` [K], ``means`` [K, 2], ``covariances`` [K, 2, 2].
"""

import numpy as np
import pandas as pd

from scripts.common.digits import handwritten_digits
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.variational.kernels import mixture


def digits_in_the_plane():
    """Points float64[1797, 2]."""
    X, _ = handwritten_digits()
    X = X - X.mean(0)
    values, vectors = np.linalg.eigh(X.T @ X / len(X))
    leading = vectors[:, ::-1][:, :2]
    leading = leading * np.sign(leading[np.abs(leading).argmax(0), [0, 1]])  # eigenvectors have no sign
    return X @ leading / np.sqrt(values[-2:].mean())


def learn(components, iterations, seed):
    """Run EM.

    Parameters
    ----------
    components, iterations : int
    seed : int

    Returns
    -------
    dict
        ``trace``: ``half_step`` (from 0), ``step`` (E or M), ``elbo``, ``divergence``, ``log_likelihood``
        after it, ``gain_by_push`` after an M step; ``mixture``: what ``mixture.npz`` holds.

    Raises
    ------
    InputError
        If a component shrinks onto a point, where the likelihood has no bound.
    """
    points = digits_in_the_plane()
    rng = generator(seed, "variational/learning")
    try:
        trace, (weights, means, covariances) = mixture.descend(points, components, iterations, rng)
    except np.linalg.LinAlgError:
        raise InputError(
            f"variational.mixture.components: with {components} of them one shrinks onto a single digit; "
            "allowed: fewer"
        ) from None
    frame = pd.DataFrame(trace, columns=["elbo", "divergence", "log_likelihood", "gain_by_push"])
    frame.insert(0, "step", np.where(np.arange(len(frame)) % 2, "M", "E"))
    frame.insert(0, "half_step", np.arange(len(frame)))
    arrays = {"points": points, "weights": weights, "means": means, "covariances": covariances}
    return {"trace": frame, "mixture": arrays}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(**learn(*params.mixture, params.seed))
