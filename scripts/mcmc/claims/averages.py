"""Averages over a chain and their errors: rows 5.1-01 and 5.1-02."""

import numpy as np

from scripts.common.claims.findings import average, column, quoted, where
from scripts.common.fits import polynomial

AVERAGES = {"data": "mcmc/tables/averages.csv", "rule": "mcmc_averages"}
CALIBRATION = {"data": "mcmc/tables/calibration.csv", "rule": "mcmc_averages"}
NEED = "at least three of mcmc.averages.lengths"


def findings(data):
    """What rows 5.1-01 and 5.1-02 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``averages`` and ``calibration``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table = data["averages"]
    law_of_large_numbers = [
        ("5.1-01", "slope", slope(table, "metropolis"), -0.5, NEED),
        ("5.1-01", "closed", slope(table, "closed"), -0.5, NEED),
        ("5.1-01", "amplitude", average(where(table, chain="metropolis"), "error", per="exact"), 1.0),
    ]
    return [
        (AVERAGES, law_of_large_numbers),
        (CALIBRATION, _calibration(data["calibration"].set_index("samples"))),
    ]


def slope(table, chain):
    """Power of the chain's length in the error of an average, or None with fewer than three lengths.

    Parameters
    ----------
    table : pandas.DataFrame
    chain : str
        "metropolis" is freed of the exactly known corrections of chains that are not much longer than tau.

    Returns
    -------
    Estimate or None
    """
    rows = where(table, chain=chain)
    if len(rows) < 3:
        return None
    correction = rows["exact"] * np.sqrt(rows["steps"]) if chain == "metropolis" else 1.0
    relative = rows["error_err"] / rows["error"]
    return polynomial(np.log(rows["steps"]), np.log(rows["error"] / correction), relative, degree=1)["c1"]


def _calibration(table):
    tau, naive = table.iloc[0], table.loc["naive"]
    return [
        ("5.1-02", "far_apart", column(table.loc["thinned"], "variance"), 1.0),
        ("5.1-02", "with_tau", column(table.loc["corrected"], "variance"), 1.0),
        ("5.1-02", "each_counted", column(naive, "variance"), 1.0),
        ("5.1-02", "factor", column(naive, "variance"), naive["expected"]),
        ("5.1-02", "tau", column(tau, "tau"), tau["tau_exact"]),
    ]


def numbers(data):
    """What the chapter quotes of averages."""
    averages, table = data["averages"], data["calibration"].set_index("samples")
    naive, tau = table.loc["naive"], table.iloc[0]
    factor = np.sqrt(naive["variance"])
    taus = {"tau": column(tau, "tau"), "tau_usual": column(tau, "tau_usual"), "tau_exact": tau["tau_exact"]}
    factors = {
        "factor": (factor, naive["variance_err"] / (2 * factor)),
        "factor_exact": np.sqrt(naive["expected"]),
        "corrected": column(table.loc["corrected"], "variance"),
    }
    return (
        quoted("mcmc.averages", AVERAGES, "", NEED, slope=slope(averages, "metropolis"))
        | quoted("mcmc.averages", AVERAGES, chains=averages["chains"].iloc[0])
        | quoted("mcmc.averages", CALIBRATION, "steps", **taus)
        | quoted("mcmc.averages", CALIBRATION, **factors)
    )
