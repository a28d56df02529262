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
from scripts.variational.kernels import sampler
from scripts.variational.solvable import REGRESSION, regression_data
from scripts.variational.theory import conjugate, gaussian

SHIFT, WIDTH = 0.2, 1.3  # how far Q is from the best one, in units of its width
OFF = 1.01  # of the widths in the control


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
        wide. ``value`` with its error over the streams, ``exact`` = ln P(y) - D(Q||posterior).
    """
    X, y = regression_data(seed)
    mu, A = conjugate.regression_posterior(X, y, REGRESSION["alpha"], REGRESSION["lam"])
    scale = WIDTH / np.sqrt(np.diag(A))
    mean = mu + SHIFT * scale * np.array([1, -1] * len(mu))[: len(mu)]
    rngs = (generator(seed, "variational/sampling", f"stream={stream}") for stream in range(streams))
    precisions = REGRESSION["alpha"], REGRESSION["lam"]
    found = np.array([sampler.elbo((X, y), precisions, (mean, scale), samples, OFF, rng) for rng in rngs])
    evidence = conjugate.regression_evidence(X, y, REGRESSION["alpha"], REGRESSION["lam"])
    exact = evidence - gaussian.divergence(mean, np.diag(scale**2), mu, np.linalg.inv(A))
    columns = {"estimator": ["elbo", "no_entropy", "wrong_width"], "streams": streams, "samples": samples}
    columns |= pairs(value=replica_mean(found)) | {"exact": exact}
    return pd.DataFrame(columns)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(estimates(*params.monte_carlo, params.seed))
