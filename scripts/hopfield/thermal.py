"""Heat-bath runs: a map of the retrieval overlap over load and temperature, and points for the claims.

Arrays written, for n_a loads, n_T temperatures, n_p points and R pattern sets:

- ``map_size``; ``map_loads`` float64[n_a], ``map_temperatures`` float64[n_T]
- ``map_overlaps`` float64[R, n_T, n_a]: time averages from a stored pattern
- ``size``; ``points`` float64[n_p, 2]: load (as run) and temperature
- ``overlaps``, ``energies`` float64[R', n_p]: time averages from a stored pattern
- ``high_temperature``, ``high_energies`` float64[R']: from random states above T_g, at load 0.1
- ``frozen_temperature``, ``persistence`` float64[R']: overlap of a state with itself ``PAUSE`` sweeps
  later, from random starts at load 0.5, below T_g
- ``melted_temperature``, ``replicas`` float64[R']: N q^2 of two replicas of a network, averaged over
  ``DRAWS`` pairs of states, at load 0.5, above T_g
"""

import numpy as np

from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.hopfield.kernels import packed
from scripts.hopfield.kernels.patterns import random_patterns
from scripts.hopfield.samples import pattern_count

# T_M(0.05) = 0.542 lies between the last two; 0.4635 is the control, 0.45 with a fault of 3 %.
POINTS = ((0.10, 0.20), (0.05, 0.50), (0.05, 0.4635), (0.05, 0.52), (0.05, 0.56))
HIGH = (0.10, 2.00)  # load and temperature in the paramagnetic phase, T_g = 1.316
GLASS_LOAD, FROZEN, MELTED = 0.5, 1.4, 2.2  # T_g = 1.707 lies between
GLASS_SIZE = 2000  # at most: N q^2 does not depend on it, and its scatter is no smaller for larger networks
PAUSE = 50
DRAWS, APART = 100, 5  # pairs of states, sweeps from one to the next


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
    """Overlap of a state with itself `PAUSE` sweeps later, below T_g, float64[samples]."""
    found = []
    for k in range(samples):
        net, (state,), rng = _molten(size, FROZEN, sweeps, seed, k, replicas=1)
        before = state.spins.copy()
        state, _ = packed.heat_bath(net, state, FROZEN, PAUSE, rng)
        found.append(before.astype(float) @ state.spins / size)
    return np.array(found)


def replica_overlaps(size, sweeps, samples, seed):
    """N q^2 of two replicas in the same network above T_g, float64[samples]."""
    found = []
    for k in range(samples):
        net, states, rng = _molten(size, MELTED, sweeps, seed, k, replicas=2)
        squares = []
        for _ in range(DRAWS):
            states = [packed.heat_bath(net, state, MELTED, APART, rng)[0] for state in states]
            squares.append((states[0].spins.astype(float) @ states[1].spins) ** 2 / size)
        found.append(np.mean(squares))
    return np.array(found)


def _molten(size, T, sweeps, seed, k, replicas):
    """A network, states of it after a run from random starts, and the random numbers to go on with."""
    count = pattern_count(GLASS_LOAD, size)
    patterns = random_patterns(size, count, seed, "hopfield/glass", f"N={size}", f"{k}")
    rng = generator(seed, "hopfield/glass", f"N={size}", f"T={T}", f"{k}")
    net = packed.network(patterns, count)
    starts = 2 * rng.integers(0, 2, (replicas, size)).astype(np.int8) - 1
    return net, [packed.heat_bath(net, packed.state(net, s), T, sweeps, rng)[0] for s in starts], rng


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        long, seed = params.thermal, params.seed
        short = long | {"size": min(long["size"], GLASS_SIZE)}
        plane = overlap_map(**params.phase_diagram, temperatures=params.temperatures, seed=seed)
        high = {"high_temperature": HIGH[1], "high_energies": high_energies(**long, seed=seed)}
        glass = {"frozen_temperature": FROZEN, "persistence": persistence(**short, seed=seed)}
        glass |= {"melted_temperature": MELTED, "replicas": replica_overlaps(**short, seed=seed)}
        write(plane | points(**long, seed=seed) | high | glass)
