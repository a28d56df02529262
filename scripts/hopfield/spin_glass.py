"""The network as a spin glass: the same energies, and the Sherrington-Kirkpatrick limit of many patterns.

Tables: ``isomorphism.csv`` (largest difference of energies over all states), ``levels.csv`` (how many states
have which energy), ``glass_energy.csv`` and ``glass_limit.csv`` (energy per unit at the end of greedy
descent, divided by sqrt(alpha), against SK couplings).
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.fits import linear_fit
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.hopfield.kernels import matrix
from scripts.hopfield.stability import signs

UNITS, PATTERNS = 16, 5
SIZE = 400
LOADS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


def all_states(n):
    """The 2^n states as int64[2^n, n] of +1 and -1."""
    return 1 - 2 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)


def network_energies(patterns, states):
    """N times the energy from overlaps, -1/2 (sum_mu M_mu^2 - N P), int64."""
    overlaps = states @ patterns.T.astype(np.int64)
    return -((overlaps**2).sum(axis=1) - patterns.size) // 2


def spin_glass_energies(couplings, states):
    """The Hamiltonian -sum_{i<j} J_ij s_i s_j of a spin glass, bond by bond, int64."""
    energies = np.zeros(len(states), np.int64)
    for i in range(states.shape[1]):
        for j in range(i + 1, states.shape[1]):
            energies -= couplings[i, j] * states[:, i] * states[:, j]
    return energies


def isomorphism_tables(seed):
    """Largest differences over all states, with J = W and with the diagonal left in; and the levels."""
    patterns = signs(generator(seed, "hopfield/isomorphism"), PATTERNS, UNITS)
    states = all_states(UNITS)
    couplings = patterns.T.astype(np.int64) @ patterns
    network, glass = network_energies(patterns, states), spin_glass_energies(couplings, states)
    with_diagonal = -np.einsum("ki,ij,kj->k", states, couplings, states) / 2
    row = {"N": UNITS, "P": PATTERNS, "n_states": len(states)}
    row["difference"] = np.abs(network - glass).max() / UNITS
    row["difference_with_diagonal"] = np.abs(with_diagonal - glass).max() / UNITS
    row |= {"minima_network": _minima(network, states), "minima_glass": _minima(glass, states)}
    levels = np.union1d(network, glass)
    counts = [[int((energies == level).sum()) for level in levels] for energies in (network, glass)]
    table = pd.DataFrame({"energy": levels / UNITS**2, "network": counts[0], "spin_glass": counts[1]})
    return pd.DataFrame([row]), table


def _minima(energies, states):
    """States that no single flip lowers."""
    index = np.arange(len(states))
    flips = np.stack([energies[index ^ (1 << i)] for i in range(states.shape[1])])
    return int((energies <= flips.min(axis=0)).sum())


def descended_energy(couplings, rng):
    """Energy per unit at the end of greedy descent from a random state."""
    spins = signs(rng, len(couplings))
    matrix.greedy(couplings, spins, couplings @ spins)
    return matrix.energy(couplings, spins.astype(float)) / len(spins)


def glass_table(samples, seed):
    """Rows of ``glass_energy.csv``: loads, infinity for SK, and the extrapolation in alpha^(-1/2)."""
    rows = []
    for load in progress((*LOADS, np.inf), "glass"):
        energies = []
        for k in range(samples):
            rng = generator(seed, "hopfield/glass_energy", f"a={load}", f"{k}")
            energies.append(descended_energy(_scaled(load, rng), rng))
        row = {"N": SIZE, "alpha": load} | pairs(energy=replica_mean(energies))
        rows.append(row | {"n_samples": samples})
    table = pd.DataFrame(rows)
    return table, extrapolated(table)


def _scaled(load, rng):
    """Couplings with variance 1/N: Hebb's over sqrt(alpha), or Gaussian (SK)."""
    if np.isinf(load):
        upper = np.triu(rng.standard_normal((SIZE, SIZE)) / np.sqrt(SIZE), 1)
        return upper + upper.T
    patterns = signs(rng, round(load * SIZE), SIZE)
    return matrix.hebb(patterns) / (SIZE * np.sqrt(load))


def extrapolated(table):
    """The limit of many patterns: a fit of c0 + c1 x + c2 x^2 in x = alpha^(-1/2), one row."""
    rows = table[np.isfinite(table["alpha"])]
    design = np.vander(rows["alpha"].to_numpy() ** -0.5, 3, increasing=True)
    fit = linear_fit(design, rows["energy"], rows["energy_err"], ["limit", "c1", "c2"])
    return pd.DataFrame([fit.row()])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        same, levels = isomorphism_tables(params.seed)
        table, limit = glass_table(params.samples, params.seed)
        write(isomorphism=same, levels=levels, glass=table, limit=limit)
