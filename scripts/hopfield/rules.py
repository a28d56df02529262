"""Learning rules side by side: what each recalls at which load, and what any couplings could store.

Tables: ``rules.csv``; ``separable.csv`` (Cover's count against linear programs).
"""

import numpy as np
import pandas as pd
from scipy import optimize

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.hopfield.basins import share
from scripts.hopfield.kernels import learning, matrix
from scripts.hopfield.samples import RETRIEVED, corrupted, pattern_count
from scripts.hopfield.stability import signs
from scripts.hopfield.theory import gardner

RULES = ("hebb", "pseudo_inverse", "dense_3", "dense_4", "exponential", "attention")
LOADS = {
    "hebb": (0.02, 0.05, 0.08, 0.11, 0.14, 0.17, 0.2, 0.3),
    "pseudo_inverse": (0.05, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95),
    "dense_3": (0.5, 2.0, 4.0, 8.0, 16.0, 24.0, 40.0),
    "dense_4": (1.0, 5.0, 20.0),
    "exponential": (1.0, 5.0, 20.0),
    "attention": (1.0, 5.0, 20.0),
}
CUE = 0.9  # overlap of the start: 5 % of the units turned
BETA = 30.0  # of attention, for products counted per square root of N: sharp at the overlaps of these cues
COVER = (50, (70, 90, 100, 110, 130))


def recall(rule, patterns, start):
    """Final state of one rule.

    Parameters
    ----------
    rule : str
        One of `RULES`.
    patterns : int8[K, N]
    start : int8[N]

    Returns
    -------
    float64[N]
    """
    if rule == "attention":
        return np.sign(learning.attention(patterns, start.astype(float), BETA))
    if rule in ("exponential", "dense_2", "dense_3", "dense_4"):
        power = 0 if rule == "exponential" else int(rule[-1])
        return learning.dense_memory(patterns, start, power)[0]
    if rule == "hebb":
        couplings = matrix.hebb(patterns).astype(float)
    else:
        couplings = learning.without_diagonal(learning.pseudo_inverse(patterns))
    end = start.copy()
    matrix.greedy(couplings, end, couplings @ end)
    return end


def rules_table(size, samples, seed):
    """Rows of ``rules.csv``: recall of one pattern from a cue of overlap 0.9."""
    rows = []
    for rule in progress(RULES, "rules"):
        for load in LOADS[rule]:
            count = pattern_count(load, size)
            ends = np.empty(samples)
            for k in range(samples):
                rng = generator(seed, "hopfield/rules", f"N={size}", f"P={count}", f"{k}")
                patterns = signs(rng, count, size)
                end = recall(rule, patterns, corrupted(patterns[0], CUE, rng))
                ends[k] = patterns[0] @ np.asarray(end, float) / size
            row = {"rule": rule, "N": size, "P": count, "alpha": count / size, "m_initial": CUE}
            rows.append(row | pairs(fraction_retrieved=share(ends > RETRIEVED)) | {"n_samples": samples})
    return pd.DataFrame(rows)


def projection_error(size, count, seed):
    """Largest deviation of a pattern's own fields from it under the pseudo-inverse rule."""
    patterns = signs(generator(seed, "hopfield/projection"), count, size)
    return float(np.abs(learning.pseudo_inverse(patterns) @ patterns.T - patterns.T).max())


def is_separable(points, labels):
    """Whether a plane through the origin separates labeled points, decided by a linear program."""
    nothing, signed, ones = np.zeros(points.shape[1]), -(points * labels[:, None]), np.ones(len(points))
    return optimize.linprog(nothing, A_ub=signed, b_ub=-ones, bounds=(None, None)).status == 0


def separable_table(samples, seed):
    """Share of random labelings that a plane separates, rows of ``separable.csv``, some of theory alone."""
    size, rows = COVER[0], []
    for count in progress(sorted({*range(60, 145, 5), *COVER[1]}), "Cover"):
        exact = gardner.separable_share(size, count)
        if count not in COVER[1]:
            rows.append((size, count, np.nan, np.nan, 0, exact))
            continue
        hits = []
        for k in range(samples):
            rng = generator(seed, "hopfield/cover", f"P={count}", f"{k}")
            hits.append(is_separable(rng.standard_normal((count, size)), signs(rng, count).astype(float)))
        rows.append((size, count, np.mean(hits), np.sqrt(exact * (1 - exact) / samples), samples, exact))
    return pd.DataFrame(rows, columns=["N", "P", "share", "share_err", "n_samples", "exact"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(rules=rules_table(params.size, params.samples, params.seed))
        write(separable=separable_table(params.separable, params.seed))
        P = params.size // 2
        error = projection_error(params.size, P, params.seed)
        write(projection=pd.DataFrame([{"N": params.size, "P": P, "deviation": error}]))
