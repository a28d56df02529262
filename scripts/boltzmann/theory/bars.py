"""Bars and stripes: images of whole columns or whole rows, and the best that any model can do with them.

MacKay, Information Theory, Inference, and Learning Algorithms (2003), chapter 43. There are 2^n images of
columns and 2^n of rows; the empty and the full one belong to both. Two conventions are in use: every
different image once, 2^{n+1} - 2 of them, or all 2^{n+1}, two of which occur twice.
"""

import numpy as np


def images(size):
    """The different images, float64[2^{n+1} - 2, n^2]."""
    return counted(size)[0]


def counted(size):
    """The different images and how often each occurs among the 2^{n+1}.

    Parameters
    ----------
    size : int
        Edge length n.

    Returns
    -------
    images : float64[2^{n+1} - 2, n^2]
    counts : int64[2^{n+1} - 2]
        2 for the empty and the full image, else 1.
    """
    columns = ((np.arange(2**size)[:, None] >> np.arange(size)) & 1).astype(float)
    wide = np.repeat(columns[:, None, :], size, axis=1)
    every = np.concatenate([wide, wide.transpose(0, 2, 1)]).reshape(-1, size * size)
    return np.unique(every, axis=0, return_counts=True)


def conventions(size):
    """Number of each image by convention: ``distinct`` and ``multiplicity``."""
    counts = counted(size)[1]
    return {"distinct": np.ones_like(counts), "multiplicity": counts}


def largest_log_likelihood(counts):
    """Sum over the data of ln P when P is their own frequency: no model does better."""
    return float(counts @ np.log(counts / counts.sum()))
