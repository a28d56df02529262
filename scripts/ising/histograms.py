"""How often each energy occurs at the transition: the Ising model, and the q = 10 Potts model.

k_B = 1; Ising E = -sum_<ij> s_i s_j with J = 1, at T_c; Potts E = -sum_<ij> delta(s_i, s_j) near T_t.
At T_t each ordered phase of the Potts model weighs as much as the disordered one; all q together do so
where e^(N (beta - beta_t) l) = 1/q with the latent heat l per site (C. Borgs and R. Kotecky,
J. Stat. Phys. 61, 79 (1990), doi:10.1007/BF01013955). There it is simulated.

Arrays written:

- ``ising_sizes``, ``potts_sizes`` int64[...]
- ``ising_L{L}`` float64[16, N + 1]: share of the measurements with E = -2 N + 4 j, in 16 groups of replicas
- ``potts_L{L}`` float64[32, 2 N + 1]: canonical weight of E = -j, in 32 blocks of one long run
- ``potts_beta`` float64[...]: the inverse temperatures of the Potts model
- ``crossings`` int64[...]: how often each of its runs went from one phase to the other
"""

import math

import numpy as np

from scripts.common.lattice.streams import stream
from scripts.common.progress import progress
from scripts.ising.kernels import multispin
from scripts.ising.kernels.potts import multicanonical
from scripts.ising.pilot import started
from scripts.ising.potts import STATES, start
from scripts.ising.theory.onsager import critical_temperature
from scripts.ising.theory.potts import latent_heat, transition_temperature

GROUPS = 16
BLOCKS = 32
WINDOW = (-1.75, -0.88)  # energies per site that are made equally likely: both phases and all between
SHARE = 5  # this part of each run comes before, for equilibrium or to learn the weights


def histograms(ising_sizes, potts_sizes, sweeps, seed):
    """Energy histograms of all sizes.

    Parameters
    ----------
    ising_sizes, potts_sizes : sequence of int
        Even edge lengths.
    sweeps : int
        Measured sweeps of the Potts model, rounded up to a multiple of 32; each of 64 Ising lattices
        takes a sixteenth of that.
    seed : int

    Returns
    -------
    dict of str to array
        See the module's docstring.
    """
    arrays = {"ising_sizes": np.array(ising_sizes), "potts_sizes": np.array(potts_sizes)}
    for size in progress(ising_sizes, "Ising energies"):
        arrays[f"ising_L{size}"] = ising_weights(size, -(-sweeps // GROUPS), seed)
    arrays["potts_beta"] = np.array([equal_weight_beta(size) for size in potts_sizes])
    crossings = []
    for size, beta in zip(progress(potts_sizes, "Potts energies"), arrays["potts_beta"], strict=True):
        arrays[f"potts_L{size}"], crossed = potts_weights(size, beta, BLOCKS * -(-sweeps // BLOCKS), seed)
        crossings.append(crossed)
    return arrays | {"crossings": np.array(crossings, dtype=int)}


def equal_weight_beta(size):
    """beta where the disordered phase weighs as much as the q ordered ones together, to leading order."""
    shift = math.log(STATES) / (size**2 * latent_heat(STATES))
    return 1 / transition_temperature(STATES) - shift


def ising_weights(size, sweeps, seed):
    """Shares of the energies at T_c, in 16 groups of 4 replicas: float64[16, N + 1]."""
    T, n = critical_temperature(), size**2
    lattice, state = started(size, T, sweeps // SHARE, seed, "ising/histograms", "ising", f"L={size}")
    energy, _ = multispin.simulate(lattice, state, T, n_sweeps=sweeps)
    groups = ((energy + 2 * n) // 4).T.reshape(GROUPS, -1)
    return np.array([np.bincount(group, minlength=n + 1) for group in groups]) / groups.shape[1]


def potts_weights(size, beta, sweeps, seed):
    """Canonical weights of the energies, float64[32, 2 N + 1], and the crossings of the run."""
    label = ("ising/histograms", "potts", f"L={size}")
    colors, state = start(size, True, seed, *label), stream(seed, *label)
    flat = multicanonical.flat_histogram(colors, state, STATES, 1 / beta, WINDOW, sweeps // SHARE, sweeps)
    return multicanonical.canonical_histogram(flat, 1 / beta), flat.crossings


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(histograms(params.ising_sizes, params.potts_sizes, params.sweeps, params.seed))
