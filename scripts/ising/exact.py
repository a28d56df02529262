"""Exact thermodynamics for the figures and for comparison: ``exact.csv``."""

import numpy as np
import pandas as pd

from scripts.ising.theory import kaufman, onsager

N_CURVE = 241


def exact(sizes, temperatures):
    """Exact energy, specific heat and free energy of every size, and of the infinite lattice.

    Parameters
    ----------
    sizes : sequence of int
        Edge lengths L.
    temperatures : sequence of str
        The measured temperatures; a fine grid between the lowest and the highest is added.

    Returns
    -------
    pandas.DataFrame
        Columns L (``inf`` for the infinite lattice), T, energy, specific_heat,
        free_energy, magnetization (the spontaneous one; empty for finite L).
    """
    measured = np.array([float(text) for text in temperatures])
    grid = np.unique(np.concatenate([measured, np.linspace(measured.min(), measured.max(), N_CURVE)]))
    tables = [_finite(size, grid) for size in sizes]
    return pd.concat([*tables, _infinite(grid)], ignore_index=True)


def _finite(size, T):
    """Kaufman's solution of the L x L torus."""
    return pd.DataFrame(
        {
            "L": float(size),
            "T": T,
            "energy": kaufman.energy(size, T),
            "specific_heat": kaufman.specific_heat(size, T),
            "free_energy": -T * kaufman.log_partition_function(size, T) / size**2,
            "magnetization": np.nan,
        }
    )


def _infinite(T):
    """Onsager's and Yang's solution; at T_c itself the specific heat is infinite and left empty."""
    specific_heat = onsager.specific_heat(T)
    return pd.DataFrame(
        {
            "L": np.inf,
            "T": T,
            "energy": onsager.energy(T),
            "specific_heat": np.where(np.isfinite(specific_heat), specific_heat, np.nan),
            "free_energy": onsager.free_energy(T),
            "magnetization": onsager.spontaneous_magnetization(T),
        }
    )


if __name__ == "__main__":
    from scripts.common.io import job
    from scripts.common.tables import write_table

    with job(snakemake):
        write_table(snakemake.output[0], exact(snakemake.params.sizes, snakemake.params.temperatures))
