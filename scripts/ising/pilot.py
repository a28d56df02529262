"""The run before the sampling: equilibrium, how long multispin Metropolis remembers, what is too short."""

import numpy as np

from scripts.common.io import InputError
from scripts.common.statistics import AutocorrelationError, integrated_autocorrelation_time
from scripts.ising.kernels import multispin

TAU_REPLICAS = 16  # as many as a tau good to some per cent needs; all 64 would cost more than the sweeps
LEAST_TAUS = 30  # per replica: what each must run so that its mean is that of equilibrium
LONGEST = 4  # runs joined at most: 20 tau do not fit into them only where equilibration has less than 5 tau


def started(size, temperature, sweeps, seed, *label):
    """64 lattices after so many sweeps from the ordered state: below T_c random starts freeze into stripes.

    Parameters
    ----------
    size : int
        Even edge length L >= 4.
    temperature : float or float64[64]
    sweeps : int
    seed, *label
        Of `multispin.random_state`.

    Returns
    -------
    lattice : scripts.ising.kernels.multispin.layout.Lattice
    state : random state of `multispin`
    """
    lattice, state = multispin.ordered_lattice(size), multispin.random_state(seed, *label)
    multispin.simulate(lattice, state, temperature, n_sweeps=sweeps, measure_every=0)
    return lattice, state


def remembered(series, key, place):
    """Autocorrelation time of a run, from 16 of its replicas; refused if the run is too short for it.

    Parameters
    ----------
    series : float64[n, R]
        One measurement a sweep.
    key, place : str
        What the user may change, and where this is.

    Returns
    -------
    AutocorrelationTime

    Raises
    ------
    InputError
        One line that names the key, the place, the time and the number of sweeps to ask for.
    """
    try:
        time = integrated_autocorrelation_time(series[:, :TAU_REPLICAS])
        if len(series) < LEAST_TAUS * time.tau:
            raise AutocorrelationError(time.tau, len(series), LEAST_TAUS)
    except AutocorrelationError as error:
        least = int(np.ceil(1.5 * LEAST_TAUS * error.tau))
        raise InputError(
            f"{key}: runs of {len(series)} are too short for {place}, where the autocorrelation time is "
            f"about {error.tau:.3g} sweeps; allowed: about {least} or more"
        ) from error
    return time


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
    lattice : scripts.ising.kernels.multispin.layout.Lattice
    state : random state of `multispin`
    AutocorrelationTime
        ``tau`` and ``err`` of |m|, in sweeps.

    Raises
    ------
    InputError
        If four runs are too short for tau: then the lattice is not in equilibrium either.
    """
    lattice, state = started(size, float(temperature), sweeps, seed, *label)
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
