"""Tables of what was learned: ``generation.csv`` of all sets, ``ising_physics.csv`` of the magnets.

Observables of a magnet, per spin: energy, |m|, susceptibility (<m^2> - <|m|>^2) N / T, specific heat,
correlation_r along the axes, plaquette (mean product of the four spins around one), and ``total_variation``:
of the energies in 33 bins from those of the long chain, minus the mean of that distance over sets of the same
size drawn from the chain's own law. ``filtered``: the same without a network.
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
    rows = []
    for k, name in enumerate(data["temperatures"].tolist()):
        for by, packed in (("network", made["spins"][:, k]), ("filter", made["filtered"][None, k])):
            runs = [magnets.unpacked(run, int(data["size"])) for run in packed]
            count = sum(len(run) for run in runs)
            rows += [(name, by, count, *row) for row in compared(runs, data, k, name, seed)]
    names = [
        "T",
        "by",
        "samples",
        "observable",
        "generated",
        "generated_err",
        "monte_carlo",
        "monte_carlo_err",
    ]
    return pd.DataFrame(rows, columns=names)


def compared(runs, data, k, name, seed):
    """Observables of magnets by training seed against the long chain of the k-th temperature, row by row."""
    n = runs[0][0].size
    tables = [magnets.parts(moments(run), PARTS) for run in runs]
    for observable, function in observables(float(name), n).items():
        found = [jackknife(table, function, bias_corrected=True) for table in tables]
        truth = jackknife(data["blocks"][k], function, bias_corrected=True)
        yield observable, *_pooled(found), truth.value, truth.err
    correlations = [magnets.parts(magnets.correlations(run), PARTS) for run in runs]
    last = correlations[0].shape[1] - 1
    for r in range(last + 1):
        found = [jackknife(table, lambda x, r=r: x[..., r]) for table in correlations]
        truth = jackknife(data["correlation"][k], lambda x, r=r: x[..., r])
        yield f"correlation_{r + 1}" if r < last else "plaquette", *_pooled(found), truth.value, truth.err
    yield "total_variation", *_excess(runs, data["energies"][k], name, seed)


def _pooled(found):
    """Mean over training seeds, and its error: from the samples and from the spread over seeds, if any."""
    values = np.array([each.value for each in found])
    error = np.sqrt(sum(each.err**2 for each in found)) / len(found)
    return values.mean(), np.hypot(error, values.std(ddof=1)) if len(found) > 1 else error


def _excess(runs, shares, name, seed):
    """Total variation from the long chain above that of honest sets of this size; and its floor."""
    law = binned(shares)
    rng, n = generator(seed, "diffusion/tabulate", name), len(runs[0])
    honest = rng.multinomial(n, law, size=(2, FLOORS)) / n
    floor = 0.5 * np.abs(honest[0] - honest[1]).sum(1)
    other = honest[0]
    found = [0.5 * np.abs(binned(_energy_shares(run)) - other).sum(1).mean() - floor.mean() for run in runs]
    spread = np.std(found, ddof=1) if len(found) > 1 else 0.0
    error = np.hypot(floor.std() / np.sqrt(len(found)), spread)
    return np.mean(found), error, 0.0, floor.mean() / np.sqrt(FLOORS)


if __name__ == "__main__":
    from scripts.common.io import load_arrays
    from scripts.common.step import step
    from scripts.common.tables import read_table

    with step(snakemake) as (params, write):
        tables = [read_table(path) for path in snakemake.input.quality]
        data, made = load_arrays(snakemake.input.magnets), load_arrays(snakemake.input.generated)
        write(generation=pd.concat(tables, ignore_index=True), physics=physics(data, made, params.seed))
