"""Magnetization in a field: a map over (T, h), the response to the field, the critical isotherm.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i, beta = 1/T. A word of 64 bits holds several points
(T, h) with 64, 16 or a single replica each. All replicas start ordered along
their field, in the stable phase.

Tables: ``field_map.csv``, ``response.csv``, ``isotherm.csv``, ``small_field.csv``; their columns stand at
the functions that make them.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.statistics import jackknife
from scripts.ising.kernels import multispin
from scripts.ising.pilot import remembered
from scripts.ising.theory.onsager import critical_temperature

BITS = 64
MAP_TEMPERATURES = np.linspace(1.2, 3.525, 32).round(3)
# Half a step away from h = 0, where below T_c the magnetization jumps.
MAP_FIELDS = (0.025 * (np.arange(32) - 15.5)).round(4)
MAP_SHARE = 4  # the map takes this part of the sweeps: a color needs fewer digits than a claim
# T, h, and the step of the field: short where the response bends, long where it is weak.
FINE = ((3.0, 0.0, 0.005), (3.03, 0.0, 0.005))
FINE_SHARE = 4  # times the sweeps: one per cent in T must show
RESPONSE = (
    *((T, 0.0, step) for T, step in ((2.5, 0.002), (2.6, 0.003), (2.8, 0.004), (3.25, 0.005), (3.5, 0.005))),
    *((T, 0.1, 0.01) for T in (1.6, 1.8, 2.0, 2.15, 2.3, 2.45, 2.6, 2.8, 3.0, 3.25, 3.5)),
)
ISOTHERM = (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.14, 0.2)  # h / T
SMALL = (8, 3.0, 0.1)  # a lattice whose transfer matrix is exact
OFF = 1.02  # of the control: a field stronger by two per cent
SMALL_SHARE = 4  # times the sweeps: they are cheap there
REPLICAS = 16  # of a point that no claim needs finely


class Run(NamedTuple):
    """What all points of a run share: edge length, measured sweeps, sweeps before, and the seed."""

    size: int
    sweeps: int
    equilibration: int
    seed: int


def magnetization_series(points, replicas, run):
    """Total magnetization of several points (T, h) after every sweep.

    Parameters
    ----------
    points : sequence of (float, float)
        T and h.
    replicas : int
        Replicas of each point, a divisor of 64; that many bits of a word belong to it.
    run : Run

    Yields
    ------
    (T, h), int32[n, replicas]
        In the order of the points.
    """
    per_word = BITS // replicas
    for first in progress(range(0, len(points), per_word), f"L = {run.size}, {replicas} per point"):
        group = list(points[first : first + per_word])
        filled = group + [group[-1]] * (per_word - len(group))  # bits without a point repeat the last
        T, h = np.repeat(filled, replicas, axis=0).T
        series = _word(T, h, f"points={group}", run)
        for k, point in enumerate(group):
            yield point, series[:, k * replicas : (k + 1) * replicas]


def _word(T, h, label, run):
    """Magnetization int32[n, 64] of one word with its own temperature and field in each bit."""
    along = np.where(h < 0, -1, 1).astype(np.int8)
    lattice = multispin.lattice_of(np.broadcast_to(along[:, None, None], (BITS, run.size, run.size)))
    state = multispin.random_state(run.seed, "ising/field", f"L={run.size}", label)
    multispin.simulate(lattice, state, T, h, n_sweeps=run.equilibration, measure_every=0)
    _, magnetization = multispin.simulate(lattice, state, T, h, n_sweeps=run.sweeps)
    return magnetization


def field_map(run):
    """Magnetization over the (T, h) plane, one lattice for each point.

    Returns
    -------
    pandas.DataFrame
        Columns L, T, h, magnetization; rows by T, then h.
    """
    points = [(T, h) for T in MAP_TEMPERATURES.tolist() for h in MAP_FIELDS.tolist()]
    short = run._replace(sweeps=max(1, run.sweeps // MAP_SHARE))
    rows = [
        {"L": run.size, "T": T, "h": h, "magnetization": series.mean() / run.size**2}
        for (T, h), series in magnetization_series(points, 1, short)
    ]
    return pd.DataFrame(rows)


def magnetizations(points, replicas, run):
    """Magnetization and its fluctuations at several points.

    Parameters
    ----------
    points, replicas, run
        As for `magnetization_series`.

    Returns
    -------
    pandas.DataFrame
        One row per point: L, T, h, replicas, then with ``_err`` magnetization = <M>/N and
        susceptibility = beta (<M^2> - <M>^2)/N.

    Raises
    ------
    InputError
        If the run is too short for its autocorrelation time.
    """
    rows = [_row(point, series, run) for point, series in magnetization_series(points, replicas, run)]
    return pd.DataFrame(rows)


def _row(point, series, run):
    (T, h), n_spins = point, run.size**2
    remembered(series, "ising.field.sweeps", f"L = {run.size} at T = {T:.3f}, h = {h:.3f}")  # or refused
    series = series.astype(float)
    moments = np.stack([series.mean(axis=0), (series**2).mean(axis=0)], axis=-1)
    mean = jackknife(moments, lambda m: m[..., 0] / n_spins)
    fluctuation = jackknife(
        moments, lambda m: (m[..., 1] - m[..., 0] ** 2) / (T * n_spins), bias_corrected=True
    )
    row = {"L": run.size, "T": T, "h": h, "replicas": series.shape[1]}
    return row | pairs(magnetization=mean, susceptibility=fluctuation)


def response(run):
    """Susceptibility from fluctuations, and from the change of the magnetization with the field.

    The two come from independent runs: one at h, two at h - step and h + step.

    Returns
    -------
    pandas.DataFrame
        Columns L, T, h, step, replicas, susceptibility, slope, each with its ``_err``.
    """
    longer = run._replace(sweeps=FINE_SHARE * run.sweeps)
    tables = [_compared(FINE, BITS, longer), _compared(RESPONSE, REPLICAS, run)]
    return pd.concat(tables, ignore_index=True).sort_values(["h", "T"], ignore_index=True)


def _compared(places, replicas, run):
    points = [(T, round(h + sign * step, 6)) for T, h, step in places for sign in (-1, 0, 1)]
    found = magnetizations(points, replicas, run)
    below, middle, above = (found.iloc[k::3].reset_index(drop=True) for k in range(3))
    step = pd.Series([step for *_, step in places])
    table = middle[["L", "T", "h", "replicas", "susceptibility", "susceptibility_err"]]
    slope = (above["magnetization"] - below["magnetization"]) / (2 * step)
    slope_err = np.hypot(above["magnetization_err"], below["magnetization_err"]) / (2 * step)
    return table.assign(step=step, slope=slope, slope_err=slope_err)


def isotherm(run):
    """Magnetization at T_c against the field.

    Returns
    -------
    pandas.DataFrame
        Columns L, T, h_over_t, h, m, m_err, replicas.
    """
    T = critical_temperature()
    found = magnetizations([(T, ratio * T) for ratio in ISOTHERM], REPLICAS, run)
    found = found.rename(columns={"magnetization": "m", "magnetization_err": "m_err"})
    return found.assign(h_over_t=ISOTHERM)[["L", "T", "h_over_t", "h", "m", "m_err", "replicas"]]


def small_field(run):
    """Magnetization of a small torus in a field, for comparison with its exact partition function.

    Returns
    -------
    pandas.DataFrame
        Two rows of `magnetizations`: in the field, and in one that is 2 % stronger.
    """
    size, T, h = SMALL
    points = [(T, h), (T, round(OFF * h, 6))]
    found = magnetizations(points, BITS, run._replace(size=size, sweeps=SMALL_SHARE * run.sweeps))
    return found.drop(columns=["susceptibility", "susceptibility_err"])


TABLES = {make.__name__: make for make in (field_map, response, isotherm, small_field)}

if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        run = Run(params.size, params.sweeps, params.equilibration, params.seed)
        write(**{name: make(run) for name, make in TABLES.items()})
