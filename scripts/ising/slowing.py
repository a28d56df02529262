"""How the autocorrelation times grow with the size.

Tables: ``dynamics.csv``, ``memory.csv``, ``dynamic_exponents.csv``, ``dynamic_energies.csv``.

tau ~ L^z at T_c. Of the fits that keep the sizes from some smallest one on, the first that the data do
not reject is taken; a configuration with fewer than two sizes gives no exponent. The local updates have
the leading correction of the magnetization, L^(-7/4), fitted along; the cluster updates have
none, since their slow growth could also be a logarithm: their z describes the sizes at hand.
"""

from functools import partial

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.fits import FitError, first_accepted, power_law, smallest_size_scan
from scripts.ising.dynamics import OFF, PARTS
from scripts.ising.theory.onsager import critical_temperature

QUANTITIES = ("abs_magnetization", "energy")
JUDGED = ["chi2", "degrees_of_freedom", "p_value", "acceptable"]
EXPONENTS = ["dynamics", "quantity", "z", "z_err", "smallest_size", *JUDGED]
FEWEST = 4  # sizes that a fit keeps, if there are as many
REJECTED = 0.01  # p-value under which smaller sizes are given up
CORRECTIONS = {"metropolis": 7 / 4}


def times(runs):
    """Autocorrelation times of all dynamics and sizes.

    Parameters
    ----------
    runs : dict of str to dict of arrays
        What ``dynamics.py`` wrote, by the name of the dynamics.

    Returns
    -------
    pandas.DataFrame
        Columns dynamics, L, n_sweeps, tau_abs_magnetization and tau_energy with their ``_err``.
    """
    tables = []
    for name, run in runs.items():
        taus = {f"tau_{quantity}": run[f"tau_{quantity}"].T for quantity in QUANTITIES}
        run = {"dynamics": name, "L": run["sizes"], "n_sweeps": run["n_sweeps"]}
        tables.append(pd.DataFrame(run | pairs(**taus)))
    return pd.concat(tables, ignore_index=True)


def energies(runs):
    """Energies per spin of the same runs: columns dynamics, L, T, energy, energy_err, parts.

    The last row of each dynamics is the control, at a temperature higher by one per cent.
    """
    tables, T = [], critical_temperature()
    for name, run in runs.items():
        sizes, found = [*run["sizes"], int(run["off_size"])], np.vstack([run["energy"], run["off_energy"]]).T
        place = {"dynamics": name, "L": sizes, "T": [T] * (len(sizes) - 1) + [OFF * T]}
        tables.append(pd.DataFrame(place | pairs(energy=tuple(found)) | {"parts": PARTS}))
    return pd.concat(tables, ignore_index=True)


def memory(runs):
    """Autocorrelation functions of |m|: columns dynamics, L, sweeps, autocorrelation."""
    tables = [
        pd.DataFrame({"dynamics": name, "L": size, "sweeps": lags, "autocorrelation": memory})
        for name, run in runs.items()
        for size, lags, memory in zip(run["sizes"].tolist(), run["lags"], run["memory"], strict=True)
    ]
    return pd.concat(tables, ignore_index=True).drop_duplicates(["dynamics", "L", "sweeps"])


def exponents(table):
    """Dynamic exponents z of tau = amplitude L^z.

    Parameters
    ----------
    table : pandas.DataFrame
        Of `times`.

    Returns
    -------
    pandas.DataFrame
        Columns `EXPONENTS`; one row for each dynamics and quantity that two sizes or more allow.
    """
    groups = table.groupby("dynamics", sort=False)
    rows = [_exponent(name, group, quantity) for name, group in groups for quantity in QUANTITIES]
    return pd.DataFrame([row for row in rows if row], columns=EXPONENTS)


def _exponent(name, group, quantity):
    """One row, or None if there are too few sizes."""
    columns = group[["L", f"tau_{quantity}", f"tau_{quantity}_err"]].to_numpy(float).T
    try:
        cut, fit = _growth(columns, CORRECTIONS.get(name))
    except FitError:
        return None
    found = {"dynamics": name, "quantity": quantity} | pairs(z=fit["exponent"])
    return found | {"smallest_size": int(cut)} | fit.judgment()


def _growth(columns, correction):
    """Smallest size and fit of tau = amplitude L^z (1 + b L^-correction)."""
    fewest = max(2, min(FEWEST, len(np.unique(columns[0]))))
    law = partial(power_law, correction=correction if fewest == FEWEST else None)
    return first_accepted(smallest_size_scan(law, *columns, fewest=fewest), level=REJECTED)


if __name__ == "__main__":
    from pathlib import Path

    from scripts.common.io import load_arrays
    from scripts.common.step import step

    with step(snakemake) as (_, write):
        runs = {Path(path).stem.removeprefix("dynamics_"): load_arrays(path) for path in snakemake.input}
        table = times(runs)
        write(dynamics=table, memory=memory(runs), exponents=exponents(table), energies=energies(runs))
