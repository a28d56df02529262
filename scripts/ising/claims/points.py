"""Points of the measured table, for the modules that compare them with theory."""

import numpy as np

from scripts.common.claims.collection import collection
from scripts.common.claims.findings import Found, column, row_where
from scripts.common.claims.judgment import normal_equivalent
from scripts.ising.theory.onsager import critical_temperature

CRITICAL = f"{critical_temperature():.15f}"
NEAR = "2.30"  # 1.4 % above T_c, in every configuration: where controls are measured
REPLICAS = 64  # behind each error


def at(table, size, temperature):
    """The row of one (L, T) at h = 0.

    Parameters
    ----------
    table : pandas.DataFrame
        ``thermodynamics.csv``.
    size : int
    temperature : str

    Returns
    -------
    pandas.Series or None
        None if the configuration does not hold the point.
    """
    return row_where(table, L=size, T=float(temperature), h=0.0)


def measured(row, name):
    """An observable of a row of replicas, with all that stands behind it; None without a row."""
    return column(row, name, replicas=REPLICAS, n_effective="n_effective")


def need(size, temperature):
    """What a configuration must hold to measure a point, in words."""
    return f"{size} in ising.sizes and '{temperature}' in ising.temperatures"


def together(values, errors, exact, replicas=REPLICAS):
    """Chi-square of independent numbers against exact ones, as a normal deviate.

    Parameters
    ----------
    values, errors, exact : sequence of float
    replicas : int
        Behind each error.

    Returns
    -------
    Found
        With the error 1 and as many samples as there are numbers.
    """
    values, errors, exact = (np.asarray(each, dtype=float) for each in (values, errors, exact))
    known = errors > 0  # so few samples that all agree have no error
    t = (values - exact)[known] / errors[known]
    z = [normal_equivalent(each, replicas - 1) for each in t]
    return Found(collection(z)["z"], 1.0, n_effective=len(z)) if z else None
