"""Counts against expected ones."""

import numpy as np
from scipy import special


def deviate(chi_square, freedom):
    """Chi-square as a normal deviate: positive if too large; zero where nothing is left to chance."""
    if freedom < 1:
        return 0.0
    below, above = special.chdtr(freedom, chi_square), special.chdtrc(freedom, chi_square)
    tail = max(min(below, above), 1e-300)
    return float(np.copysign(-special.ndtri(tail), below - above))


def uniform_deviate(values, bins=20):
    """Whether numbers in [0, 1) are uniform, as a normal deviate.

    Parameters
    ----------
    values : float64[n]
        Independent; such as the distribution function at the samples.
    bins : int
    """
    counts = np.bincount(np.minimum((np.ravel(values) * bins).astype(int), bins - 1), minlength=bins)
    expected = np.size(values) / bins
    return deviate(((counts - expected) ** 2).sum() / expected, bins - 1)
