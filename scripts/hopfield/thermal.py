"""Heat-bath runs: a map of the retrieval overlap over load and temperature, and points for the claims.

Arrays written, for n_a loads, n_T temperatures, n_p points and R pattern sets:

- ``map_size``; ``map_loads`` float64[n_a], ``map_temperatures`` float64[n_T]
- ``map_overlaps`` float64[R, n_T, n_a]: time averages from a stored pattern
- ``size``; ``points`` float64[n_p, 2]: load (as run) and temperature
- ``overlaps``, ``energies`` float64[R', n_p]: time averages from a stored pattern
- ``high_temperature``, ``high_energies`` float64[R']: from random states above T_g, at load 0.1
- ``glass_temperatures`` float64[2], ``persistence`` float64[R', 2]: overlap of a state with itself
  ``PAUSE`` sweeps later, from random starts at load 0.5, below and above T_g
"""

import numpy as np

from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.hopfield.kernels import packed
from scripts.hopfield.kernels.patterns import random_patterns
from scripts.hopfield.samples import pattern_count

POINTS = ((0.05, 0.20), (0.05, 0.50), (0.10, 0.20), (0.07, 0.30), (0.05, 0.60))
HIGH = (0.10, 2.00)  # load and temperature in the paramagnetic phase, T_g = 1.316
GLASS_LOAD, GLASS_TEMPERATURES = 0.5, (0.6, 3.0)  # T_g = 1.707
PAUSE = 50


def averaged(patterns, count, temperature, sweeps, rng, spins=None):
    """Overlap and energy per unit over the second half of a run.

    Parameters
    ----------
    patterns : Patterns
    count : int
        Patterns stored.
    temperature : float
    sweeps : int
    rng : numpy.random.Generator
    spins : int8[N], optional
        Start; pattern 0 by default.

    Returns
    -------
    overlap, energy : float
    """
    net = packed.network(patterns, count)
    state = packed.state(net, packed.condensed_spins(net) if spins is None else spins)
    _, record = packed.heat_bath(net, state, temperature, sweeps, rng)
    kept = record[sweeps // 2 :].mean(axis=0) / patterns.n_units
    return kept[1], kept[0] / patterns.n_units


def overlap_map(size, loads, sweeps, samples, temperatures, seed):
    """Retrieval overlap over the plane, the arrays ``map_*``; each set serves all its points."""
    counts = [pattern_count(load, size) for load in loads]
    table = np.empty((samples, len(temperatures), len(counts)))
    for k in progress(range(samples), "phase diagram"):
        patterns = random_patterns(size, max(counts), seed, "hopfield/map", f"N={size}", f"{k}")
        for i, T in enumerate(temperatures):
            for j, count in enumerate(counts):
                rng = generator(seed, "hopfield/map", f"N={size}", f"P={count}", f"T={T}", f"{k}")
                table[k, i, j] = averaged(patterns, count, float(T), sweeps, rng)[0]
    plane = {"map_size": size, "map_loads": np.array(counts) / size}
    return plane | {"map_temperatures": np.array(temperatures, float), "map_overlaps": table}


def points(size, sweeps, samples, seed):
    """Size, points, and overlaps and energies at `POINTS`."""
    rows = []
    for k in progress(range(samples), "heat bath"):
        row = []
        for load, T in POINTS:
            label = ("hopfield/points", f"N={size}", f"a={load}", f"T={T}", f"{k}")
            count = pattern_count(load, size)
            patterns = random_patterns(size, count, seed, *label)
            row.append(averaged(patterns, count, T, sweeps, generator(seed, *label, "heat bath")))
        rows.append(row)
    overlaps, energies = np.moveaxis(np.array(rows), -1, 0)
    places = np.array([(pattern_count(load, size) / size, T) for load, T in POINTS])
    return {"size": size, "points": places, "overlaps": overlaps, "energies": energies}


def high_energies(size, sweeps, samples, seed):
    """Energies per unit above T_g from random states."""
    energies = []
    for k in range(samples):
        label = ("hopfield/high", f"N={size}", f"{k}")
        rng, count = generator(seed, *label, "heat bath"), pattern_count(HIGH[0], size)
        start = 2 * rng.integers(0, 2, size).astype(np.int8) - 1
        patterns = random_patterns(size, count, seed, *label)
        energies.append(averaged(patterns, count, HIGH[1], sweeps, rng, start)[1])
    return np.array(energies)


def persistence(size, sweeps, samples, seed):
    """Overlap of a state with itself `PAUSE` sweeps later, below and above T_g, float64[samples, 2]."""
    table = np.empty((samples, 2))
    count = pattern_count(GLASS_LOAD, size)
    for k in range(samples):
        patterns = random_patterns(size, count, seed, "hopfield/glass", f"N={size}", f"{k}")
        for i, T in enumerate(GLASS_TEMPERATURES):
            rng = generator(seed, "hopfield/glass", f"N={size}", f"T={T}", f"{k}")
            start = 2 * rng.integers(0, 2, size).astype(np.int8) - 1
            net = packed.network(patterns, count)
            state, _ = packed.heat_bath(net, packed.state(net, start), T, sweeps, rng)
            before = state.spins.copy()
            state, _ = packed.heat_bath(net, state, T, PAUSE, rng)
            table[k, i] = before.astype(float) @ state.spins / size
    return table


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        long, seed = params.thermal, params.seed
        short = long | {"size": min(long["size"], 4000)}
        plane = overlap_map(**params.phase_diagram, temperatures=params.temperatures, seed=seed)
        high = {"high_temperature": HIGH[1], "high_energies": high_energies(**long, seed=seed)}
        glass = {"glass_temperatures": np.array(GLASS_TEMPERATURES)}
        glass["persistence"] = persistence(**short, seed=seed)
        write(plane | points(**long, seed=seed) | high | glass)
