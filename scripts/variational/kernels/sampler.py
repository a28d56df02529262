"""The ELBO by sampling from Q, for the weights of a linear regression; it knows ln P(y, w) and Q alone."""

import numpy as np

BLOCK = 2000  # samples at a time


def log_joint(w, data, alpha, lam):
    """ln P(y, w), float64[k], of k weight vectors float64[k, d]; data = (X, y)."""
    X, y = data
    n, d = X.shape
    misfit = lam * ((y - w @ X.T) ** 2).sum(1) + alpha * (w**2).sum(1)
    return (n * np.log(lam / (2 * np.pi)) + d * np.log(alpha / (2 * np.pi)) - misfit) / 2


def log_q(w, mean, scale):
    """ln Q(w) of independent Gaussians, float64[k]."""
    return -((((w - mean) / scale) ** 2 + np.log(2 * np.pi)) / 2 + np.log(scale)).sum(1)


def elbo(data, precisions, q, samples, off, rng):
    """Means over samples w = mean + scale * noise.

    Parameters
    ----------
    data : (float64[n, d], float64[n])
    precisions : (float, float)
        Of the prior and of the noise.
    q : (float64[d], float64[d])
        Means and widths.
    samples : int
    off : float
        Factor of the widths of faulty samples, from the same noise.
    rng : numpy.random.Generator

    Returns
    -------
    float64[3]
        Of ln P - ln Q, of ln P alone, and of ln P - ln Q at faulty samples.
    """
    (mean, scale), found = q, np.zeros(3)
    for done in range(0, samples, BLOCK):
        noise = rng.normal(size=(min(BLOCK, samples - done), len(mean)))
        w, wide = mean + scale * noise, mean + off * scale * noise
        joint = log_joint(w, data, *precisions)
        wrong = log_joint(wide, data, *precisions) - log_q(wide, mean, scale)
        found += [(joint - log_q(w, mean, scale)).sum(), joint.sum(), wrong.sum()]
    return found / samples
