"""Averages over a chain and their errors: rows 5.1-01 and 5.1-02."""

import numpy as np

from scripts.common.claims.findings import Found, average, column, quoted, where
from scripts.common.fits import polynomial
from scripts.mcmc import house
from scripts.mcmc.theory import chains

AVERAGES = {"data": "mcmc/tables/averages.csv", "rule": "mcmc_averages"}
CALIBRATION = {"data": "mcmc/tables/calibration.csv", "rule": "mcmc_averages"}
SETTLED = {"data": "mcmc/claims.json", "rule": "mcmc_settle"}
LONGEST = 200000  # steps; a walk that settles within 1000 needs fewer
NEED = "at least three of mcmc.averages.lengths"


def findings(data):
    """What rows 5.1-01 and 5.1-02 compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``averages``, ``calibration``, ``walks`` and ``house``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table = data["averages"]
    own, barker = (where(table, chain=name) for name in ("metropolis", "barker"))
    other = barker.assign(exact=own["exact"].to_numpy())
    law_of_large_numbers = [
        ("5.1-01", "slope", slope(table, "metropolis"), -0.5, NEED),
        ("5.1-01", "closed", slope(table, "closed"), None, NEED),
        ("5.1-01", "amplitude", amplitude(own), 1.0),
        ("5.1-01", "other_rule", amplitude(other), 1.0),
    ]
    return [
        (AVERAGES, law_of_large_numbers),
        (CALIBRATION, _calibration(data["calibration"].set_index("samples"))),
        (SETTLED, [("5.1-02", "times", *_times(data))]),
    ]


def amplitude(rows):
    """Error of an average in units of its exact value, mean over the lengths; a Found."""
    return average(rows, "error", per="exact")._replace(n_effective=rows["chains"].sum())


def _times(data):
    """Times in the house by the fundamental matrix, and as sums of rho(t): largest relative difference."""
    popularity, walks = data["house"]["popularity"], data["walks"].set_index("walk")
    law, others = house.passages(popularity)
    kept = {f"passages_{name}": (law, matrix) for name, matrix in others.items()}
    kept |= {name: house.matrices(popularity)[name] for name in walks.index if name != "periodic"}
    favorite, worst = np.eye(len(law))[int(np.argmax(law))], 0.0
    for name, (own, matrix) in kept.items():
        found = walks["tau_exact"].get(name, chains.autocorrelation_time(own, matrix, favorite))
        worst = max(worst, abs(found / summed_time(own, matrix, favorite) - 1))
    return worst, 0.0


def summed_time(law, matrix, f):
    """tau = 1/2 + sum_t rho(t), term by term until nothing is left."""
    deviation = f - law @ f
    moved, tau, variance = deviation, 0.5, law @ deviation**2
    for _ in range(LONGEST):
        moved = matrix @ moved
        tau += (law * deviation) @ moved / variance
        if np.abs(moved).max() < 1e-14:
            return tau
    return np.inf


def slope(table, chain):
    """Power of the chain's length in the error of an average, or None with fewer than three lengths.

    Parameters
    ----------
    table : pandas.DataFrame
    chain : str
        "metropolis" is freed of the exactly known corrections of chains that are not much longer than tau.

    Returns
    -------
    Found or None
    """
    rows = where(table, chain=chain)
    if len(rows) < 3:
        return None
    correction = rows["exact"] * np.sqrt(rows["steps"]) if chain == "metropolis" else 1.0
    relative = rows["error_err"] / rows["error"]
    fit = polynomial(np.log(rows["steps"]), np.log(rows["error"] / correction), relative, degree=1)["c1"]
    return Found(fit.value, fit.err, None, rows["chains"].sum())


def _calibration(table):
    tau, naive = table.iloc[0], table.loc["naive"]
    return [
        ("5.1-02", "far_apart", column(table.loc["thinned"], "variance", n_effective="chains"), 1.0),
        ("5.1-02", "with_tau", column(table.loc["corrected"], "variance", n_effective="chains"), 1.0),
        ("5.1-02", "factor", column(naive, "variance", n_effective="chains"), naive["expected"]),
        ("5.1-02", "tau", column(tau, "tau", n_effective="chains"), tau["tau_exact"]),
        ("5.1-02", "window", column(tau, "tau_usual", n_effective="chains"), tau["tau_exact"]),
        ("5.1-02", "usual", column(table.loc["usual"], "variance", n_effective="chains"), None),
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
        "usual": column(table.loc["usual"], "variance"),
        "tau_scatter": tau["tau_scatter"],
    }
    return (
        quoted("mcmc.averages", AVERAGES, "", NEED, slope=slope(averages, "metropolis"))
        | quoted("mcmc.averages", CALIBRATION, "steps", **taus)
        | quoted("mcmc.averages", CALIBRATION, **factors)
    )
