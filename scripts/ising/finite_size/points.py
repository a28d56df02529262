"""The rows of a table that finite-size scaling uses; J = k_B = 1."""

import numpy as np

TC = 2.0 / np.log1p(np.sqrt(2))  # where one measures "at Tc"; the fitted Tc is not pinned to it


def points(table, column, *, width=1.2):
    """Points near Tc, as fits take them.

    Parameters
    ----------
    table : pandas.DataFrame
    column : str
    width : float
        Points with |Tc/T - 1| L < width are near.

    Returns
    -------
    float64[4, n]
        L, T, value, err in order of L and T; points without an error are left out.
    """
    rows = table.astype({"T": float}).query("h == 0").sort_values(["L", "T"])
    data = rows[["L", "T", column, f"{column}_err"]].to_numpy(dtype=float).T
    return data[:, (np.abs(TC / data[1] - 1) * data[0] < width) & (data[3] > 0)]


def values_at_tc(table, column):
    """L, value, err at Tc (to 1e-6, where t L is below 1e-3 for any L in use): three float64[n]."""
    data = points(table, column)
    return data[:, np.abs(data[1] - TC) < 1e-6][[0, 2, 3]]
