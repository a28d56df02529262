"""Independent Ising configurations for other experiments, at any (L, T) that a rule asks for.

Arrays written:

- ``size``, ``temperature`` str
- ``configurations`` uint8[n, ceil(L*L/8)]: one bit per spin, 1 is up, row by row, most
  significant bit first (``numpy.unpackbits(..., axis=1, count=L*L)`` undoes it). Rows
  i, i + 64, i + 128, ... come from one replica.
- ``spacing``: sweeps between two configurations of a replica, at least 5 ``tau``
- ``tau`` float64[2]: autocorrelation time of |m| in sweeps, and its error
"""

import numpy as np

from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.ising.kernels import multispin
from scripts.ising.pilot import equilibrated

SPACING = 5.0  # in tau: rho(5 tau) = e^-5, below 1 %
REPLICAS = 64


def configurations(size, temperature, number, equilibration, seed):
    """Sample configurations by multispin Metropolis.

    Each is turned over with probability 1/2, a symmetry at h = 0: the sign of m,
    which takes the longest to change, is then independent from one to the next.

    Parameters
    ----------
    size : int
        Even edge length L >= 4.
    temperature : str
    number : int
        Configurations wanted.
    equilibration : int
        Sweeps before the first measurement, and of the run that measures tau.
    seed : int

    Returns
    -------
    dict of str to array
        See the module's docstring.

    Raises
    ------
    InputError
        If ``equilibration`` is too short for the autocorrelation time.
    """
    label = ("ising/configurations", f"L={size}", f"T={temperature}")
    lattice, state, time = equilibrated(size, temperature, equilibration, seed, *label)
    spacing = int(np.ceil(SPACING * time.tau))
    signs = generator(seed, *label, "signs")
    rounds = -(-number // REPLICAS)
    packed = []
    for _ in progress(range(rounds), f"configurations L = {size}, T = {temperature}"):
        multispin.simulate(lattice, state, float(temperature), n_sweeps=spacing, measure_every=0)
        up = multispin.spins(lattice).reshape(REPLICAS, -1) > 0
        packed.append(np.packbits(up ^ signs.integers(0, 2, (REPLICAS, 1), dtype=bool), axis=1))
    return {
        "size": size,
        "temperature": temperature,
        "configurations": np.concatenate(packed)[:number],
        "spacing": spacing,
        "tau": np.array([time.tau, time.err]),
    }


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        point = snakemake.wildcards
        write(configurations(int(point.L), point.T, params.number, params.equilibration, params.seed))
