"""The ELBO by sampling, from ln P(X, Z) and Q alone: ``monte_carlo.csv``.

Nats. The model is the linear regression of `solvable`; Z are its weights, Q independent Gaussians that are
not the best ones. Samples are w = mean + scale * noise (reparametrization), so that the same noise
serves every Q.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.variational.solvable import REGRESSION, regression_data
from scripts.variational.theory import conjugate, gaussian

SHIFT, WIDTH = 0.2, 1.3  # how far Q is from the best one, in units of its width
OFF = 1.01  # of the widths in the control
BLOCK = 2000  # samples at a time


def log_joint(w, X, y):
    """ln P(y, w), float64[k], of k weight vectors float64[k, d]."""
    alpha, lam = REGRESSION["alpha"], REGRESSION["lam"]
    n, d = X.shape
    misfit = lam * ((y - w @ X.T) ** 2).sum(1) + alpha * (w**2).sum(1)
    return (n * np.log(lam / (2 * np.pi)) + d * np.log(alpha / (2 * np.pi)) - misfit) / 2


def log_q(w, mean, scale):
    """ln Q(w), float64[k]."""
    return -((((w - mean) / scale) ** 2 + np.log(2 * np.pi)) / 2 + np.log(scale)).sum(1)


def estimates(streams, samples, seed):
    """ELBO by sampling beside the exact one.

    Parameters
    ----------
    streams, samples : int
        Independent streams, and samples in each.
    seed : int

    Returns
    -------
    pandas.DataFrame
        ``estimator``: ``elbo``; ``no_entropy``, without -ln Q; ``wrong_width``, with samples one per cent too
        wide. ``value`` with its error over the streams, ``exact`` = ln P(y) - D(Q||posterior),
        ``log_evidence``.
    """
    X, y = regression_data(seed)
    mu, A = conjugate.regression_posterior(X, y, REGRESSION["alpha"], REGRESSION["lam"])
    scale = WIDTH / np.sqrt(np.diag(A))
    mean = mu + SHIFT * scale * np.array([1, -1] * len(mu))[: len(mu)]
    found = np.zeros((streams, 3))
    for stream in range(streams):
        rng = generator(seed, "variational/sampling", f"stream={stream}")
        for done in range(0, samples, BLOCK):
            noise = rng.normal(size=(min(BLOCK, samples - done), len(mu)))
            w, wide = mean + scale * noise, mean + OFF * scale * noise
            joint, q = log_joint(w, X, y), log_q(w, mean, scale)
            wrong = log_joint(wide, X, y) - log_q(wide, mean, scale)
            found[stream] += [(joint - q).sum(), joint.sum(), wrong.sum()]
    found /= samples
    evidence = conjugate.regression_evidence(X, y, REGRESSION["alpha"], REGRESSION["lam"])
    exact = evidence - gaussian.divergence(mean, np.diag(scale**2), mu, np.linalg.inv(A))
    columns = {"estimator": ["elbo", "no_entropy", "wrong_width"], "streams": streams, "samples": samples}
    columns |= pairs(value=replica_mean(found)) | {"exact": exact, "log_evidence": evidence}
    return pd.DataFrame(columns)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(estimates(*params.monte_carlo, params.seed))
