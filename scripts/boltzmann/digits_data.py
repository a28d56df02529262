"""The handwritten digits that come with scikit-learn, as black and white images of 8 x 8."""

import numpy as np

from scripts.common.digits import handwritten_digits
from scripts.common.seeds import generator

THRESHOLD = 8  # of the levels 0 .. 16: white from half on


def images():
    """All images, float64[1797, 64] of 0 and 1, in the order of the collection."""
    return (handwritten_digits()[0] >= THRESHOLD).astype(float)


def parts(seed, n_test):
    """The images split at random.

    Parameters
    ----------
    seed : int
    n_test : int
        Images held out.

    Returns
    -------
    train, test : float64[n, 64]
    """
    data = images()
    order = generator(seed, "boltzmann/digits", "split").permutation(len(data))
    return data[order[n_test:]], data[order[:n_test]]


def smoothed_means(data):
    """Mean of every pixel, with one white and one black image added: none is exactly zero or one."""
    return (data.sum(0) + 1) / (len(data) + 2)


def independent_log_likelihood(means, v):
    """ln P(v) of pixels that do not know of each other, float64[n]."""
    return v @ np.log(means) + (1 - v) @ np.log1p(-means)


def auc(low, high):
    """Probability that a number of ``low`` lies below one of ``high``, ties counting half; and its error.

    The area under the curve of Mann and Whitney, the error by Hanley and McNeil, Radiology 143, 29 (1982),
    doi:10.1148/radiology.143.1.7063747.
    """
    low, high = np.sort(low), np.sort(high)
    below = np.searchsorted(low, high, side="left") + np.searchsorted(low, high, side="right")
    area = below.mean() / (2 * len(low))
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    rest = (len(high) - 1) * (q1 - area**2) + (len(low) - 1) * (q2 - area**2)
    return float(area), float(np.sqrt(max(area * (1 - area) + rest, 0.0) / (len(low) * len(high))))
