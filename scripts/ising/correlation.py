"""Spin correlations of one lattice size, from the structure factor of sampled configurations.

J = k_B = 1, h = 0. G(r) = <s_x s_(x+r)>, averaged over x: the inverse Fourier transform of |s_k|^2 / N.

Arrays written, for n temperatures, 64 replicas and separations r = 0 .. L/2:

- ``size``: edge length
- ``n_samples`` int64[n]: configurations of each replica
- ``temperatures`` str[n]
- ``axis`` float64[n, 64, L/2 + 1]: G along the axes, averaged over both
- ``diagonal`` float64[n, 64, L/2 + 1]: G(r, r), averaged over both diagonals
- ``rows`` float64[n, 64, L/2 + 1]: sum over y of G(r, y), the correlation at zero momentum, of
  both axes
- ``spacing`` int64[n]: sweeps between configurations, about one tau
"""

import math

import numpy as np
from scipy import fft

from scripts.common.points import stacked
from scripts.common.progress import progress
from scripts.ising.kernels import multispin
from scripts.ising.pilot import equilibrated

ALWAYS = ("2.269185314213022", "2.30")  # T_c, and a temperature 1.4 % above it, at every size
SPACING = 1.0  # in tau: sampling more often gains less than it costs
SHARE = 6  # other temperatures than T_c take this part of the samples: what is asked of them is less fine
REPLICAS = 64


def correlation(size, temperatures, samples, equilibration, seed):
    """Correlations of one size at several temperatures, each a stream of its own.

    Parameters
    ----------
    size : int
        Even edge length L >= 4.
    temperatures : sequence of str
    samples : int
        Configurations of each replica at T_c; a sixth of that elsewhere.
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
    points = []
    for temperature in progress(temperatures, f"correlations L = {size}"):
        label = ("ising/correlation", f"L={size}", f"T={temperature}")
        lattice, state, time = equilibrated(size, temperature, equilibration, seed, *label)
        spacing = max(1, math.ceil(SPACING * time.tau))
        power = np.zeros((REPLICAS, size, size // 2 + 1))
        n = samples if temperature == ALWAYS[0] else -(-samples // SHARE)
        for _ in range(n):
            multispin.simulate(lattice, state, float(temperature), n_sweeps=spacing, measure_every=0)
            power += squared_modes(multispin.spins(lattice))
        points.append(correlations(power / n) | {"spacing": spacing, "n_samples": n})
    return {"size": size, "temperatures": np.array(temperatures)} | stacked(points)


def squared_modes(spins):
    """|s_k|^2 of every replica, float32[R, L, L/2 + 1], from int8[R, L, L]."""
    modes = fft.rfft2(spins.astype(np.float32))
    return modes.real**2 + modes.imag**2


def correlations(power):
    """Correlations along the axes, along the diagonals and between rows.

    Parameters
    ----------
    power : float64[R, L, L/2 + 1]
        <|s_k|^2>, the half of the plane that `numpy.fft.rfft2` gives.

    Returns
    -------
    dict of str to float64[R, L/2 + 1]
        axis, diagonal, rows; as in the module's docstring.
    """
    size = power.shape[1]
    r = np.arange(size // 2 + 1)
    G = fft.irfft2(power, (size, size)) / size**2
    sums = G.sum(axis=1)[:, r], G.sum(axis=2)[:, r]
    return {
        "axis": (G[:, 0, r] + G[:, r, 0]) / 2,
        "diagonal": (G[:, r, r] + G[:, r, -r]) / 2,
        "rows": (sums[0] + sums[1]) / 2,
    }


def measured_temperatures(size, sizes, temperatures):
    """T_c and the control at every size; all others at the largest size alone."""
    return [*ALWAYS, *(T for T in temperatures if T not in ALWAYS and size == max(sizes))]


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        size = int(snakemake.wildcards.L)
        temperatures = measured_temperatures(size, params.sizes, params.temperatures)
        write(correlation(size, temperatures, params.samples, params.equilibration, params.seed))
