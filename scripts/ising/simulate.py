"""Metropolis simulation of one lattice size at all temperatures, 64 replicas each.

Arrays written, for n temperatures and 64 replicas:

- ``size``, ``n_sweeps``: the edge length and the measured sweeps of each replica
- ``temperatures`` str[n]
- ``moments`` float64[n, 64, 9]: time averages, last axis in the order of `observables.MOMENTS`
- ``tau_energy``, ``tau_abs_magnetization`` float64[n, 2]: integrated autocorrelation
  time in sweeps, and its error
- ``early_energy`` float64[n, 64]: mean total energy of the first 32 measured sweeps
- ``snapshots`` uint8[n, L*L/8]: the last configuration of replica 0, one bit per spin
"""

import numpy as np

from scripts.common.points import stacked
from scripts.common.progress import progress
from scripts.ising.kernels import multispin
from scripts.ising.observables import moments_from_series
from scripts.ising.pilot import remembered, started

EARLY = 32  # sweeps behind the start of the measurement, where too short an equilibration shows most


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
    arrays = stacked([_point(size, temperature, sweeps, equilibration, seed) for temperature in named])
    return {"size": size, "n_sweeps": sweeps, "temperatures": np.array(temperatures)} | arrays


def _point(size, temperature, sweeps, equilibration, seed):
    """Moments, autocorrelation times and a snapshot of one (L, T)."""
    T, label = float(temperature), ("ising/simulate", f"L={size}", f"T={temperature}")
    lattice, state = started(size, T, equilibration, seed, *label)
    energy, magnetization = multispin.simulate(lattice, state, T, n_sweeps=sweeps)
    place = f"L = {size} at T = {temperature}"
    return {
        "moments": moments_from_series(energy, magnetization),
        "early_energy": energy[:EARLY].mean(axis=0),
        "tau_energy": remembered(energy, "ising.sweeps", place)[:2],
        "tau_abs_magnetization": remembered(np.abs(magnetization), "ising.sweeps", place)[:2],
        "snapshots": np.packbits(multispin.spins(lattice)[0].ravel() > 0),
    }


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        size = int(snakemake.wildcards.L)
        write(simulate(size, params.temperatures, params.sweeps, params.equilibration, params.seed))
