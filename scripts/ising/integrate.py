r"""Free energy and entropy by thermodynamic integration: ``free_energy.csv`` and ``integrand.csv``.

J = k_B = 1, h = 0, beta = 1/T, per spin. At beta = 0 all states are equally likely, and
d ln Z / d beta = -<E>, so

    ln Z / N = ln 2 - int_0^beta e(b) db,   f = -T ln Z / N,   s = ln Z / N + beta e.

The integral runs over 16 panels in beta, of which T_c is an edge, for there e(b) is almost
singular. Each has the five nodes of the Gauss-Lobatto rule, exact up to degree 7, and shares its edges
with its neighbors. e(0) = 0 needs no simulation, so 64 inverse temperatures remain: one for each bit of a
word. Independent words, the streams, give the errors, also of energy and integral together.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.statistics import replica_mean
from scripts.ising.kernels import multispin
from scripts.ising.pilot import started
from scripts.ising.theory import kaufman
from scripts.ising.theory.onsager import critical_temperature

# The right edges of the panels, from hot to cold, narrower towards T_c.
TEMPERATURES = (10.0, 5.0, 3.5, 3.0, 2.6, 2.4, 2.31, critical_temperature(),
                2.23, 2.15, 2.07, 2.0, 1.8, 1.5, 1.0, 0.6)  # fmt: skip
NODES = np.array([-1, -np.sqrt(3 / 7), 0, np.sqrt(3 / 7), 1])  # on [-1, 1]
WEIGHTS = np.array([9, 49, 64, 49, 9]) / 180  # of the mean over [-1, 1]
PIECE = 1 << 14  # sweeps whose measurements are in memory at a time


def inverse_temperatures():
    """The 64 nodes beta > 0 of all panels, ascending: float64[64]; every fourth is an edge."""
    edges = np.concatenate([[0.0], 1 / np.array(TEMPERATURES)])
    middle, half = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / 2
    nodes = middle[:, None] + half[:, None] * NODES[1:]
    nodes[:, -1] = edges[1:]  # to the last bit
    return nodes.ravel()


def log_partition_function(energies):
    """ln Z / N at the edges from energies at the nodes.

    Parameters
    ----------
    energies : float64[..., 64]
        Energy per spin at `inverse_temperatures`.

    Returns
    -------
    float64[..., 16]
        At `TEMPERATURES`.
    """
    energies = np.asarray(energies, dtype=float)
    panels = energies.reshape(*energies.shape[:-1], len(TEMPERATURES), len(NODES) - 1)
    left = np.concatenate([np.zeros_like(panels[..., :1, -1]), panels[..., :-1, -1]], axis=-1)
    lengths = np.diff(1 / np.array(TEMPERATURES), prepend=0.0)
    integrals = lengths * (WEIGHTS[0] * left + panels @ WEIGHTS[1:])
    return np.log(2) - np.cumsum(integrals, axis=-1)


def quadrature_error(size):
    """ln Z / N by `log_partition_function` from Kaufman's energies, less Kaufman's: float64[16]."""
    T = np.array(TEMPERATURES)
    exact = kaufman.log_partition_function(size, T) / size**2
    return log_partition_function(kaufman.energy(size, 1 / inverse_temperatures())) - exact


def measured_energies(size, streams, sweeps, equilibration, seed):
    """Energy per spin at the 64 inverse temperatures from independent words.

    Parameters
    ----------
    size : int
        Edge length L.
    streams : int
        Number of words, each with 64 lattices.
    sweeps, equilibration : int
        Measured sweeps of each lattice, and sweeps before, from the ordered state.
    seed : int

    Returns
    -------
    float64[streams, 64]
    """
    named = progress(range(streams), f"L = {size}, 64 temperatures")
    return np.array([_stream(size, sweeps, equilibration, seed, f"stream={i}") for i in named])


def _stream(size, sweeps, equilibration, seed, stream):
    T = 1 / inverse_temperatures()
    grid = "T=" + ",".join(str(t) for t in TEMPERATURES)
    lattice, state = started(size, T, equilibration, seed, "ising/integrate", f"L={size}", grid, stream)
    pieces = [min(PIECE, sweeps - done) for done in range(0, sweeps, PIECE)]
    energies = (multispin.simulate(lattice, state, T, n_sweeps=n)[0] for n in pieces)
    total = sum(each.sum(axis=0, dtype=np.int64) for each in energies)
    return total / (sweeps * size**2)


def integrand(size, energies):
    """The measured energies at all nodes.

    Parameters
    ----------
    size : int
    energies : float64[streams, 64]
        From `measured_energies`.

    Returns
    -------
    pandas.DataFrame
        Columns L, T, beta, energy, energy_err, energy_exact (Kaufman).
    """
    beta = inverse_temperatures()
    columns = {"L": size, "T": 1 / beta, "beta": beta} | pairs(energy=replica_mean(energies))
    return pd.DataFrame(columns | {"energy_exact": kaufman.energy(size, 1 / beta)})


def free_energy(size, energies):
    """Free energy, energy and entropy per spin at the edges, beside Kaufman's.

    Parameters
    ----------
    size, energies
        As for `integrand`.

    Returns
    -------
    pandas.DataFrame
        Columns L, T, streams, then log_z, free_energy, energy, entropy, each with ``_err`` and
        ``_exact``, and quadrature_error (of log_z).
    """
    T = np.array(TEMPERATURES)
    log_z, energy = log_partition_function(energies), energies[:, 3::4]
    found = {"log_z": log_z, "free_energy": -T * log_z, "energy": energy, "entropy": log_z + energy / T}
    exact = {
        "log_z": kaufman.log_partition_function(size, T) / size**2,
        "free_energy": kaufman.free_energy(size, T),
        "energy": kaufman.energy(size, T),
        "entropy": kaufman.entropy(size, T),
    }
    columns = {"L": size, "T": T, "streams": len(energies)}
    for name, values in found.items():
        columns |= pairs(**{name: replica_mean(values)}) | {f"{name}_exact": exact[name]}
    return pd.DataFrame(columns | {"quadrature_error": quadrature_error(size)})


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        plan = params.streams, params.sweeps, params.equilibration, params.seed
        energies = measured_energies(params.size, *plan)
        write(integrand=integrand(params.size, energies), free_energy=free_energy(params.size, energies))
