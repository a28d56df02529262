"""Where the curves of successive sizes cross, with the covariance of all crossings."""

import itertools
from typing import NamedTuple

import numpy as np

from scripts.common.fits.least_squares import FitError


class Crossings(NamedTuple):
    """Crossings of curve k with curve k + 1.

    Attributes
    ----------
    x, y : float64[k]
        Positions, and the common value there.
    covariance : float64[2k, 2k]
        Of (x, y): neighbors share a curve, so that they are correlated.
    """

    x: np.ndarray
    y: np.ndarray
    covariance: np.ndarray

    @property
    def x_err(self):
        """Standard errors of the positions, float64[k]."""
        return np.sqrt(np.diag(self.covariance)[: len(self.x)])

    @property
    def y_err(self):
        """Standard errors of the common values, float64[k]."""
        return np.sqrt(np.diag(self.covariance)[len(self.x) :])


def crossings(curves, *, center, low, high):
    """Crossings of successive curves.

    Parameters
    ----------
    curves : sequence of Fit
        Polynomials around one center (`fits.polynomial`), in order of size, with
        independent data.
    center : float
        The center of all of them.
    low, high : float
        Range of the data. If curves cross more than once in it, the crossing nearest to
        the center counts.

    Returns
    -------
    Crossings
        To first order in the errors: dx = (dp_1 - dp_2)/(p_2' - p_1') at the crossing.

    Raises
    ------
    FitError
        If two curves do not cross in the range.
    """
    n_pairs, width = len(curves) - 1, max(len(curve.values) for curve in curves)
    points, gradient = np.empty((2, n_pairs)), np.zeros((2, n_pairs, len(curves), width))
    for k, pair in enumerate(itertools.pairwise(curves)):
        t = _nearest_root(pair[1].values, pair[0].values, low - center, high - center)
        slopes = [_slope(curve.values, t) for curve in pair]
        points[:, k] = center + t, np.polynomial.polynomial.polyval(t, pair[0].values)
        for side, sign in ((0, 1), (1, -1)):
            powers = t ** np.arange(len(pair[side].values))
            dx = sign * powers / (slopes[1] - slopes[0])
            gradient[0, k, k + side, : len(powers)] = dx
            gradient[1, k, k + side, : len(powers)] = slopes[0] * dx + (powers if side == 0 else 0)
    rows = gradient.reshape(2 * n_pairs, len(curves), width)
    covariance = sum(
        rows[:, i, : len(c.values)] @ c.covariance @ rows[:, i, : len(c.values)].T
        for i, c in enumerate(curves)
    )
    return Crossings(points[0], points[1], covariance)


def _slope(coefficients, t):
    return np.polynomial.polynomial.polyval(t, np.polynomial.polynomial.polyder(coefficients))


def _nearest_root(first, second, low, high):
    roots = np.polynomial.polynomial.polyroots(np.polynomial.polynomial.polysub(first, second))
    real = roots.real[np.abs(roots.imag) < 1e-9]
    inside = real[(real >= low) & (real <= high)]
    if not len(inside):
        raise FitError("two curves do not cross inside the range of the data")
    return inside[np.argmin(np.abs(inside))]
