"""The two phases of the q = 10 Potts model at its transition temperature.

k_B = 1, E = -sum_<ij> delta(s_i, s_j), T_t = 1 / ln(1 + sqrt q). Half of the chains start ordered, half
disordered; a large lattice stays in the phase where it started, a small one goes back and forth.
Either way a configuration is counted to a phase by its energy: the phases are told apart at
e = -(1 + 1/sqrt q), halfway between them.

Arrays written, for each size L, 32 chains and separations r = 0 .. L/2:

- ``sizes`` int64[...]
- ``counts_L{L}`` int64[2, 32]: measurements in the ordered and in the disordered phase
- ``energies_L{L}`` float64[2, 32]: sum of their energies per site
- ``rows_L{L}`` float64[32, L/2 + 1]: sum over the disordered measurements of the zero-momentum correlation,
  sum_y <(q delta - 1) / (q - 1)> between rows at distance r
"""

import math

import numpy as np

from scripts.common.lattice.streams import stream
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.ising.kernels.potts import cluster

STATES = 10
TEMPERATURE = 1 / math.log1p(math.sqrt(STATES))
BORDER = -(1 + 1 / math.sqrt(STATES))  # energy per site between the phases
CHAINS = 32
EVERY = 5  # sweeps between measurements; tau is above 20
EQUILIBRATION = 400
REFERENCE_SIZE = 96


def phases(sizes, sweeps, seed):
    """Run all chains of all sizes.

    Parameters
    ----------
    sizes : sequence of int
        Even edge lengths.
    sweeps : int
        Measured sweeps of each chain at L = 96. Others take 96 / L times as many: a small lattice
        averages less by itself.
    seed : int

    Returns
    -------
    dict of str to array
        See the module's docstring.
    """
    arrays = {"sizes": np.array(sizes)}
    for size in progress(sizes, "Potts model"):
        n = EVERY * math.ceil(sweeps * REFERENCE_SIZE / size / EVERY)
        chains = [_chain(size, chain, n, seed) for chain in range(CHAINS)]
        counts, energies, rows = (np.array(each) for each in zip(*chains, strict=True))
        arrays |= {f"counts_L{size}": counts.T, f"energies_L{size}": energies.T, f"rows_L{size}": rows}
    return arrays


def _chain(size, chain, sweeps, seed):
    """Sums of one chain; every other one starts disordered."""
    label = ("ising/potts", f"L={size}", f"chain={chain}")
    colors, state = start(size, chain % 2 == 1, seed, *label), stream(seed, *label)
    cluster.simulate(colors, state, STATES, TEMPERATURE, EQUILIBRATION, EQUILIBRATION)
    return in_phases(cluster.simulate(colors, state, STATES, TEMPERATURE, sweeps, EVERY), size)


def start(size, disordered, seed, *label):
    """Colors, uint8[L, L]: all alike, or all at random."""
    if disordered:
        return generator(seed, *label, "start").integers(0, STATES, (size, size), dtype=np.uint8)
    return np.zeros((size, size), dtype=np.uint8)


def in_phases(series, size):
    """Sums of one chain over each phase.

    Parameters
    ----------
    series : PottsSeries
    size : int

    Returns
    -------
    counts : int64[2]
    energies : float64[2]
    rows : float64[L/2 + 1]
    """
    energy, correlation = series.energy / size**2, series.correlation / (2 * size**2)
    disordered = energy > BORDER
    sides = ~disordered, disordered
    counts = np.array([np.count_nonzero(side) for side in sides])
    rows = correlation[disordered].sum(axis=0)[: size // 2 + 1]
    return counts, np.array([energy[side].sum() for side in sides]), rows


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(phases(params.sizes, params.sweeps, params.seed))
