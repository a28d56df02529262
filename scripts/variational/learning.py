"""EM on handwritten digits as ascent of one function of Q and theta: ``em.csv`` and ``mixture.npz``.

The 1797 digits of scikit-learn in the plane of their two leading principal components, in units of their
common spread; nats per digit.

``mixture.npz``: ``points`` [n, 2], ``weights`` [K], ``means`` [K, 2], ``covariances`` [K, 2, 2].
"""

import numpy as np
import pandas as pd

from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.variational.kernels import mixture


def digits_in_the_plane():
    """Points float64[1797, 2].

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository (1998), doi:10.24432/C50P49, as shipped with scikit-learn.
    """
    from sklearn.datasets import load_digits

    X = load_digits().data
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
    trace : pandas.DataFrame
        ``half_step`` (from 0), ``step`` (E or M), ``elbo``, ``divergence``, ``log_likelihood`` after it.
    arrays : dict of str to ndarray
        What ``mixture.npz`` holds.

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
    frame = pd.DataFrame(trace, columns=["elbo", "divergence", "log_likelihood"])
    frame.insert(0, "step", np.where(np.arange(len(frame)) % 2, "M", "E"))
    frame.insert(0, "half_step", np.arange(len(frame)))
    return frame, {"points": points, "weights": weights, "means": means, "covariances": covariances}


if __name__ == "__main__":
    from scripts.common.io import job, save_arrays
    from scripts.common.tables import write_table

    with job(snakemake):
        (components, iterations), seed = snakemake.params.mixture, snakemake.params.seed
        trace, arrays = learn(components, iterations, seed)
        write_table(snakemake.output.trace, trace)
        save_arrays(snakemake.output.mixture, **arrays)
