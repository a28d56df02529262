"""Limits of moment matching: data (``finite_data.csv``, ``students.csv``), features (``parity.csv``)."""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.io import InputError
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.maxent.kernels import families
from scripts.maxent.theory import canonical, states

NOISE = np.round(np.arange(0.0, 0.51, 0.05), 2)
SHORT = 0.9  # of the samples: the control
SCALE = 0.3  # of the random couplings: mild, so that no pattern is too rare to be fitted


def teacher(n, seed):
    """A pairwise model of n units with random parameters: its law float64[2^n], and the features."""
    features = states.features(n, (1, 2))
    theta = generator(seed, "maxent/limits/teacher").normal(0, SCALE, features.shape[1])
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
        rows.append(
            {"samples": N, "parameters": len(theta), "repeats": repeats}
            | pairs(divergence=replica_mean(found))
            | {"expected": len(theta) / (2 * N)}
            | pairs(moments=replica_mean(N * off))
        )
    return pd.DataFrame(rows)


def student_table(n, samples, repeats, seed):
    """What learning costs beyond what it must, at one number of samples N.

    Returns
    -------
    pandas.DataFrame
        Rows ``needless``: the divergence in nats with the products of three units as features too, which
        the truth does not have, less that without them, from the same data; ``short``: for the control,
        the divergence in units of k / 2N from `SHORT` times N samples. Columns ``value`` with error,
        ``samples``, ``repeats``, ``extra`` (features without need).
    """
    law, features, theta = teacher(n, seed)
    everything = states.features(n, (1, 2, 3))
    extra = everything.shape[1] - len(theta)
    rng = generator(seed, "maxent/limits/students")
    seen, few = (rng.multinomial(N, law, size=repeats) / N for N in (samples, round(SHORT * samples)))

    def divergences(seen, features):
        start = np.append(theta, np.zeros(features.shape[1] - len(theta)))
        fits = _fits(features, seen @ features, start, samples)
        return canonical.divergence(law, np.exp(families.log_probabilities(features, fits)))

    needless = replica_mean(divergences(seen, everything) - divergences(seen, features))
    short = replica_mean(divergences(few, features) * 2 * samples / len(theta))
    head = {"samples": samples, "repeats": repeats}
    rows = [
        {"student": "needless", "extra": extra} | head | pairs(value=needless),
        {"student": "short", "extra": 0} | head | pairs(value=short),
    ]
    return pd.DataFrame(rows)


def _fits(features, moments, theta, N):
    try:
        return families.fit(features, moments, np.tile(theta, (len(moments), 1)))
    except InputError as error:
        raise InputError(
            f"maxent.finite_data.samples: {N} are too few, two units never show one of their four states;"
            " allowed: more samples, or fewer units"
        ) from error


def parity_table(n=3):
    """Models of noisy parity: the last of three units is the product of the others, but for a share of cases.

    Returns
    -------
    pandas.DataFrame
        Columns ``noise``, ``pairwise`` and ``triple`` (divergence of the data from the model with
        features up to that order), ``expected`` ln 2 - h(noise). Without noise the parameter of
        the triple is infinite; its model is then the limit, the data themselves.
    """
    even = states.spin_states(n).prod(axis=1) > 0

    def matched(orders, data):
        features = states.features(n, orders)
        return np.exp(families.log_probabilities(features, families.fit(features, data @ features)))

    rows = []
    for noise in NOISE:
        data = np.where(even, 1 - noise, noise) / 2 ** (n - 1)
        pairwise, triple = matched((1, 2), data), matched((1, 2, 3), data) if noise else data
        h = canonical.entropy(np.array([noise, 1 - noise]))
        rows.append((noise, canonical.divergence(data, pairwise), _divergence(data, triple), np.log(2) - h))
    return pd.DataFrame(rows, columns=["noise", "pairwise", "triple", "expected"])


def _divergence(p, q):
    """KL divergence over the states that p has."""
    seen = p > 0
    return float((p[seen] * np.log(p[seen] / q[seen])).sum())


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(finite_data=finite_data_table(params.units, params.samples, params.repeats, params.seed))
        largest = max(params.samples)
        write(students=student_table(params.units, largest, params.repeats, params.seed))
        write(parity=parity_table())
