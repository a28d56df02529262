"""The algorithm exactly as the book prints it, one random spin at a time: ``naive.csv``."""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.statistics import replica_mean
from scripts.ising.kernels import naive
from scripts.ising.theory.onsager import critical_temperature

SIZE = 8
CHAINS = 64
SWEEPS = 5000
EQUILIBRATION = 400  # from order; tau is about 10 sweeps
OFF = 1.01  # of the control: a temperature higher by one per cent


def naive_energy(seed, factor=1.0):
    """Energy per spin at T_c, or at a multiple of it, from independent chains.

    Parameters
    ----------
    seed : int
    factor : float

    Returns
    -------
    pandas.DataFrame
        One row: L, T, ``factor`` as given, chains, energy, energy_err.
    """
    T, chains, own = factor * critical_temperature(), [], () if factor == 1.0 else (f"factor={factor}",)
    for chain in progress(range(CHAINS), "random-site Metropolis"):
        spins = np.ones((SIZE, SIZE), np.int8)
        label = ("ising/naive", *own, f"chain={chain}")
        energy, _ = naive.simulate(spins, T, EQUILIBRATION + SWEEPS, seed, *label)
        chains.append(energy[EQUILIBRATION:] / SIZE**2)
    row = {"L": SIZE, "T": T, "factor": factor, "chains": CHAINS}
    return pd.DataFrame([row | pairs(energy=replica_mean(np.mean(chains, axis=1)))])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(pd.concat([naive_energy(params.seed), naive_energy(params.seed, OFF)], ignore_index=True))
