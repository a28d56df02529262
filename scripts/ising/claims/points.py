"""Points of the measured table, for the modules that compare them with theory."""

from scripts.ising.theory.onsager import critical_temperature

CRITICAL = f"{critical_temperature():.15f}"


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
    rows = table[(table["L"] == size) & (table["T"] == float(temperature)) & (table["h"] == 0)]
    return None if rows.empty else rows.iloc[0]


def need(size, temperature):
    """What a configuration must hold to measure a point, in words."""
    return f"{size} in ising.sizes and '{temperature}' in ising.temperatures"
