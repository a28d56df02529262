"""Toss and measure the scatter of the share of heads."""

import numpy as np
import pandas as pd

from scripts.coin.kernels.tosses import shares
from scripts.coin.theory.binomial import variance
from scripts.common.seeds import generator


def scatter(lengths, runs, seed):
    """Variance of the share of heads at every length, in units of that of the binomial distribution.

    The last row is a control: runs a fifth shorter than they are taken for.

    Parameters
    ----------
    lengths : sequence of int
        Tosses of a run.
    runs, seed : int

    Returns
    -------
    pandas.DataFrame
        Columns by ``workflow/chapters/coin/tables.yaml``.
    """
    rows = []
    for n, taken_for in [*((n, n) for n in lengths), (max(lengths) * 4 // 5, max(lengths))]:
        deviations = shares(n, runs, generator(seed, "coin/toss", f"n={n}")) - 0.5
        squares = deviations**2 / variance(taken_for)
        rows.append((n, taken_for, runs, squares.mean(), squares.std(ddof=1) / np.sqrt(runs)))
    return pd.DataFrame(rows, columns=["tosses", "taken_for", "runs", "variance", "variance_err"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(scatter(params.lengths, params.runs, params.seed))
