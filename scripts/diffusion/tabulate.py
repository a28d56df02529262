"""Tables of what was learned: ``generation.csv`` of all sets, ``ising_physics.csv`` of the magnets.

Observables of a magnet, per spin: energy, |m|, susceptibility (<m^2> - <|m|>^2) N / T, specific heat,
correlation_r along the axes, and ``total_variation``: of the energies in 33 bins from those of the long
chain, minus the mean of that distance over sets of the same size drawn from the chain's own law.
"""

from itertools import pairwise

import numpy as np
import pandas as pd

from scripts.common.seeds import generator
from scripts.common.statistics import jackknife
from scripts.diffusion import magnets

BINS = 33
FLOORS = 400
PARTS = 64  # for the jackknife


def binned(shares):
    """Shares of all energies gathered in 33 bins, float64[..., 33]."""
    n = shares.shape[-1]
    edges = np.linspace(0, n, BINS + 1).round().astype(int)
    return np.stack([shares[..., a:b].sum(-1) for a, b in pairwise(edges)], -1)


def _energy_shares(spins):
    n = spins[0].size
    return np.bincount((magnets.energies(spins) + 2 * n) // 4, minlength=n + 1) / len(spins)


def observables(temperature, n):
    """Functions of the means e, |m|, e^2, m^2, m^4, by name."""
    return {
        "energy": lambda x: x[..., 0],
        "abs_magnetization": lambda x: x[..., 1],
        "susceptibility": lambda x: n / temperature * (x[..., 3] - x[..., 1] ** 2),
        "specific_heat": lambda x: n / temperature**2 * (x[..., 2] - x[..., 0] ** 2),
    }


def moments(spins):
    """The moments of `observables` of every configuration, float64[n, 5]."""
    return magnets.moments(magnets.energies(spins) / spins[0].size, spins.mean((1, 2), dtype=float))


def physics(data, made, seed):
    """The table `ising_physics.csv`."""
    size, rows = int(data["size"]), []
    for k, name in enumerate(data["temperatures"].tolist()):
        runs = [magnets.unpacked(run[k], size) for run in made["spins"]]
        tables = [magnets.parts(moments(run), PARTS) for run in runs]
        for observable, function in observables(float(name), size * size).items():
            found = [jackknife(table, function, bias_corrected=True) for table in tables]
            truth = jackknife(data["blocks"][k], function, bias_corrected=True)
            rows.append((name, observable, *_pooled(found), truth.value, truth.err))
        correlations = [magnets.parts(magnets.correlations(run), PARTS) for run in runs]
        for r in range(size // 2):
            found = [jackknife(table, lambda x, r=r: x[..., r]) for table in correlations]
            truth = jackknife(data["correlation"][k], lambda x, r=r: x[..., r])
            rows.append((name, f"correlation_{r + 1}", *_pooled(found), truth.value, truth.err))
        rows.append((name, "total_variation", *_excess(runs, data["energies"][k], name, seed)))
    names = ["T", "observable", "generated", "generated_err", "spread", "monte_carlo", "monte_carlo_err"]
    return pd.DataFrame(rows, columns=names)


def _pooled(found):
    """Mean over training seeds, its error from the samples, and the spread over seeds (nan with one)."""
    values = np.array([each.value for each in found])
    error = np.sqrt(sum(each.err**2 for each in found)) / len(found)
    return values.mean(), error, values.std(ddof=1) if len(found) > 1 else np.nan


def _excess(runs, shares, name, seed):
    """Total variation from the long chain above that of honest sets of this size; and its floor."""
    law = binned(shares)
    rng, n = generator(seed, "diffusion/tabulate", name), len(runs[0])
    honest = rng.multinomial(n, law, size=(2, FLOORS)) / n
    floor = 0.5 * np.abs(honest[0] - honest[1]).sum(1)
    other = honest[0]
    found = [0.5 * np.abs(binned(_energy_shares(run)) - other).sum(1).mean() - floor.mean() for run in runs]
    spread = np.std(found, ddof=1) if len(found) > 1 else np.nan
    return np.mean(found), floor.std() / np.sqrt(len(found)), spread, 0.0, floor.mean() / np.sqrt(FLOORS)


if __name__ == "__main__":
    from scripts.common.io import load_arrays
    from scripts.common.step import step
    from scripts.common.tables import read_table

    with step(snakemake) as (params, write):
        tables = [read_table(path) for path in snakemake.input.quality]
        data, made = load_arrays(snakemake.input.magnets), load_arrays(snakemake.input.generated)
        write(generation=pd.concat(tables, ignore_index=True), physics=physics(data, made, params.seed))
