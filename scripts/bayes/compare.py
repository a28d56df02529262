"""Variational inference against Markov chains on one posterior, by evaluations of the likelihood.

A straight line with known noise, its data taken away from x = 0, so that slope and intercept are
correlated in the posterior. The error of a result is the root mean square, over both parameters, of

    (mean - exact mean) / exact width   and   width / exact width - 1.

Tables ``comparison.csv`` and ``families.csv``; arrays of ``clouds.npz``: ``samples`` float64[n, 2] of one
chain, ``mean`` float64[2], ``covariance`` float64[2, 2], ``mean_field`` float64[2] (variances).
Seconds stand apart, in ``timings``.
"""

import time

import numpy as np
import pandas as pd

from scripts.bayes.kernels import energies, metropolis, variational
from scripts.bayes.theory import conjugate
from scripts.common.seeds import generator
from scripts.common.statistics import jackknife

SIGMA, PRIOR_PRECISION = 1.0, 0.01
SWEEPS = 400
DISCARDED = 0.25  # of each chain, its beginning
SHOWN = 2000


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
        ``comparison``: columns ``method`` (mean_field, chain), ``evaluations``, ``error`` with error.
        ``families``, one row: ``correlation`` of the posterior, ``plateau`` of mean field as found and
        ``plateau_expected``, ``sweeps`` until within 1 % of it, ``full`` error of the Gaussian family
        with all covariances, ``gap`` of the ELBO in nats. ``clouds``: arrays. ``timings``: seconds.
    """
    X, y = data(offset, n_data, seed)
    problem = energies.linear(X, y, SIGMA, PRIOR_PRECISION)
    exact = conjugate.linear_posterior(X, y, SIGMA, PRIOR_PRECISION)
    clock = time.perf_counter()
    means, variances = variational.coordinate_ascent(problem, SWEEPS)
    seconds = [("mean_field", SWEEPS, time.perf_counter() - clock)]
    ascent = error(means[1:], variances, exact)
    rows = [("mean_field", t + 1, value, 0.0) for t, value in enumerate(ascent)]
    for steps in sorted(plan[1]):
        clock = time.perf_counter()
        found = chain_errors(problem, exact, (plan[0], steps), generator(seed, "bayes/compare", f"M={steps}"))
        seconds.append(("chain", steps, (time.perf_counter() - clock) / plan[0]))
        rms = jackknife(found[:, None] ** 2, lambda m: np.sqrt(m[..., 0]))
        rows.append(("chain", steps, float(rms.value), float(rms.err)))
    rng = generator(seed, "bayes/compare", "shown")
    cloud = metropolis.chain(exact[0], SHOWN, problem, proposal(exact), rng, thinning=20)[0]
    return {
        "comparison": pd.DataFrame(rows, columns=["method", "evaluations", "error", "error_err"]),
        "families": _families(ascent, problem, exact),
        "clouds": {"samples": cloud, "mean": exact[0], "covariance": exact[1], "mean_field": variances},
        "timings": pd.DataFrame(seconds, columns=["method", "evaluations", "seconds"]),
    }


def _families(ascent, problem, exact):
    variances, gap = conjugate.mean_field(exact[1])
    plateau = float(error(exact[0], variances, exact))
    best, precision = problem[4:6], problem[6:].reshape(2, 2)
    full = np.linalg.inv(precision + PRIOR_PRECISION * np.eye(2))  # Gaussians with all covariances
    row = {
        "correlation": exact[1][0, 1] / np.sqrt(exact[1][0, 0] * exact[1][1, 1]),
        "plateau": ascent[-1],
        "plateau_expected": plateau,
        "sweeps": int(np.argmax(np.abs(ascent / plateau - 1) < 0.01)) + 1,
        "full": float(error(full @ precision @ best, np.diag(full), exact)),
        "gap": gap,
    }
    return pd.DataFrame([row])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        run = params.comparison
        write(**compared(run["offset"], run["data"], (run["chains"], run["lengths"]), params.seed))
