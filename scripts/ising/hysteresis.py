"""Hysteresis: the magnetization while the field goes down and up again: ``loops.csv`` and ``hysteresis.csv``.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i. The field takes equal steps from +1 to -1
and back, and rests ``hold`` sweeps at each of its values. One word holds all temperatures, 16
replicas each. The area of a loop is the work, per spin, that the field spends in one cycle.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.statistics import replica_mean
from scripts.ising.kernels import multispin

TEMPERATURES = (1.8, 2.1, 2.6, 3.0)  # two below T_c, two above
REPLICAS = 64 // len(TEMPERATURES)
STEP = 0.04
FIELDS = (STEP * np.arange(25, -26, -1)).round(2)  # downward
SETTLING = 64  # sweeps at h = +1, where order returns within a few
PIECE = 256  # measurements in memory at a time


def cycle(size, hold, seed):
    """Magnetization along one cycle of the field.

    Parameters
    ----------
    size : int
        Edge length L.
    hold : int
        Sweeps at each value of the field; the magnetization is the mean over them.
    seed : int

    Returns
    -------
    down, up : float64[51, n_temperatures, replicas]
        At `FIELDS`, on the way down and on the way up.
    """
    T = np.repeat(TEMPERATURES, REPLICAS)
    lattice = multispin.ordered_lattice(size)
    state = multispin.random_state(seed, "ising/hysteresis", f"L={size}", f"T={TEMPERATURES}", f"hold={hold}")
    multispin.simulate(lattice, state, T, np.full(64, FIELDS[0]), n_sweeps=SETTLING, measure_every=0)
    path = [_mean(lattice, state, T, h, hold) for h in (*FIELDS, *FIELDS[::-1])]
    path = np.array(path).reshape(2, len(FIELDS), len(TEMPERATURES), REPLICAS)
    return path[0], path[1, ::-1]


def _mean(lattice, state, T, h, hold):
    """Mean magnetization per spin over the sweeps at one value of the field, float64[64]."""
    total = np.zeros(64)
    for done in range(0, hold, PIECE):
        n = min(PIECE, hold - done)
        total += multispin.simulate(lattice, state, T, np.full(64, h), n_sweeps=n)[1].sum(axis=0)
    return total / (hold * lattice.size**2)


def areas(down, up):
    """Area enclosed by the loops, by the trapezoidal rule: float64[n_temperatures, replicas]."""
    return np.trapezoid((down - up)[::-1], FIELDS[::-1], axis=0)


def hysteresis(size, holds, seed):
    """Loops and their areas.

    Parameters
    ----------
    size : int
        Edge length L.
    holds : sequence of int
    seed : int

    Returns
    -------
    loops : pandas.DataFrame
        Columns L, T, hold, h, down, up, each of the two with its ``_err``.
    table : pandas.DataFrame
        Columns L, T, hold, rate (of the field, per sweep), area, area_err, replicas.
    """
    loops, rows = [], []
    for hold in progress(sorted(holds), f"L = {size}, hysteresis"):
        down, up = cycle(size, hold, seed)
        for k, T in enumerate(TEMPERATURES):
            place = {"L": size, "T": T, "hold": hold}
            loop = pairs(down=replica_mean(down[:, k].T), up=replica_mean(up[:, k].T))
            loops.append(pd.DataFrame(place | {"h": FIELDS} | loop))
            area = pairs(area=replica_mean(areas(down, up)[k]))
            rows.append(place | {"rate": STEP / hold} | area | {"replicas": REPLICAS})
    return pd.concat(loops, ignore_index=True), pd.DataFrame(rows)


def slow_limit(table, T):
    """Area of the loop at one temperature, extrapolated to an infinitely slow field.

    Parameters
    ----------
    table : pandas.DataFrame
        ``hysteresis.csv``.
    T : float

    Returns
    -------
    value, error : float
        From the two slowest rates: above T_c the lag of the magnetization, and with it the area, is
        proportional to a small rate. None, None if there are not two.
    """
    rows = table[table["T"] == T].sort_values("rate")
    if len(rows) < 2:
        return None, None
    (r0, r1), (a0, a1), (e0, e1) = (rows[name].to_numpy()[:2] for name in ("rate", "area", "area_err"))
    return (r1 * a0 - r0 * a1) / (r1 - r0), np.hypot(r1 * e0, r0 * e1) / (r1 - r0)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        loops, table = hysteresis(params.size, params.holds, params.seed)
        write(loops=loops, areas=table)
