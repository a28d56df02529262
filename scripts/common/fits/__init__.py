"""Weighted fits that report their chi-square, and curve crossings.

Errors of the data are absolute: they are never rescaled to make chi-square fit. A fit
that the data reject is returned like any other, with its small p-value.
"""

from scripts.common.fits.crossing import Crossings, crossings
from scripts.common.fits.laws import first_accepted, log_law, polynomial, power_law, smallest_size_scan
from scripts.common.fits.least_squares import Fit, FitError, linear_fit, nonlinear_fit

__all__ = [
    "Crossings",
    "Fit",
    "FitError",
    "crossings",
    "first_accepted",
    "linear_fit",
    "log_law",
    "nonlinear_fit",
    "polynomial",
    "power_law",
    "smallest_size_scan",
]
