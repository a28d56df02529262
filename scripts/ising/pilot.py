"""The run before the sampling: how long |m| of multispin Metropolis remembers."""

import numpy as np

from scripts.common.io import InputError
from scripts.common.statistics import AutocorrelationError, integrated_autocorrelation_time
from scripts.ising.kernels import multispin

LONGEST = 4  # runs joined at most: 20 tau do not fit into them only where equilibration has less than 5 tau


def measured_tau(lattice, state, temperature, sweeps):
    """Integrated autocorrelation time of |m| in sweeps, from a run as long as that needs.

    Parameters
    ----------
    lattice : multispin.Lattice
        In equilibrium; goes on, in place.
    state : random state of `multispin`
        Advanced in place.
    temperature : str
    sweeps : int
        Length of the run, joined by up to three more if it is too short for its tau.

    Returns
    -------
    AutocorrelationTime
        ``tau`` and ``err``.

    Raises
    ------
    InputError
        If four runs are too short: then the lattice was not in equilibrium either.
    """
    series = np.empty((0, 64))
    for _ in range(LONGEST):
        _, magnetization = multispin.simulate(lattice, state, float(temperature), n_sweeps=sweeps)
        series = np.concatenate([series, np.abs(magnetization)])
        try:
            return integrated_autocorrelation_time(series)
        except AutocorrelationError as error:
            tau = error.tau
    raise InputError(
        f"ising.equilibration: {sweeps} sweeps are too few for L = {lattice.size} at T = {temperature}, "
        f"where the autocorrelation time is about {tau:.3g} sweeps; allowed: about {20 * tau:.0f} or more"
    )
