"""Averages over a chain and their errors: rows 5.1-01 and 5.1-02."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.fits import linear_fit
from scripts.common.numbers import number, unmeasured_number

AVERAGES = {"data": "mcmc/tables/averages.csv", "rule": "mcmc_averages"}
CALIBRATION = {"data": "mcmc/tables/calibration.csv", "rule": "mcmc_averages"}
NEED = "at least three of mcmc.averages.lengths"


def records(checks, data):
    """Records of rows 5.1-01 and 5.1-02.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame
        ``averages`` and ``calibration``.

    Returns
    -------
    list of dict
    """
    return sourced(_law_of_large_numbers(checks, data["averages"]), **AVERAGES) + sourced(
        _calibration(checks, data["calibration"].set_index("samples")), **CALIBRATION
    )


def slope(table, chain):
    """Power of the chain's length in the error of an average, or None with fewer than three lengths.

    Parameters
    ----------
    table : pandas.DataFrame
    chain : str
        "metropolis" is freed of the exactly known corrections of chains that are not much longer than tau.

    Returns
    -------
    (float, float) or None
        Value and error.
    """
    rows = table[table["chain"] == chain]
    if len(rows) < 3:
        return None
    correction = rows["exact"] * np.sqrt(rows["steps"]) if chain == "metropolis" else 1.0
    design = np.stack([np.ones(len(rows)), np.log(rows["steps"])], axis=1)
    errors = (rows["error_err"] / rows["error"]).to_numpy()
    fit = linear_fit(design, np.log(rows["error"] / correction).to_numpy(), errors, ("amplitude", "slope"))
    return fit["slope"].value, fit["slope"].err


def _law_of_large_numbers(checks, table):
    found = []
    for part, chain in (("slope", "metropolis"), ("closed", "closed")):
        measured = slope(table, chain)
        check = checks["5.1-01", part]
        found.append(
            unmeasured(check, NEED)
            if measured is None
            else record(check, measured[0], -0.5, error=measured[1])
        )
    rows = table[table["chain"] == "metropolis"]
    ratio, error = rows["error"] / rows["exact"], rows["error_err"] / rows["exact"]
    spread = np.sqrt((error**2).sum()) / len(rows)
    return [*found, record(checks["5.1-01", "amplitude"], ratio.mean(), 1.0, error=spread)]


def _calibration(checks, table):
    tau = table.iloc[0]
    found = [
        record(
            checks["5.1-02", part],
            measured=table.loc[samples, "variance"],
            error=table.loc[samples, "variance_err"],
            reference=reference,
        )
        for part, samples, reference in (
            ("far_apart", "thinned", 1.0),
            ("with_tau", "corrected", 1.0),
            ("each_counted", "naive", 1.0),
            ("factor", "naive", table.loc["naive", "expected"]),
        )
    ]
    return [*found, record(checks["5.1-02", "tau"], tau["tau"], tau["tau_exact"], error=tau["tau_err"])]


def numbers(data):
    """What the chapter quotes of averages."""
    power, table = slope(data["averages"], "metropolis"), data["calibration"].set_index("samples")
    naive, tau = table.loc["naive"], table.iloc[0]
    factor = np.sqrt(naive["variance"])
    return {
        "mcmc.averages.slope": (number(*power, "", **AVERAGES) if power else unmeasured_number("", NEED)),
        "mcmc.averages.chains": number(data["averages"]["chains"].iloc[0], None, "", **AVERAGES),
        "mcmc.averages.tau": number(tau["tau"], tau["tau_err"], "steps", **CALIBRATION),
        "mcmc.averages.tau_usual": number(tau["tau_usual"], tau["tau_usual_err"], "steps", **CALIBRATION),
        "mcmc.averages.tau_exact": number(tau["tau_exact"], None, "steps", **CALIBRATION),
        "mcmc.averages.factor": number(factor, naive["variance_err"] / (2 * factor), "", **CALIBRATION),
        "mcmc.averages.factor_exact": number(np.sqrt(naive["expected"]), None, "", **CALIBRATION),
        "mcmc.averages.corrected": number(
            table.loc["corrected", "variance"], table.loc["corrected", "variance_err"], "", **CALIBRATION
        ),
    }
