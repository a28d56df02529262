"""The algorithm exactly as the book prints it, one random spin at a time: ``naive.csv``."""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.statistics import effective_sample_size, integrated_autocorrelation_time, replica_mean
from scripts.ising.kernels import naive
from scripts.ising.theory.onsager import critical_temperature

SIZE = 8
CHAINS = 64
SWEEPS = 5000
EQUILIBRATION = 400  # from order; tau is about 10 sweeps


def naive_energy(seed):
    """Energy per spin at T_c from independent chains.

    Parameters
    ----------
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row: L, T, n_effective, energy, energy_err.
    """
    T, chains = critical_temperature(), []
    for chain in progress(range(CHAINS), "random-site Metropolis"):
        spins = np.ones((SIZE, SIZE), np.int8)
        label = ("ising/naive", f"chain={chain}")
        energy, _ = naive.simulate(spins, T, EQUILIBRATION + SWEEPS, seed, *label)
        chains.append(energy[EQUILIBRATION:] / SIZE**2)
    tau = integrated_autocorrelation_time(np.transpose(chains)).tau
    row = {"L": SIZE, "T": T, "n_effective": effective_sample_size(CHAINS * SWEEPS, tau)}
    return pd.DataFrame([row | pairs(energy=replica_mean(np.mean(chains, axis=1)))])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(naive_energy(params.seed))
