"""How wrong averages over a chain are: ``averages.csv``, ``calibration.csv`` and ``deviations.npz``.

The quantity is the share of the steps spent in the most popular room, whose expectation is known. Arrays:
``naive``, ``corrected``, ``usual``, ``thinned`` float64[R], deviations from it in units of the error that
a chain states for itself: without autocorrelation, with it by two windows, and of samples far apart; ``tau``
and ``tau_usual`` float64[2], its autocorrelation time with error, by both windows; ``tau_own`` float64[R],
of each chain by itself, by the first.
"""

import numpy as np
import pandas as pd

from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.common.statistics import AutocorrelationError, integrated_autocorrelation_time
from scripts.common.statistics.autocorrelation import WINDOW
from scripts.mcmc import house, rooms
from scripts.mcmc.kernels import walk
from scripts.mcmc.theory import chains

TIMED = 512  # chains whose autocorrelation time is measured
ENOUGH = 1000  # steps per autocorrelation time that make its measured value scatter little
THINNED = 1024  # samples of a chain whose samples are far apart
CHAINS = {"metropolis": rooms.doors, "barker": rooms.doors, "closed": rooms.closed_wing}
FORGOTTEN = 1e-3  # correlation that samples far apart still have at most


def starts(law, n, rng):
    """First rooms drawn from the law: these chains are in equilibrium from the start, int64[n]."""
    return rng.choice(len(law), size=n, p=law)


def spread(popularity, lengths, n_chains, seed):
    """Root-mean-square error of the share of the most popular room against the length of the chain.

    Parameters
    ----------
    popularity : sequence of float
    lengths : sequence of int
        Steps of the chains.
    n_chains, seed : int

    Returns
    -------
    pandas.DataFrame
        Columns ``chain`` (metropolis; barker; closed: nobody leaves or enters the last rooms),
        ``steps``, ``chains``, ``error`` with ``error_err``, ``naive`` sqrt(p (1 - p) / N), and
        ``exact``, from the matrix of the open chain with the same acceptance, for this very length.
    """
    weights, laws = np.asarray(popularity, float), house.matrices(popularity)
    favorite = int(np.argmax(weights))
    tables = []
    for chain, plan in CHAINS.items():
        rule = "barker" if chain == "barker" else "metropolis"
        law, matrix = laws[rule]
        steps = np.array(sorted(lengths))
        lists = rooms.door_lists(plan(len(weights)))
        error = []
        for n in steps:
            rng = generator(seed, "mcmc/averages", chain, f"N={n}")
            start = starts(law, n_chains, rng)
            found = walk.shares(start, favorite, n, (weights, *lists), house.RULES[rule], rng)
            error.append(np.sqrt(np.mean((found - law[favorite]) ** 2)))
        columns = {"chain": chain, "steps": steps, "chains": n_chains, "error": error}
        columns["error_err"] = np.array(error) / np.sqrt(2 * n_chains)
        columns["naive"] = np.sqrt(law[favorite] * (1 - law[favorite]) / steps)
        columns["exact"] = np.sqrt(chains.mean_variance(law, matrix, np.eye(len(law))[favorite], steps))
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables)


def deviations(popularity, n_steps, seed):
    """Deviations in units of stated errors, of `TIMED` chains of ``n_steps`` or more, as tau needs.

    Returns
    -------
    dict of str to array
        As in the module's docstring. ``tau``, of all chains together, is summed until the slowest mode has
        died away, ``tau_usual`` with Sokal's window, which cuts it off.

    Raises
    ------
    InputError
        If a chain is too short for its autocorrelation time even when it is eight times longer.
    """
    weights = np.asarray(popularity, float)
    (law, matrix), favorite = house.matrices(popularity)["metropolis"], int(np.argmax(popularity))
    rng = generator(seed, "mcmc/averages", "paths")
    plan = (weights, *rooms.door_lists(rooms.doors(len(weights))))
    slowest = -1 / np.log(chains.second_eigenvalue(matrix))
    exact = chains.autocorrelation_time(law, matrix, np.eye(len(law))[favorite])
    window = WINDOW * max(1.0, slowest / exact)
    # A room that is rarely entered, or rarely left, takes longer.
    rare = 0.25 / (law[favorite] * (1 - law[favorite]))
    n_steps = max(n_steps, int(ENOUGH * exact * rare + 40 * slowest))
    series, tau = timed_series(law, plan, (n_steps, window), rng)
    spacing = int(np.ceil(-np.log(FORGOTTEN) * slowest))
    far = walk.paths(starts(law, TIMED, rng), THINNED, plan, walk.METROPOLIS, rng, spacing) == favorite
    naive = standardized(series, law[favorite])
    usual = np.array([integrated_autocorrelation_time(row).tau for row in series])
    return {
        "naive": naive,
        "corrected": naive / np.sqrt(2 * tau),
        "usual": naive / np.sqrt(2 * usual),
        "thinned": standardized(far, law[favorite]),
        "tau": np.array(integrated_autocorrelation_time(series.T, window=window)[:2]),
        "tau_usual": np.array(integrated_autocorrelation_time(series.T)[:2]),
        "tau_own": tau,
    }


def standardized(series, share):
    """Deviation of each row's mean in units of the error of as many independent samples, float64[R]."""
    measured = series.mean(axis=1)
    scatter = np.maximum(measured * (1 - measured), 1 / series.shape[1])  # a chain may never have been there
    return (measured - share) / np.sqrt(scatter / series.shape[1])


def timed_series(law, plan, length, rng):
    """Chains, bool[TIMED, N], in the most popular room or not, and their own tau, float64[TIMED].

    ``length`` holds the steps, which are doubled up to three times, and the window of tau.
    """
    (n_steps, window), favorite = length, int(np.argmax(law))
    start = starts(law, TIMED, rng)
    for longer in (1, 2, 4, 8):
        series = walk.paths(start, longer * n_steps, plan, walk.METROPOLIS, rng) == favorite
        try:
            taus = [integrated_autocorrelation_time(row, window=window).tau for row in series]
            return series, np.array(taus)
        except AutocorrelationError as error:
            tau = error.tau
    raise InputError(
        f"mcmc.averages.lengths: {n_steps} steps are too few for an autocorrelation time of about {tau:.3g};"
        f" allowed: a largest length of about {200 * tau:.0f} or more"
    )


def calibration(popularity, found):
    """Variance of the deviations, and the autocorrelation times behind them.

    Returns
    -------
    pandas.DataFrame
        Columns ``samples`` (naive, corrected, usual, thinned), ``variance`` with ``variance_err``,
        ``expected``, ``chains``, and of the chain ``tau`` and ``tau_usual`` with errors, ``tau_exact``, and
        ``tau_scatter``, by how much the mean of 1/tau over the chains exceeds one over their mean.
    """
    (law, matrix), favorite = house.matrices(popularity)["metropolis"], int(np.argmax(popularity))
    exact = chains.autocorrelation_time(law, matrix, np.eye(len(law))[favorite])
    scatter = np.mean(1 / found["tau_own"]) * np.mean(found["tau_own"]) - 1
    times = [TIMED, *found["tau"], *found["tau_usual"], exact, scatter]
    rows = []
    for name, expected in (("naive", 2 * exact), ("corrected", 1.0), ("usual", 1.0), ("thinned", 1.0)):
        variance = np.mean(found[name] ** 2)
        rows.append((name, variance, variance * np.sqrt(2 / TIMED), expected, *times))
    columns = ["samples", "variance", "variance_err", "expected", "chains", "tau", "tau_err"]
    return pd.DataFrame(rows, columns=[*columns, "tau_usual", "tau_usual_err", "tau_exact", "tau_scatter"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(averages=spread(params.popularity, params.lengths, params.chains, params.seed))
        found = deviations(params.popularity, max(params.lengths), params.seed)
        write(calibration=calibration(params.popularity, found), deviations=found)
