"""Observables of every (L, T) from the moments of its replicas: ``thermodynamics.csv``."""

import numpy as np
import pandas as pd

from scripts.common.statistics import effective_sample_size
from scripts.ising.observables import MOMENTS, OBSERVABLES, estimates


def thermodynamics(size, simulation):
    """Rows of the table for one size.

    Parameters
    ----------
    size : int
        Edge length L.
    simulation : dict of str to array
        What ``simulate.py`` wrote: ``temperatures`` str[n], ``moments`` float64[n, 64, 9],
        ``tau_energy`` and ``tau_abs_magnetization`` float64[n, 2], ``n_sweeps``.

    Returns
    -------
    pandas.DataFrame
        One row per temperature; columns in workflow/chapters/ising/tables.yaml. ``n_effective``
        counts independent samples by the slower of energy and absolute magnetization.
    """
    rows = []
    for i, temperature in enumerate(simulation["temperatures"].tolist()):
        moments = dict(zip(MOMENTS, np.moveaxis(simulation["moments"][i], -1, 0), strict=True))
        taus = {name: simulation[f"tau_{name}"][i] for name in ("energy", "abs_magnetization")}
        n = int(simulation["n_sweeps"]) * len(moments["E"])
        row = {"L": size, "T": temperature, "h": 0.0}
        row["n_effective"] = effective_sample_size(n, max(tau for tau, _ in taus.values()))
        for name, estimate in estimates(moments, float(temperature), size * size, tuple(OBSERVABLES)).items():
            row |= {name: estimate.value, f"{name}_err": estimate.err}
        for name, (tau, error) in taus.items():
            row |= {f"tau_{name}": tau, f"tau_{name}_err": error}
        rows.append(row | {"dynamics": "multispin Metropolis"})
    return pd.DataFrame(rows)


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays
    from scripts.common.tables import write_table

    with job(snakemake):
        arrays = [load_arrays(path) for path in snakemake.input]
        tables = [thermodynamics(int(each["size"]), each) for each in arrays]
        write_table(snakemake.output[0], pd.concat(tables, ignore_index=True))
