"""What a few seconds of one core buy: the energy of multispin Metropolis against Kaufman."""

import time

import numpy as np
import pandas as pd

from scripts.common.statistics import replica_mean
from scripts.ising.kernels import multispin
from scripts.ising.theory import kaufman

SIZE = 64
EQUILIBRATION = 5000  # sweeps from the ordered state, hundreds of autocorrelation times at these temperatures
CHUNK = 20000  # sweeps in one call, so that the series need little memory


def energy(temperature, seconds, seed=1):
    """Energy per spin from all sweeps that fit into a time, equilibration included.

    Parameters
    ----------
    temperature : float
    seconds : float
    seed : int

    Returns
    -------
    value, error : float
        Mean, and its standard error from the spread of the 64 independent replicas.
    seconds : float
        Time it took.
    """
    started = time.perf_counter()
    lattice = multispin.ordered_lattice(SIZE)
    state = multispin.random_state(seed, "benchmarks/precision", f"T={temperature}", f"{seconds:g} s")
    multispin.simulate(lattice, state, temperature, n_sweeps=EQUILIBRATION, measure_every=0)
    sums, n, longest = np.zeros(64), 0, 0.0
    while (begun := time.perf_counter()) - started + longest < seconds:
        energies, _ = multispin.simulate(lattice, state, temperature, n_sweeps=CHUNK)
        sums += energies.sum(axis=0)
        n += CHUNK
        longest = max(longest, time.perf_counter() - begun)
    mean = replica_mean(sums / (n * SIZE**2))
    return mean.value, mean.err, time.perf_counter() - started


def table(temperatures=(2.0, 3.0), budgets=(5.0, 60.0)):
    """Errors and deviations: a data frame of T, seconds, energy, energy_err, exact, z."""
    multispin.simulate(multispin.ordered_lattice(SIZE), multispin.random_state(1, "warm"), 2.0, n_sweeps=1)
    rows = []
    for T in temperatures:
        exact = float(kaufman.energy(SIZE, T))
        for budget in budgets:
            value, error, seconds = energy(T, budget)
            rows.append([T, seconds, value, error, exact, (value - exact) / error])
    return pd.DataFrame(rows, columns=["T", "seconds", "energy", "energy_err", "exact", "z"])
