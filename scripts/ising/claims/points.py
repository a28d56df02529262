"""Points of the measured table, for the modules that compare them with theory."""

from scripts.common.claims.findings import column, row_where
from scripts.ising.theory.onsager import critical_temperature

CRITICAL = f"{critical_temperature():.15f}"
REPLICAS = 64  # behind each error
OFF = 1.01  # the temperature of the controls: wrong by one per cent


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
