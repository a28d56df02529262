"""Simulation-based calibration: do intervals from samples hold the truth as often as they say?

Parameters are drawn from the prior, data from the parameters, and a chain samples the posterior
of these data. The rank of the true parameter among L samples must then be uniform on 0 .. L, whatever
the model: Talts et al., arXiv:1804.06788. Arrays of ``ranks.npz``: ``<parameter>`` and
``<parameter>_off`` int64[L + 1], how often each rank occurred, the second with a planted error, the
likelihood raised to the power `OFF`. Tables ``calibration.csv`` and ``scores.csv``.
"""

import numpy as np
import pandas as pd

from scripts.bayes import samples as sampling
from scripts.bayes.kernels import metropolis
from scripts.bayes.kernels.energies import LOG_2PI, coin, normal
from scripts.bayes.theory import conjugate
from scripts.common.columns import pairs
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.common.statistics.counts import deviate

OFF = 1.1
BURN_IN = {"coin": 60, "normal": 100}
THINNING = {"coin": 12, "normal": 24}  # six tau: neighbors that resemble each other make ranks pile up
PARAMETERS = {"coin": ("p",), "normal": ("mu", "lambda")}
LEVEL = 0.95
BINS = 8
SCORED = 8  # data of those draws whose predictions are scored: few, so that the parameters stay uncertain


def draws(name, n_draws, n_data, rng):
    """Truths from the prior and the problem of the data that each truth gives.

    Returns
    -------
    truths : float64[N, d]
    problems : float64[N, k]
    scales : float64[N, d]
    new : float64[N]
        One more datum for each truth, which the chain does not see.
    """
    if name == "coin":
        alpha, beta = sampling.PRIOR_COIN
        p = rng.beta(alpha, beta, n_draws)
        heads, new = rng.binomial(n_data, p), (rng.random(n_draws) < p).astype(float)
        problems = np.tile(coin(0, n_data, alpha, beta), (n_draws, 1))
        problems[:, 1], problems[:, 2] = heads, n_data - heads
        a, b = conjugate.coin_posterior(heads, n_data, alpha, beta)
        return p[:, None], problems, 2.4 * np.sqrt(conjugate.beta_moments(a, b)[1])[:, None], new
    m, kappa, a, b = sampling.PRIOR_NORMAL
    precision = rng.gamma(a, 1 / b, n_draws)
    mu = m + rng.standard_normal(n_draws) / np.sqrt(kappa * precision)
    y = mu[:, None] + rng.standard_normal((n_draws, n_data + 1)) / np.sqrt(precision)[:, None]
    y, new = y[:, :-1], y[:, -1]
    mean = y.mean(axis=1)
    scatter = ((y - mean[:, None]) ** 2).sum(axis=1)
    problems = np.tile(normal(np.zeros(n_data), sampling.PRIOR_NORMAL), (n_draws, 1))
    problems[:, 2], problems[:, 3] = mean, scatter
    return np.stack([mu, precision], 1), problems, sampling.normal_scales(n_data, scatter, mean), new


def starts(name, problems, scales, rng):
    """Where the chains start, float64[N, d]: spread more widely than the posterior, ignorant of the truth.

    A precision from the prior can lie a hundred posterior widths off, which no short burn-in forgets.
    """
    n_draws = len(problems)
    if name == "coin":
        return rng.beta(*sampling.PRIOR_COIN, (n_draws, 1))
    shape = sampling.PRIOR_NORMAL[2] + problems[:, 1] / 2
    precision = scales[:, 1] / sampling.WIDTHS * np.sqrt(shape)
    mu = problems[:, 2] + 2 * scales[:, 0] * rng.standard_normal(n_draws)
    return np.stack([mu, precision * np.exp(0.5 * rng.standard_normal(n_draws))], axis=1)


def ranked(name, n_draws, plan, power, seed):
    """Ranks and samples for one model.

    Parameters
    ----------
    name : {"coin", "normal"}
    n_draws : int
    plan : (int, int)
        Data of each draw, and samples L of each chain.
    power : float
        Of the likelihood in the chain; 1 is right.
    seed : int

    Returns
    -------
    ranks : int64[N, d]
    samples : float64[N, L, d]
    problems, new
        Of `draws`.
    """
    n_data, n_samples = plan
    rng = generator(seed, "bayes/calibrate", name, f"power={power}")
    truths, problems, scales, new = draws(name, n_draws, n_data, rng)
    plan = starts(name, problems, scales, rng), scales, BURN_IN[name], n_samples, THINNING[name]
    ranks, samples = metropolis.ranks(truths, problems, plan, rng, power=power)
    return ranks, samples, problems, new


def row(parameter, power, ranks, n_samples):
    """Uniformity, spread and coverage of the ranks of one parameter.

    The spread is the mean square of 2u - 1 with u = (rank + 1/2) / (L + 1), in units of its value for
    uniform ranks; above one, ranks pile up at both ends, as for chains that are too narrow.
    """
    counts = np.bincount(ranks, minlength=n_samples + 1)
    binned = counts.reshape(BINS, -1).sum(axis=1)
    expected = len(ranks) / BINS
    u = (ranks + 0.5) / (n_samples + 1)
    uniform = (1 - (n_samples + 1) ** -2) / 3
    cut = round((1 - LEVEL) / 2 * (n_samples + 1))
    inside = np.mean((ranks >= cut) & (ranks <= n_samples - cut))
    return (
        {"parameter": parameter, "power": power, "draws": len(ranks)}
        | {"deviate": deviate(((binned - expected) ** 2).sum() / expected, BINS - 1)}
        | pairs(spread=(np.mean((2 * u - 1) ** 2) / uniform, np.sqrt(4 / 45 / len(ranks)) / uniform))
        | pairs(coverage=(inside, np.sqrt(LEVEL * (1 - LEVEL) / len(ranks))))
        | {"coverage_expected": 1 - 2 * cut / (n_samples + 1)}
    )


def scores(samples, problems, new):
    """Held-out log-scores of three predictions of one more normal datum, minus the exact one's.

    ``averaged`` over the samples, ``plug_in`` at their mean, ``maximum_likelihood`` at mean and variance
    of the data. Columns ``prediction``, ``draws``, ``excess`` with error: mean of ln exact - ln predicted,
    in nats.
    """
    n, mean, scatter = problems[:, 1], problems[:, 2], problems[:, 3]
    mu, precision = samples[:, :, 0], samples[:, :, 1]
    exact = np.array([_exact(*each) for each in zip(n, mean, scatter, new, strict=True)])

    def log_normal(y, mu, precision):
        return 0.5 * (np.log(precision) - LOG_2PI - precision * (y - mu) ** 2)

    found = {
        "averaged": np.log(np.exp(log_normal(new[:, None], mu, precision)).mean(axis=1)),
        "plug_in": log_normal(new, mu.mean(axis=1), precision.mean(axis=1)),
        "maximum_likelihood": log_normal(new, mean, n / scatter),
    }
    rows = [(name, len(new), *replica_mean(exact - value)[:2]) for name, value in found.items()]
    return pd.DataFrame(rows, columns=["prediction", "draws", "excess", "excess_err"])


def _exact(n, mean, scatter, new):
    m, kappa, a, b = sampling.PRIOR_NORMAL
    b = b + (scatter + kappa * n * (mean - m) ** 2 / (kappa + n)) / 2
    posterior = (kappa * m + n * mean) / (kappa + n), kappa + n, a + n / 2, b
    return conjugate.predictive_log_density(new, posterior)


def calibrated(n_draws, plan, seed):
    """Tables and arrays of the module's docstring: ``calibration``, ``scores``, ``ranks``."""
    rows, arrays = [], {}
    for name, parameters in PARAMETERS.items():
        for power, end in ((1.0, ""), (OFF, "_off")):
            ranks = ranked(name, n_draws, plan, power, seed)[0]
            for i, parameter in enumerate(parameters):
                rows.append({"data": plan[0]} | row(parameter, power, ranks[:, i], plan[1]))
                arrays[f"{parameter}{end}"] = np.bincount(ranks[:, i], minlength=plan[1] + 1)
    scored = ranked("normal", n_draws // 4, (SCORED, plan[1]), 1.0, seed)
    return {"calibration": pd.DataFrame(rows), "scores": scores(*scored[1:]), "ranks": arrays}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(**calibrated(params.draws, (params.data, params.samples), params.seed))
