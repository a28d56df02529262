"""Variational inference against Markov chains on one posterior, by evaluations of the likelihood.

A straight line with known noise, its data taken away from x = 0, so that slope and intercept are
correlated in the posterior. The error of a result is the root mean square, over both parameters, of

    (mean - exact mean) / exact width   and   width / exact width - 1.

Tables ``comparison.csv``, ``families.csv`` and ``offsets.csv``; arrays of ``clouds.npz``: ``samples``
float64[n, 2] of one chain, ``mean`` float64[2], ``covariance`` float64[2, 2], ``mean_field`` float64[2]
(variances). Seconds stand apart, in ``timings``.
"""

import time

import numpy as np
import pandas as pd

from scripts.bayes.kernels import energies, gaussian, metropolis, variational
from scripts.bayes.theory import conjugate
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife

SIGMA, PRIOR_PRECISION = 1.0, 0.01
SWEEPS = 400
DISCARDED = 0.25  # of each chain, its beginning
SHOWN = 2000
OFFSETS, FEW_CHAINS, LENGTHS = (0.5, 3.0, 5.0), 200, (1024, 2048, 4096)  # other places of the data
OFF = 1.01  # of the precision of the data, the fault of a control
COLUMNS = ["method", "evaluations", "chains", "error", "error_err"]


def data(offset, n, seed):
    """A design float64[n, 2] (x and one) and values float64[n]; x has the mean ``offset`` and width one."""
    rng = generator(seed, "bayes/compare", "data")
    x = np.linspace(-np.sqrt(3), np.sqrt(3), n) + offset
    return np.stack([x, np.ones(n)], axis=1), 0.8 * x + 3.0 + SIGMA * rng.standard_normal(n)


def error(mean, variance, exact):
    """The error of the module's docstring, float64[...]; the parameters stand on the last axis."""
    exact_mean, covariance = exact
    width = np.sqrt(np.diag(covariance))
    squares = ((mean - exact_mean) / width) ** 2 + (np.sqrt(variance) / width - 1) ** 2
    return np.sqrt(np.mean(squares, axis=-1))


def proposal(exact):
    """Widths of the proposed moves: that of the narrowest direction of the posterior in both, [2]."""
    return [2.4 * np.sqrt(1 / np.linalg.eigvalsh(np.linalg.inv(exact[1])).max())] * 2


def chain_errors(problem, exact, plan, rng):
    """Errors of independent chains from the prior's mean, float64[C]; plan = (chains, steps)."""
    chains, steps = plan
    scales, found = proposal(exact), np.empty(chains)
    for k in range(chains):
        kept = metropolis.chain(np.zeros(2), steps, problem, scales, rng)[0][int(DISCARDED * steps) :]
        found[k] = error(kept.mean(axis=0), kept.var(axis=0), exact)
    return found


def compared(offset, n_data, plan, seed):
    """Errors of both methods against evaluations of the likelihood.

    Parameters
    ----------
    offset : float
    n_data : int
    plan : (int, sequence of int)
        Chains, and their lengths.
    seed : int

    Returns
    -------
    dict
        ``comparison``: columns ``method`` (mean_field, chain), ``evaluations``, ``chains``, ``error`` with
        error. ``families``, one row: see `_families`. ``offsets``: see `offsets`. ``clouds``: arrays.
        ``timings``: seconds.
    """
    X, y = data(offset, n_data, seed)
    problem = energies.linear(X, y, SIGMA, PRIOR_PRECISION)
    exact = conjugate.linear_posterior(X, y, SIGMA, PRIOR_PRECISION)
    clock = time.perf_counter()
    means, variances = variational.coordinate_ascent(problem, SWEEPS)
    seconds = [("mean_field", SWEEPS, time.perf_counter() - clock)]
    ascent = error(means[1:], variances, exact)
    rows = [("mean_field", t + 1, 1, value, 0.0) for t, value in enumerate(ascent)]
    for steps in sorted(plan[1]):
        clock = time.perf_counter()
        rows.append(_chains(problem, exact, (plan[0], steps), generator(seed, "bayes/compare", f"M={steps}")))
        seconds.append(("chain", steps, (time.perf_counter() - clock) / plan[0]))
    rng = generator(seed, "bayes/compare", "shown")
    cloud = metropolis.chain(exact[0], SHOWN, problem, proposal(exact), rng, thinning=20)[0]
    return {
        "comparison": pd.DataFrame(rows, columns=COLUMNS),
        "families": _families(ascent, problem, exact),
        "offsets": offsets((offset, *OFFSETS), n_data, seed),
        "clouds": {"samples": cloud, "mean": exact[0], "covariance": exact[1], "mean_field": variances},
        "timings": pd.DataFrame(seconds, columns=["method", "evaluations", "seconds"]),
    }


def _chains(problem, exact, plan, rng):
    """Row of `COLUMNS`: root mean square error of chains."""
    found = chain_errors(problem, exact, plan, rng)
    rms = jackknife(found[:, None] ** 2, lambda m: np.sqrt(m[..., 0]))
    return "chain", plan[1], plan[0], float(rms.value), float(rms.err)


def _sweeps(ascent, plateau):
    """Sweeps until the error is within one per cent of where it ends."""
    return int(np.argmax(np.abs(ascent / plateau - 1) < 0.01)) + 1


def _families(ascent, problem, exact):
    """What the families of independent and of all Gaussians can do for this posterior.

    Returns
    -------
    pandas.DataFrame
        One row: ``plateau`` of mean field as found, ``plateau_off`` where the data count for one per cent
        more, and ``plateau_direct`` by direct minimization; ``sweeps`` until within 1 % of it; ``full``,
        error of the best Gaussian with all covariances, by direct minimization; ``correlation`` and
        ``gap`` (what the ELBO of mean field lacks, in nats) in closed form, ``correlation_direct`` and
        ``gap_direct`` by direct minimization.
    """
    _, gap = conjugate.mean_field(exact[1])
    narrow, wide = (
        gaussian.best_gaussian(problem, exact[0] * 0, correlated=correlated) for correlated in (False, True)
    )
    sharper = problem.copy()
    sharper[6:] *= OFF
    off = variational.coordinate_ascent(sharper, SWEEPS)
    row = {
        "plateau": ascent[-1],
        "plateau_off": float(error(off[0][-1], off[1], exact)),
        "plateau_direct": float(error(narrow[0], np.diag(narrow[1]), exact)),
        "sweeps": _sweeps(ascent, ascent[-1]),
        "full": float(error(wide[0], np.diag(wide[1]), exact)),
        "correlation": exact[1][0, 1] / np.sqrt(exact[1][0, 0] * exact[1][1, 1]),
        "correlation_direct": wide[1][0, 1] / np.sqrt(wide[1][0, 0] * wide[1][1, 1]),
        "gap": gap,
        "gap_direct": wide[2] - narrow[2],
    }
    return pd.DataFrame([row])


def offsets(places, n_data, seed):
    """Both methods with the data at other places: what the promise to be fast hangs on.

    Returns
    -------
    pandas.DataFrame
        ``offset``, ``plateau``, ``sweeps``, ``evaluations``, ``chains``, ``error`` with error.
    """
    rows = []
    for offset in places:
        X, y = data(offset, n_data, seed)
        problem = energies.linear(X, y, SIGMA, PRIOR_PRECISION)
        exact = conjugate.linear_posterior(X, y, SIGMA, PRIOR_PRECISION)
        means, variances = variational.coordinate_ascent(problem, SWEEPS)
        ascent = error(means[1:], variances, exact)
        for steps in LENGTHS:
            rng = generator(seed, "bayes/compare", f"offset={offset}", f"M={steps}")
            _, *found = _chains(problem, exact, (FEW_CHAINS, steps), rng)
            rows.append((offset, ascent[-1], _sweeps(ascent, ascent[-1]), *found))
    return pd.DataFrame(rows, columns=["offset", "plateau", "sweeps", *COLUMNS[1:]])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        run = params.comparison
        write(**compared(run["offset"], run["data"], (run["chains"], run["lengths"]), params.seed))
