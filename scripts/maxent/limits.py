"""Limits of moment matching: finite data (``finite_data.csv``), missing features (``parity.csv``)."""

import numpy as np
import pandas as pd

from scripts.common.io import InputError
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.maxent.kernels import families
from scripts.maxent.theory import canonical, states

NOISE = np.round(np.arange(0.0, 0.51, 0.05), 2)
SCALE = 0.3  # of the random couplings: mild, so that no pattern is too rare to be fitted


def teacher(n, seed):
    """A pairwise model of n units with random parameters: its law float64[2^n], and the features."""
    groups = states.subsets(n, 1) + states.subsets(n, 2)
    features = states.products(states.spin_states(n), groups)
    theta = generator(seed, "maxent/limits/teacher").normal(0, SCALE, len(groups))
    return np.exp(families.log_probabilities(features, theta)), features, theta


def finite_data_table(n, samples, repeats, seed):
    """KL divergence from the truth to models fitted to N samples of it.

    Parameters
    ----------
    n : int
        Units; the model has k = n (n + 1) / 2 parameters and is well specified.
    samples : sequence of int
    repeats : int
        Data sets of each size.
    seed : int

    Returns
    -------
    pandas.DataFrame
        Columns ``samples``, ``parameters``, ``repeats``, ``divergence`` with error, ``expected`` k / 2N, and
        ``moments`` with error: the mean square of the moments' deviations from the truth, N times its
        expected value being one.
    """
    law, features, theta = teacher(n, seed)
    spread = law @ features**2 - (law @ features) ** 2
    rows = []
    for N in progress(sorted(samples), "finite data"):
        rng = generator(seed, "maxent/limits/data", f"N={N}")
        moments = rng.multinomial(N, law, size=repeats) / N @ features
        fits = _fits(features, moments, theta, N)
        found = canonical.divergence(law, np.exp(families.log_probabilities(features, fits)))
        off = ((moments - law @ features) ** 2 / spread).mean(axis=1)
        rows.append((N, len(theta), repeats, *_mean(found), len(theta) / (2 * N), *_mean(N * off)))
    columns = ["samples", "parameters", "repeats", "divergence", "divergence_err", "expected"]
    return pd.DataFrame(rows, columns=[*columns, "moments", "moments_err"])


def _fits(features, moments, theta, N):
    try:
        return families.fit(features, moments, np.tile(theta, (len(moments), 1)))
    except InputError as error:
        raise InputError(
            f"maxent.finite_data.samples: {N} are too few, two units never show one of their four states;"
            " allowed: more samples, or fewer units"
        ) from error


def _mean(values):
    return values.mean(), values.std(ddof=1) / np.sqrt(len(values))


def parity_table(n=3):
    """Models of noisy parity: the last of three units is the product of the others, but for a share of cases.

    Returns
    -------
    pandas.DataFrame
        Columns ``noise``, ``pairwise`` and ``triple`` (divergence of the data from the model with
        features up to that order), ``expected`` ln 2 - h(noise). Without noise the parameter of
        the triple is infinite; its model is then the limit, the data themselves.
    """
    spins = states.spin_states(n)
    even = spins.prod(axis=1) > 0
    groups = [group for order in (1, 2, 3) for group in states.subsets(n, order)]
    features = states.products(spins, groups)
    n_pairs, rows = n + n * (n - 1) // 2, []
    for noise in NOISE:
        data = np.where(even, 1 - noise, noise) / 2 ** (n - 1)
        pair = families.fit(features[:, :n_pairs], data @ features[:, :n_pairs])
        pairwise = np.exp(families.log_probabilities(features[:, :n_pairs], pair))
        triple = data
        if noise:
            theta = families.fit(features, data @ features)
            triple = np.exp(families.log_probabilities(features, theta))
        h = canonical.entropy(np.array([noise, 1 - noise]))
        rows.append((noise, canonical.divergence(data, pairwise), _divergence(data, triple), np.log(2) - h))
    return pd.DataFrame(rows, columns=["noise", "pairwise", "triple", "expected"])


def _divergence(p, q):
    """KL divergence over the states that p has."""
    seen = p > 0
    return float((p[seen] * np.log(p[seen] / q[seen])).sum())


if __name__ == "__main__":
    from scripts.common.io import job
    from scripts.common.tables import write_table

    with job(snakemake):
        params, output = snakemake.params, snakemake.output
        data = params.units, params.samples, params.repeats, params.seed
        write_table(output.finite_data, finite_data_table(*data))
        write_table(output.parity, parity_table())
