"""Time averages of the products of energy and magnetization that observables are made of."""

import numpy as np
from numba import njit


@njit(cache=True, error_model="numpy")
def moment_sums(energy, magnetization):
    """Sums over time of E, E^2, |M|, M, M^2, M^4, E|M|, E M^2, E M^4 of every replica.

    The plain twin is `scripts.ising.observables.moment_products`. One pass over the series
    with all sums in the first cache is ten times faster than nine arrays of products.

    Parameters
    ----------
    energy, magnetization : int32[n, R]

    Returns
    -------
    float64[9, R]
        E M^4 at L = 128 is about 1e21 and its sums overflow 64-bit integers, hence floats.
    """
    n, replicas = energy.shape
    sums = np.zeros((9, replicas))
    for t in range(n):
        for r in range(replicas):
            e, m = float(energy[t, r]), float(magnetization[t, r])
            size, square = abs(m), m * m
            fourth = square * square
            sums[0, r] += e
            sums[1, r] += e * e
            sums[2, r] += size
            sums[3, r] += m
            sums[4, r] += square
            sums[5, r] += fourth
            sums[6, r] += e * size
            sums[7, r] += e * square
            sums[8, r] += e * fourth
    return sums
