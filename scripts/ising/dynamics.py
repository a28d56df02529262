"""How long one dynamics remembers at T_c, for every size. J = k_B = 1, h = 0.

Arrays written, for n sizes and m lags:

- ``sizes`` int64[n]
- ``tau_abs_magnetization``, ``tau_energy`` float64[n, 2]: integrated autocorrelation time in sweeps,
  and its error
- ``n_sweeps`` float64[n]: measured sweeps, over all chains
- ``lags``, ``memory`` float64[n, m]: autocorrelation function of |m|, and the sweeps it belongs to
- ``energy`` float64[n, 2]: energy per spin and its error, from 16 parts of the run
- ``off_size`` int, ``off_energy`` float64[2]: the same at a temperature higher by one per cent, a control

A sweep of the local and of the Swendsen-Wang updates visits every spin once. One step of Wolff's flips one
cluster; the spins that it flips, as a share of all, are the sweeps it counts for.
"""

import math

import numpy as np

from scripts.common.lattice.streams import stream
from scripts.common.points import stacked
from scripts.common.progress import progress
from scripts.common.statistics import (
    AutocorrelationError,
    autocovariance,
    correlated_mean,
    integrated_autocorrelation_time,
    jackknife,
    replica_mean,
)
from scripts.ising.kernels import multispin, wolff
from scripts.ising.kernels.swendsen_wang import simulation, streams, words
from scripts.ising.theory.onsager import critical_temperature

FIRST = 1000  # measurements of the first attempt; it finds how many are needed
LEAST_TAUS = 30  # of each chain
LOCAL_SHARE = 6  # times as long runs the local dynamics: its z meets the literature, the others a bound
PARTS = 16  # of a run, for the error of tau
OFF, OFF_SIZE, OFF_STEPS = 1.01, 32, 8000  # of the control: factor of T_c, largest edge, measurements
SHOWN_TAUS, N_LAGS = 5.0, 41  # of the autocorrelation function


def metropolis(size, seed, factor=1.0):
    """A run of multispin Metropolis at T_c, or at a multiple of it, started ordered.

    Parameters
    ----------
    size : int
        Even edge length L >= 4.
    seed : int
    factor : float

    Returns
    -------
    callable
        n -> energy int[n, R], magnetization int[n, R], sweeps per measurement and its error;
        each call goes on where the one before ended.
    """
    lattice = multispin.ordered_lattice(size)
    state = multispin.random_state(seed, *_label("metropolis", size, factor))
    T, every = factor * critical_temperature(), max(1, size // 32)  # far below tau, which grows as L^2

    def run(n):
        series = multispin.simulate(lattice, state, T, n_sweeps=every * n, measure_every=every)
        return *series, (float(every), 0.0)

    return run


def swendsen_wang(size, seed, factor=1.0):
    """A run of bit-packed Swendsen-Wang at T_c, as for `metropolis`; one chain."""
    spins = words.ordered(size)
    state = streams.lanes(seed, *_label("swendsen_wang", size, factor))

    def run(n):
        series = simulation.simulate(spins, state, factor * critical_temperature(), n)
        return series.energy[:, None], series.magnetization[:, None], (1.0, 0.0)

    return run


def single_cluster(size, seed, factor=1.0):
    """A run of Wolff's algorithm at T_c, as for `metropolis`; one chain, measured after each cluster."""
    spins = np.ones((size, size), np.int8)
    state = stream(seed, *_label("wolff", size, factor))

    def run(n):
        series = wolff.simulate(spins, state, factor * critical_temperature(), n)
        share = correlated_mean(series.cluster / size**2)
        return series.energy[:, None], series.magnetization[:, None], (share.value, share.err)

    return run


def _label(name, size, factor):
    return "ising/dynamics", name, f"L={size}", *(() if factor == 1.0 else (f"factor={factor}",))


DYNAMICS = {"metropolis": metropolis, "swendsen_wang": swendsen_wang, "wolff": single_cluster}


def dynamics(name, sizes, taus, seed):
    """Autocorrelation times of one dynamics at all sizes.

    Parameters
    ----------
    name : str
        Key of `DYNAMICS`.
    sizes : sequence of int
    taus : int
        Length of each run in autocorrelation times of |m|, over all chains; six times that for
        Metropolis. The relative error of tau is then about sqrt(17 / taus) at every size.
    seed : int

    Returns
    -------
    dict of str to array
        See the module's docstring.
    """
    length = taus * (LOCAL_SHARE if name == "metropolis" else 1)
    found = [measured(DYNAMICS[name](size, seed), length) for size in progress(sizes, name)]
    for size, each in zip(sizes, found, strict=True):
        each["energy"] = each["energy"] / size**2
    size = max((L for L in sizes if L <= OFF_SIZE), default=min(sizes))
    run = DYNAMICS[name](size, seed, OFF)
    run(FIRST)
    off = {"off_size": size, "off_energy": np.array(mean(run(OFF_STEPS)[0])) / size**2}
    return {"sizes": np.array(sizes)} | stacked(found) | off


def measured(run, taus):
    """Autocorrelation times from a run that lasts as long as they ask for.

    Shorter attempts find how long that is, and bring the chains to equilibrium on the way.

    Parameters
    ----------
    run : callable
        n -> series and sweeps per measurement, as of `metropolis`.
    taus : int
        Wanted measurements per tau, over all chains.

    Returns
    -------
    dict
        tau_abs_magnetization, tau_energy, n_sweeps, lags, memory; energy of the whole lattice.
    """
    n, wanted = 0, FIRST
    run(FIRST)
    while n < wanted:
        n = wanted
        energy, magnetization, (sweeps, sweeps_err) = run(n)
        series = {"abs_magnetization": np.abs(magnetization), "energy": energy}
        times, wanted = _attempt(series, taus)
    found = {}
    for key, time in times.items():
        err = scatter(series[key], time.window)
        found[f"tau_{key}"] = time.tau * sweeps, math.hypot(err * sweeps, time.tau * sweeps_err)
    lags, memory = _memory(series["abs_magnetization"], times["abs_magnetization"].tau)
    found |= {"n_sweeps": energy.size * sweeps, "lags": lags * sweeps, "memory": memory}
    return found | {"energy": np.array(mean(energy))}


def mean(series):
    """Mean of a series, float64[n, R], and its standard error from `PARTS` parts of the run."""
    parts = np.array_split(series, PARTS, axis=1 if series.shape[1] >= PARTS else 0)
    return replica_mean([part.mean() for part in parts])[:2]


def _attempt(series, taus):
    """Autocorrelation times, if the series allow them, and how many measurements they ask for."""
    n, chains = series["energy"].shape
    try:
        times = {key: integrated_autocorrelation_time(each) for key, each in series.items()}
    except AutocorrelationError as error:  # its estimate tends to be too small
        return {}, max(2 * n, math.ceil(error.tau * max(taus / chains, LEAST_TAUS)))
    return times, math.ceil(times["abs_magnetization"].tau * max(taus / chains, LEAST_TAUS))


def scatter(series, window):
    """Standard error of tau from parts of the run, by jackknife.

    Wolff's clusters are small where |m| is small, so that such spells last: the series is far from
    Gaussian, and formulas for the error that take it as Gaussian come out too small.

    Parameters
    ----------
    series : float64[n, R]
    window : int
        Last lag of the sum that gave tau.
    """
    axis = 1 if series.shape[1] >= PARTS else 0
    parts = [autocovariance(part)[: window + 1] for part in np.array_split(series, PARTS, axis=axis)]
    sums = np.array([(part[0], part.sum() - part[0] / 2) for part in parts])
    return float(jackknife(sums, lambda means: means[..., 1] / means[..., 0]).err)


def _memory(series, tau):
    """The autocorrelation function at lags that grow like powers, up to a few tau."""
    lags = np.geomspace(1, SHOWN_TAUS * max(tau, 1.0), N_LAGS).round().astype(int)
    covariance = autocovariance(series)
    return lags, covariance[lags] / covariance[0]


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        write(dynamics(snakemake.wildcards.dynamics, params.sizes, params.taus, params.seed))
