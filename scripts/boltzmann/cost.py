"""What ln Z costs: terms of the exact sum against updates of annealed chains: ``cost.csv``. beta = 1.

General machines: n spins, every pair coupled by N(0, 1/n), fields N(0, 1). Costs are counted, not timed; the
seconds of the exact sum stand beside them in ``timings/cost.csv``.
"""

import time

import numpy as np
import pandas as pd

from scripts.boltzmann.annealing import log_mean_exp
from scripts.boltzmann.kernels import heat_bath
from scripts.common.columns import pairs
from scripts.common.couplings import symmetric_normal
from scripts.common.enumeration import enumerated
from scripts.common.progress import progress
from scripts.common.seeds import generator, words

GOAL = 0.01  # error of ln Z for which the updates are counted


def couplings(seed, n):
    """Random couplings and fields."""
    rng = generator(seed, "boltzmann/cost", f"n={n}")
    return symmetric_normal(rng, n) / np.sqrt(n), rng.normal(size=n)


def costs(seed, sizes, temperatures, chains):
    """Exact and annealed ln Z.

    Parameters
    ----------
    seed : int
    sizes : sequence of int
    temperatures, chains : int
        Of the annealing.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``table`` with the ``terms`` of the exact sum, and the ``updates`` of single spins that bring the
        error of ln Z to 0.01; ``timings``.
    """
    enumerated(*couplings(seed, 12))  # compile, or the first time would be that of the compiler
    rows, seconds = [], []
    for n in progress(sizes, "ln Z"):
        J, h = couplings(seed, n)
        begin = time.perf_counter()
        log_z = enumerated(J, h).log_z
        seconds.append({"n": n, "seconds": time.perf_counter() - begin})
        streams = words(seed, "boltzmann/cost", "chains", f"n={n}", n=chains)
        found, error = log_mean_exp(heat_bath.anneal(streams, J, h, np.linspace(0, 1, temperatures + 1)))
        rows.append(
            {
                "n": n,
                "chains": chains,
                "terms": 2**n,
                "updates": chains * temperatures * n * (error / GOAL) ** 2,
            }
            | {"log_z_exact": log_z}
            | pairs(log_z=(found + n * np.log(2), error))
        )
    return {"table": pd.DataFrame(rows), "timings": pd.DataFrame(seconds)}


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(**costs(params.seed, params.sizes, params.temperatures, params.chains))
