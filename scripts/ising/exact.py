"""Exact thermodynamics for the figures and for comparison: ``exact.csv``."""

import numpy as np
import pandas as pd

from scripts.ising.theory import kaufman, onsager

N_CURVE = 241
COLUMNS = ["L", "T", "energy", "specific_heat", "magnetization"]


def exact(sizes, temperatures):
    """Exact energy and specific heat of every size, and of the infinite lattice.

    Parameters
    ----------
    sizes : sequence of int
        Edge lengths L: Kaufman's solution of the L x L torus.
    temperatures : sequence of str
        The measured temperatures; a fine grid between the lowest and the highest is added.

    Returns
    -------
    pandas.DataFrame
        Columns L (``inf`` for the infinite lattice), T, energy, specific_heat (empty at T_c itself, where
        that of the infinite lattice is infinite), magnetization (the spontaneous one; empty for finite L).
    """
    measured = np.array([float(text) for text in temperatures])
    T = np.unique(np.concatenate([measured, np.linspace(measured.min(), measured.max(), N_CURVE)]))
    curves = [(float(L), T, kaufman.energy(L, T), kaufman.specific_heat(L, T), np.nan) for L in sizes]
    heat, m = onsager.specific_heat(T), onsager.spontaneous_magnetization(T)
    heat = np.where(np.isfinite(heat), heat, np.nan)
    curves.append((np.inf, T, onsager.energy(T), heat, m))
    tables = [pd.DataFrame(dict(zip(COLUMNS, curve, strict=True))) for curve in curves]
    return pd.concat(tables, ignore_index=True)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(exact(params.sizes, params.temperatures))
