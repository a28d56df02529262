"""Metropolis simulation of one lattice size at all temperatures, 64 replicas each.

Arrays written, for n temperatures and 64 replicas:

- ``size``, ``n_sweeps``: the edge length and the measured sweeps of each replica
- ``temperatures`` str[n]
- ``moments`` float64[n, 64, 9]: time averages, last axis in the order of `observables.MOMENTS`
- ``tau_energy``, ``tau_abs_magnetization`` float64[n, 2]: integrated autocorrelation
  time in sweeps, and its error
- ``snapshots`` uint8[n, L*L/8]: the last configuration of replica 0, one bit per spin
"""

import numpy as np

from scripts.common.io import InputError
from scripts.common.progress import progress
from scripts.common.statistics import AutocorrelationError, integrated_autocorrelation_time
from scripts.ising.kernels import multispin
from scripts.ising.observables import MOMENTS, moments_from_series

TAU_REPLICAS = (
    16  # as many series as a tau good to some per cent needs; all 64 would cost more than the sweeps
)
LEAST_TAUS = 30  # per replica: what each must run so that its mean is that of equilibrium


def simulate(size, temperatures, sweeps, equilibration, seed):
    """Simulate every temperature in a stream of its own.

    Parameters
    ----------
    size : int
        Even edge length L >= 4.
    temperatures : sequence of str
    sweeps, equilibration : int
        Measured sweeps of each replica, and sweeps before the first measurement.
    seed : int

    Returns
    -------
    dict of str to array
        See the module's docstring.

    Raises
    ------
    InputError
        If the autocorrelation time does not allow an error bar; the line names the
        temperature, the time and the number of sweeps to ask for.
    """
    named = progress(temperatures, f"L = {size}")
    points = [_point(size, temperature, sweeps, equilibration, seed) for temperature in named]
    arrays = {name: np.array([point[name] for point in points]) for name in points[0]}
    return {"size": size, "n_sweeps": sweeps, "temperatures": np.array(temperatures)} | arrays


def _point(size, temperature, sweeps, equilibration, seed):
    """Moments, autocorrelation times and a snapshot of one (L, T).

    All replicas start ordered: below T_c random starts freeze into stripes.
    """
    lattice = multispin.ordered_lattice(size)
    state = multispin.random_state(seed, "ising/simulate", f"L={size}", f"T={temperature}")
    multispin.simulate(lattice, state, float(temperature), n_sweeps=equilibration, measure_every=0)
    energy, magnetization = multispin.simulate(lattice, state, float(temperature), n_sweeps=sweeps)
    moments = moments_from_series(energy, magnetization)
    return {
        "moments": np.stack([moments[name] for name in MOMENTS], axis=-1),
        "tau_energy": _tau(energy, size, temperature),
        "tau_abs_magnetization": _tau(np.abs(magnetization), size, temperature),
        "snapshots": np.packbits(multispin.spins(lattice)[0].ravel() > 0),
    }


def _tau(series, size, temperature):
    """Integrated autocorrelation time and its error, refused if the run is too short for it."""
    try:
        time = integrated_autocorrelation_time(series[:, :TAU_REPLICAS])
        if len(series) < LEAST_TAUS * time.tau:
            raise AutocorrelationError(time.tau, len(series), LEAST_TAUS)
    except AutocorrelationError as error:
        least = int(np.ceil(1.5 * LEAST_TAUS * error.tau))
        raise InputError(
            f"ising.sweeps: {len(series)} are too few for L = {size} at T = {temperature}, where the "
            f"autocorrelation time is about {error.tau:.3g} sweeps; allowed: about {least} or more"
        ) from error
    return time.tau, time.err


if __name__ == "__main__":
    from scripts.common.io import job, save_arrays

    with job(snakemake):
        run = snakemake.params
        arrays = simulate(
            int(snakemake.wildcards.L), run.temperatures, run.sweeps, run.equilibration, run.seed
        )
        save_arrays(snakemake.output[0], **arrays)
