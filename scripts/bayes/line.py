"""A straight line with Gaussian noise, fitted to many data sets: ``fits.csv``, ``optima.csv``, ``line.npz``.

Arrays of one data set of the smallest size, for the figure: ``x``, ``y``, ``at`` float64[...] and the
half widths ``plug_in``, ``student`` of 95 % intervals round ``fitted`` at ``at``.
"""

import numpy as np
import pandas as pd

from scripts.bayes.kernels import lines
from scripts.bayes.kernels.maximum import maximum
from scripts.bayes.theory import least_squares
from scripts.common.columns import pairs
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean

LEVEL = 0.95
Z = 1.959963984540054  # of the normal distribution, for LEVEL
NEW = 1.0  # place of the next datum: the end of the range
BATCH = 20000
TILT = 0.01  # of a prior that should be flat
OFF = 1.05  # of the fitted variance, the fault of a control
MEASURED = ("slope", "variance", "plug_in", "student", "divergence", "divergence_off")  # of each data set


def places(n):
    """Where the data are taken: evenly from -1 to 1, float64[n]."""
    return np.linspace(-1.0, 1.0, n)


def fits(truth, sizes, n_datasets, seed):
    """What maximum likelihood finds in many data sets of each size.

    Parameters
    ----------
    truth : (float, float, float)
        Slope, intercept and standard deviation of the noise.
    sizes : sequence of int
    n_datasets, seed : int

    Returns
    -------
    pandas.DataFrame
        One row for each size; columns by ``workflow/chapters/bayes/tables.yaml``.
    """
    rows = []
    for n in sizes:
        rng = generator(seed, "bayes/line", f"n={n}")
        parts = [min(BATCH, n_datasets - done) for done in range(0, n_datasets, BATCH)]
        found = np.concatenate([_batch(truth, n, part, rng) for part in parts])
        mean = replica_mean(found)
        rows.append(
            {"n": n, "datasets": n_datasets}
            | pairs(**{name: (mean.value[i], mean.err[i]) for i, name in enumerate(MEASURED)})
            | {"slope_expected": truth[0], "variance_expected": (n - 2) / n}
            | {"plug_in_expected": least_squares.plug_in_coverage(places(n), NEW, LEVEL)}
            | {"divergence_expected": least_squares.expected_divergence(n)}
        )
    return pd.DataFrame(rows)


def _batch(truth, n, n_datasets, rng):
    """Per data set what `MEASURED` names: slope, variance ratio, two hits of the next datum, divergences."""
    slope, intercept, sigma = truth
    x = places(n)
    y = slope * x + intercept + sigma * rng.standard_normal((n_datasets, n))
    a, b, variance = lines.best_line(x, y)
    new = slope * NEW + intercept + sigma * rng.standard_normal(n_datasets)
    distance = np.abs(new - a * NEW - b) / np.sqrt(variance)
    student = lines.student_half_width(x, NEW, LEVEL)
    wrong = np.mean(((a - slope)[:, None] * x + (b - intercept)[:, None]) ** 2, axis=1)
    ratio = variance / sigma**2
    learned, off = (lines.divergence(wrong / sigma**2, factor * ratio) for factor in (1.0, OFF))
    return np.stack([a, ratio, distance <= Z, distance <= student, learned, off], axis=1)


def optima(truth, coin, seed):
    """Maxima found by Newton's method on bare log-densities, against closed forms.

    Parameters
    ----------
    truth : (float, float, float)
    coin : (int, int)
        Heads and tosses.
    seed : int

    Returns
    -------
    pandas.DataFrame
        Columns ``quantity``, ``found``, ``expected``: the straight line (maximum likelihood against
        least squares); the coin with a prior flat in p, its posterior maximized as a density of p and
        as one of the log-odds, and its likelihood maximized in the log-odds; ``coin_tilted``: with a
        prior that is not quite flat, p^`TILT`.
    """
    slope, intercept, sigma = truth
    x = places(12)
    y = slope * x + intercept + sigma * generator(seed, "bayes/line", "optimum").standard_normal(12)

    def log_likelihood(theta):
        return np.sum(-0.5 * theta[2] - 0.5 * (y - theta[0] * x - theta[1]) ** 2 * np.exp(-theta[2]))

    best = maximum(log_likelihood, [0.0, y.mean(), np.log(y.var())])
    names, found = ("line_slope", "line_intercept", "line_variance"), [*best[:2], np.exp(best[2])]
    rows = zip(names, found, map(float, lines.best_line(x, y)), strict=True)
    return pd.DataFrame([*rows, *_coin_optima(*coin)], columns=["quantity", "found", "expected"])


def _coin_optima(heads, tosses):
    tails = tosses - heads
    if not 0 < heads < tosses:
        raise InputError(
            f"bayes.coin.heads: {heads} of {tosses} has its maximum at the edge; allowed: 1 to {tosses - 1}"
        )

    def of_p(p):
        return heads * np.log(p[0]) + tails * np.log(1 - p[0])

    def of_log_odds(phi):
        return heads * phi[0] - tosses * np.log(1 + np.exp(phi[0]))

    def density_of_log_odds(phi):
        return of_log_odds(phi) + phi[0] - 2 * np.log(1 + np.exp(phi[0]))  # dp / dphi = p (1 - p)

    def tilted(p):
        return of_p(p) + TILT * np.log(p[0])

    share = heads / tosses
    back = [1 / (1 + np.exp(-maximum(f, [0.0])[0])) for f in (of_log_odds, density_of_log_odds)]
    return [
        ("coin_map", maximum(of_p, [0.5])[0], share),
        ("coin_tilted", maximum(tilted, [0.5])[0], share),
        ("coin_mle_log_odds", back[0], share),
        ("coin_map_log_odds", back[1], (heads + 1) / (tosses + 2)),
    ]


def example(truth, n, seed):
    """One data set with both intervals; see the module's docstring."""
    slope, intercept, sigma = truth
    x, at = places(n), np.linspace(-1.5, 1.5, 121)
    y = slope * x + intercept + sigma * generator(seed, "bayes/line", "example").standard_normal(n)
    a, b, variance = (float(value) for value in lines.best_line(x, y))
    plug_in, student = np.full(len(at), Z), lines.student_half_width(x, at, LEVEL)
    curves = {"fitted": a * at + b, "truth": slope * at + intercept}
    widths = {"plug_in": np.sqrt(variance) * plug_in, "student": np.sqrt(variance) * student}
    return {"x": x, "y": y, "at": at} | curves | widths


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        truth, sizes = [params.line[name] for name in ("slope", "intercept", "sigma")], params.line["sizes"]
        write(fits=fits(truth, sizes, params.line["datasets"], params.seed))
        write(optima=optima(truth, (params.coin["heads"], params.coin["tosses"]), params.seed))
        write(line=example(truth, min(sizes), params.seed))
