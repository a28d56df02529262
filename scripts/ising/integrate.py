r"""Free energy and entropy by thermodynamic integration: ``free_energy.csv`` and ``integrand.csv``.

J = k_B = 1, h = 0, beta = 1/T, per spin. At beta = 0 all states are equally likely, and
d ln Z / d beta = -<E>, so

    ln Z / N = ln 2 - int_0^beta e(b) db,   f = -T ln Z / N,   s = ln Z / N + beta e.

The rule of `panels` asks for the energies at 64 inverse temperatures: one for each bit of a word. Independent
words, the streams, give the errors, also of energy and integral together.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.statistics import replica_mean
from scripts.ising.kernels import multispin
from scripts.ising.panels import TEMPERATURES, inverse_temperatures, log_partition_function
from scripts.ising.pilot import started

PIECE = 1 << 14  # sweeps whose measurements are in memory at a time


def measured_energies(size, streams, sweeps, equilibration, seed):
    """Energy per spin at the 64 inverse temperatures from independent words.

    Parameters
    ----------
    size : int
        Edge length L.
    streams : int
        Number of words, each with 64 lattices.
    sweeps, equilibration : int
        Measured sweeps of each lattice, and sweeps before, from the ordered state.
    seed : int

    Returns
    -------
    float64[streams, 64]
    """
    named = progress(range(streams), f"L = {size}, 64 temperatures")
    return np.array([_stream(size, sweeps, equilibration, seed, f"stream={i}") for i in named])


def _stream(size, sweeps, equilibration, seed, stream):
    T = 1 / inverse_temperatures()
    grid = "T=" + ",".join(str(t) for t in TEMPERATURES)
    lattice, state = started(size, T, equilibration, seed, "ising/integrate", f"L={size}", grid, stream)
    pieces = [min(PIECE, sweeps - done) for done in range(0, sweeps, PIECE)]
    energies = (multispin.simulate(lattice, state, T, n_sweeps=n)[0] for n in pieces)
    total = sum(each.sum(axis=0, dtype=np.int64) for each in energies)
    return total / (sweeps * size**2)


def integrand(size, energies):
    """The measured energies at all nodes.

    Parameters
    ----------
    size : int
    energies : float64[streams, 64]
        From `measured_energies`.

    Returns
    -------
    pandas.DataFrame
        Columns L, T, beta, streams, energy, energy_err.
    """
    beta = inverse_temperatures()
    columns = {"L": size, "T": 1 / beta, "beta": beta, "streams": len(energies)}
    return pd.DataFrame(columns | pairs(energy=replica_mean(energies)))


def free_energy(size, energies):
    """Free energy, energy and entropy per spin at the edges.

    Parameters
    ----------
    size, energies
        As for `integrand`.

    Returns
    -------
    pandas.DataFrame
        Columns L, T, streams, then free_energy, energy, entropy, each with ``_err``.
    """
    T = np.array(TEMPERATURES)
    log_z, energy = log_partition_function(energies), energies[:, 3::4]
    found = {"free_energy": -T * log_z, "energy": energy, "entropy": log_z + energy / T}
    columns = {"L": size, "T": T, "streams": len(energies)}
    return pd.DataFrame(columns | pairs(**{name: replica_mean(each) for name, each in found.items()}))


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        plan = params.streams, params.sweeps, params.equilibration, params.seed
        energies = measured_energies(params.size, *plan)
        write(integrand=integrand(params.size, energies), free_energy=free_energy(params.size, energies))
