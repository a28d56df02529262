"""The run before the sampling: equilibrium, and how long |m| of multispin Metropolis remembers."""

import numpy as np

from scripts.common.io import InputError
from scripts.common.statistics import AutocorrelationError, integrated_autocorrelation_time
from scripts.ising.kernels import multispin

LONGEST = 4  # runs joined at most: 20 tau do not fit into them only where equilibration has less than 5 tau


def equilibrated(size, temperature, sweeps, seed, *label):
    """64 lattices in equilibrium, from the ordered state, and their autocorrelation time.

    Parameters
    ----------
    size : int
    temperature : str
    sweeps : int
        To equilibrate; then as many to measure tau, joined by up to three times more if its tau is long.
    seed, *label
        Of `multispin.random_state`.

    Returns
    -------
    lattice : multispin.Lattice
    state : random state of `multispin`
    AutocorrelationTime
        ``tau`` and ``err`` of |m|, in sweeps.

    Raises
    ------
    InputError
        If four runs are too short for tau: then the lattice is not in equilibrium either.
    """
    lattice, state = multispin.ordered_lattice(size), multispin.random_state(seed, *label)
    multispin.simulate(lattice, state, float(temperature), n_sweeps=sweeps, measure_every=0)
    series = np.empty((0, 64))
    for _ in range(LONGEST):
        _, magnetization = multispin.simulate(lattice, state, float(temperature), n_sweeps=sweeps)
        series = np.concatenate([series, np.abs(magnetization)])
        try:
            return lattice, state, integrated_autocorrelation_time(series)
        except AutocorrelationError as error:
            tau = error.tau
    raise InputError(
        f"ising.equilibration: {sweeps} sweeps are too few for L = {size} at T = {temperature}, "
        f"where the autocorrelation time is about {tau:.3g} sweeps; allowed: about {20 * tau:.0f} or more"
    )
