"""Weighted least squares, linear and not, with covariance and chi-square."""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize, special

from scripts.common.columns import pairs
from scripts.common.io import InputError
from scripts.common.statistics import Estimate

REJECTED = 1e-3  # p-value under which a fit is not acceptable


class FitError(InputError):
    """A fit that cannot be made: too few points, useless errors, no convergence."""


@dataclass(frozen=True)
class Fit:
    """Parameters of a fit, and how well it fits.

    Attributes
    ----------
    names : tuple of str
        Of the m parameters; ``fit["exponent"]`` is an `Estimate`.
    values : float64[m]
    covariance : float64[m, m]
        From the errors of the data alone.
    chi2 : float
    degrees_of_freedom : int
        Data points less parameters.
    """

    names: tuple
    values: np.ndarray
    covariance: np.ndarray
    chi2: float
    degrees_of_freedom: int

    @property
    def errs(self):
        """Standard errors of the parameters, float64[m]."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def p_value(self):
        """Probability of a larger chi-square; nan when every point is used up by a parameter."""
        if self.degrees_of_freedom == 0:
            return float("nan")
        return float(special.chdtrc(self.degrees_of_freedom, self.chi2))

    @property
    def acceptable(self):
        """Whether chi-square tested the form and did not reject it (p >= 1e-3)."""
        return self.p_value >= REJECTED

    def __getitem__(self, name):
        k = self.names.index(name)
        return Estimate(float(self.values[k]), float(self.errs[k]), np.inf)

    def judgment(self):
        """How well it fits, as columns of a table."""
        names = ("chi2", "degrees_of_freedom", "p_value", "acceptable")
        return {name: getattr(self, name) for name in names}

    def row(self):
        """The fit as a row of a table: x, x_err, ..., and the columns of `judgment`."""
        return pairs(**{name: self[name] for name in self.names}) | self.judgment()


def linear_fit(design, y, err, names):
    """Weighted linear least squares, y = design @ parameters.

    Parameters
    ----------
    design : float64[n, m]
    y : float64[n]
    err : float64[n] or float64[n, n]
        Standard errors, or the covariance matrix of correlated data.
    names : sequence of str
        Of the m columns.

    Returns
    -------
    Fit

    Raises
    ------
    FitError
        With fewer points than parameters, an error that is not positive, or columns
        that depend on each other.
    """
    design, y = np.asarray(design, dtype=float), np.asarray(y, dtype=float)
    covariance = _covariance(y, err, len(names))
    white = linalg.cholesky(covariance, lower=True)
    rows = linalg.solve_triangular(white, design, lower=True)
    target = linalg.solve_triangular(white, y, lower=True)
    scale = linalg.norm(rows, axis=0)
    if not np.all(scale > 0) or np.linalg.matrix_rank(rows / scale) < len(names):
        raise FitError(f"the data cannot tell apart the parameters {', '.join(names)}")
    q, r = linalg.qr(rows / scale, mode="economic")
    inverse = linalg.solve_triangular(r, np.eye(len(names))) / scale[:, None]
    values = inverse @ (q.T @ target)
    chi2 = float(np.sum((target - rows @ values) ** 2))
    return Fit(tuple(names), values, inverse @ inverse.T, chi2, len(y) - len(names))


def nonlinear_fit(model, x, y, err, guess):
    """Weighted nonlinear least squares (Levenberg-Marquardt), y = model(x, *parameters).

    Parameters
    ----------
    model : callable
        (x, *parameters) -> float64[n].
    x : array
        Whatever the model takes.
    y : float64[n]
    err : float64[n] or float64[n, n]
        Standard errors, or the covariance matrix of correlated data.
    guess : dict of str to float
        Names and starting values of the parameters.

    Returns
    -------
    Fit
        The covariance is that of the model linearized at the optimum.

    Raises
    ------
    FitError
        As for `linear_fit`, and if the search does not converge.
    """
    y = np.asarray(y, dtype=float)
    covariance = _covariance(y, err, len(guess))
    sigma = np.asarray(err, dtype=float)
    with warnings.catch_warnings():
        warnings.simplefilter("error", optimize.OptimizeWarning)
        try:
            values, errors = optimize.curve_fit(
                model, x, y, list(guess.values()), sigma, absolute_sigma=True, xtol=1e-12, ftol=1e-12
            )
        except (RuntimeError, optimize.OptimizeWarning) as error:
            raise FitError(f"the fit of {', '.join(guess)} does not converge") from error
    residual = y - model(x, *values)
    chi2 = float(residual @ linalg.solve(covariance, residual, assume_a="pos"))
    return Fit(tuple(guess), values, errors, chi2, len(y) - len(guess))


def _covariance(y, err, n_parameters):
    """The covariance matrix of checked data."""
    err = np.asarray(err, dtype=float)
    if len(y) < n_parameters:
        raise FitError(f"{len(y)} points are too few to fit {n_parameters} parameters")
    if not (np.all(np.isfinite(y)) and np.all(np.isfinite(err))):
        raise FitError("a fit needs finite data and errors")
    covariance = np.diag(err**2) if err.ndim == 1 else err
    if not np.all(np.diag(covariance) > 0):
        raise FitError("a fit needs errors above zero")
    return covariance
