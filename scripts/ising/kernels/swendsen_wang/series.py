"""What every cluster kernel returns, and what it asks of its arguments."""

import math
from typing import NamedTuple

import numpy as np

from scripts.common.lattice.streams import threshold


class ClusterSeries(NamedTuple):
    """Measurements of one chain.

    Attributes
    ----------
    energy, magnetization : int64[n]
        E and M of the whole lattice.
    cluster : int64[n]
        Swendsen-Wang: the sum of n_c^2 over the clusters of the sweep that led to the measurement; its
        average is <M^2>. Wolff: the spins flipped since the last measurement; the average
        for one step is <M^2> / N.
    """

    energy: np.ndarray
    magnetization: np.ndarray
    cluster: np.ndarray


def bond_threshold(T):
    """Threshold, uint64, of the probability 1 - e^{-2/T} that a bond between equal spins is open.

    Raises
    ------
    ValueError
        If T is not positive.
    """
    if not T > 0:
        raise ValueError(f"a temperature is positive, not {T}")
    return threshold(-math.expm1(-2 / T))


def empty_series(n_sweeps, measure_every):
    """Room for n_sweeps // measure_every measurements, int64[3, n].

    Raises
    ------
    ValueError
        If measure_every is below 1 or does not divide n_sweeps.
    """
    if measure_every < 1 or n_sweeps < 0 or n_sweeps % measure_every:
        raise ValueError(f"measure_every = {measure_every} does not divide {n_sweeps} sweeps")
    return np.zeros((3, n_sweeps // measure_every), dtype=np.int64)
