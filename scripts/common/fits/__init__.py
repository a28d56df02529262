"""Weighted fits that report their chi-square, curve crossings and data collapse.

Errors of the data are absolute: they are never rescaled to make chi-square fit. A fit
that the data reject is returned like any other, with its small p-value.
"""

from scripts.common.fits.collapse import Collapse, best_collapse, collapse_quality, scaled
from scripts.common.fits.crossing import Crossings, crossings
from scripts.common.fits.laws import first_accepted, log_law, polynomial, power_law, smallest_size_scan
from scripts.common.fits.least_squares import Fit, FitError, linear_fit, nonlinear_fit

__all__ = [
    "Collapse",
    "Crossings",
    "Fit",
    "FitError",
    "best_collapse",
    "collapse_quality",
    "crossings",
    "first_accepted",
    "linear_fit",
    "log_law",
    "nonlinear_fit",
    "polynomial",
    "power_law",
    "scaled",
    "smallest_size_scan",
]
