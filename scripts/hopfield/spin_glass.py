"""The network as a spin glass: the same energies, and the Sherrington-Kirkpatrick limit of many patterns.

Tables: ``isomorphism.csv`` (largest difference of energies over all states), ``levels.csv`` (how many states
have which energy), ``glass_energy.csv`` and ``glass_limit.csv`` (energy per unit at the end of greedy
descent, divided by sqrt(alpha), against SK couplings).
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.enumeration import energies, spins
from scripts.common.fits import linear_fit
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.hopfield.kernels import matrix
from scripts.hopfield.kernels import states as network_states
from scripts.hopfield.stability import signs

UNITS, PATTERNS = 16, 5
OFF = 1.01  # the control: couplings that are wrong by one per cent
SIZE = 400
LOADS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)


def isomorphism_tables(seed):
    """Largest difference over all states with J = W, fixed points and local minima; and the levels.

    The Hamiltonian -sum_{i<j} J_ij s_i s_j is that of `scripts.common.enumeration`. For the control the
    couplings to the first unit are 1 % too strong.
    """
    patterns = signs(generator(seed, "hopfield/isomorphism"), PATTERNS, UNITS)
    states = spins(np.arange(2**UNITS), UNITS)
    couplings = patterns.T.astype(float) @ patterns - PATTERNS * np.eye(UNITS)
    faulty = couplings.copy()
    faulty[0], faulty[:, 0] = OFF * couplings[0], OFF * couplings[:, 0]
    network = network_states.energies(patterns, states)
    glass, off = (energies(each, np.zeros(UNITS)) for each in (couplings, faulty))
    row = {"N": UNITS, "P": PATTERNS, "n_states": len(states)}
    row["difference"] = np.abs(network - glass).max() / UNITS
    row["difference_off"] = np.abs(network - off).max() / UNITS
    row["fixed_points"] = int(network_states.are_fixed(patterns, states).sum())
    row["minima"] = _minima(glass)
    levels = np.union1d(network, glass)
    counts = [[int((found == level).sum()) for level in levels] for found in (network, glass)]
    table = pd.DataFrame({"energy": levels / UNITS**2, "network": counts[0], "spin_glass": counts[1]})
    return pd.DataFrame([row]), table


def _minima(found):
    """States, numbered by their bits, that no single flip lowers."""
    index = np.arange(len(found))
    flips = np.stack([found[index ^ (1 << i)] for i in range(UNITS)])
    return int((found <= flips.min(axis=0)).sum())


def descended_energy(couplings, rng):
    """Energy per unit at the end of greedy descent from a random state."""
    state = signs(rng, len(couplings))
    matrix.greedy(couplings, state, couplings @ state)
    return matrix.energy(couplings, state.astype(float)) / len(state)


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
    return pd.DataFrame([pairs(**{name: fit[name] for name in fit.names})])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        same, levels = isomorphism_tables(params.seed)
        table, limit = glass_table(params.samples, params.seed)
        write(isomorphism=same, levels=levels, glass=table, limit=limit)
