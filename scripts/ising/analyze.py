"""Observables of every (L, T) from the moments of its replicas: ``thermodynamics.csv``."""

import pandas as pd

from scripts.common.columns import pairs
from scripts.common.statistics import effective_sample_size, replica_mean
from scripts.ising.observables import estimates


def thermodynamics(size, simulation):
    """Rows of the table for one size.

    Parameters
    ----------
    size : int
        Edge length L.
    simulation : dict of str to array
        What ``simulate.py`` wrote: ``temperatures`` str[n], ``moments`` float64[n, 64, 9],
        ``early_energy`` float64[n, 64], ``tau_energy`` and ``tau_abs_magnetization`` float64[n, 2].

    Returns
    -------
    pandas.DataFrame
        One row per temperature; columns in workflow/chapters/ising/tables.yaml. ``n_effective``
        counts independent samples by the slower of energy and absolute magnetization.
    """
    rows = []
    for i, temperature in enumerate(simulation["temperatures"].tolist()):
        moments = simulation["moments"][i]
        taus = {f"tau_{name}": simulation[f"tau_{name}"][i] for name in ("energy", "abs_magnetization")}
        slower = max(tau for tau, _ in taus.values())
        n = effective_sample_size(int(simulation["n_sweeps"]) * len(moments), slower)
        row = {"L": size, "T": temperature, "h": 0.0, "n_effective": n}
        early = replica_mean(simulation["early_energy"][i] / size**2)
        row |= pairs(**estimates(moments, float(temperature), size * size), early_energy=early, **taus)
        rows.append(row | {"dynamics": "multispin Metropolis"})
    return pd.DataFrame(rows)


if __name__ == "__main__":
    from scripts.common.io import load_arrays
    from scripts.common.step import step

    with step(snakemake) as (_, write):
        arrays = [load_arrays(path) for path in snakemake.input]
        tables = [thermodynamics(int(each["size"]), each) for each in arrays]
        write(pd.concat(tables, ignore_index=True))
