r"""Naive mean field: coordinate ascent on the ELBO of independent spins, and the parallel update.

E(s) = -1/2 sum_ij J_ij s_i s_j - sum_i h_i s_i, k_B = 1. For Q(s) = prod_i (1 + m_i s_i)/2 the ELBO is

    L(m) = beta (m'Jm/2 + h'm) + sum_i H(m_i) = -beta F[Q],  H(m) = -sum_s (1 + s m)/2 ln (1 + s m)/2,

and the factor that maximizes it with all others held is m_i = tanh beta (h_i + sum_j J_ij m_j).

Source: G. Parisi, Statistical Field Theory (1988), section 3.2; C. M. Bishop, Pattern Recognition and
Machine Learning (2006), section 10.1.
"""

import math

import numpy as np
from numba import njit

# Largest step of a factor at which an ascent ends, and sweeps at most: alone, and with the ELBO watched.
STILL, LIMIT = 1e-14, 100_000
WATCHED_STILL, WATCHED_LIMIT = 1e-13, 5000


@njit(cache=True)
def _entropy(x):
    """Of one spin of mean x."""
    up, down = (1.0 + x) / 2.0, (1.0 - x) / 2.0
    if up <= 0.0 or down <= 0.0:
        return 0.0
    return -up * math.log(up) - down * math.log(down)


@njit(cache=True)
def _update(J, h, beta, m, i):
    """The best factor of spin i: how far it moved, and its field."""
    field = h[i]
    for j in range(len(m)):
        field += J[i, j] * m[j]
    new = math.tanh(beta * field)
    step, m[i] = abs(new - m[i]), new
    return step, field


@njit(cache=True)
def sweep(J, h, beta, m):
    """Update one factor after the other, in place; returns the largest step."""
    largest = 0.0
    for i in range(len(m)):
        largest = max(largest, _update(J, h, beta, m, i)[0])
    return largest


@njit(cache=True)
def _climb(J, h, beta, m):
    """All factors in turn: the largest step, the smallest change of the ELBO, and its gain."""
    largest, smallest, gain = 0.0, np.inf, 0.0
    for i in range(len(m)):
        old = m[i]
        step, field = _update(J, h, beta, m, i)
        # Of the difference of two ELBOs only the terms with the new factor are left: the others cancel.
        change = beta * field * (m[i] - old) + _entropy(m[i]) - _entropy(old)
        largest, smallest, gain = max(largest, step), min(smallest, change), gain + change
    return largest, smallest, gain


@njit(cache=True)
def elbo(J, h, beta, m):
    """ELBO of independent spins, which is -beta F[Q] and never above ln Z.

    Parameters
    ----------
    J : ndarray, float64[n, n]
        Couplings, symmetric, with zero diagonal.
    h : ndarray, float64[n]
        Fields.
    beta : float
        Inverse temperature.
    m : ndarray, float64[n]
        Means, from -1 to 1.

    Returns
    -------
    float
    """
    total = 0.0
    for i in range(len(m)):
        field = h[i]
        for j in range(len(m)):
            field += J[i, j] * m[j] / 2.0
        total += beta * field * m[i] + _entropy(m[i])
    return total


@njit(cache=True)
def coordinate_ascent(J, h, beta, start):
    """Update one factor after the other until none moves.

    Parameters
    ----------
    J, h, beta
        As for `elbo`.
    start : ndarray, float64[n]
        Means to begin with; left as they are.

    Returns
    -------
    m : ndarray, float64[n]
    sweeps : int
    converged : bool
    """
    m = start.copy()
    for sweeps in range(1, LIMIT + 1):
        if sweep(J, h, beta, m) <= STILL:
            return m, sweeps, True
    return m, LIMIT, False


@njit(cache=True)
def watched_ascent(J, h, beta, start):
    """The same with the smallest change of the ELBO by a single factor, which theory says is never negative.

    Returns
    -------
    m : ndarray, float64[n]
    settled : bool
        Whether no factor moves any more. Near the mean-field transition that takes long.
    smallest : float
        Smallest change of the ELBO.
    gain : float
        Change of the ELBO in the last sweep.
    """
    m = start.copy()
    smallest, gain = np.inf, np.inf
    for _ in range(WATCHED_LIMIT):
        largest, least, gain = _climb(J, h, beta, m)
        smallest = min(smallest, least)
        if largest <= WATCHED_STILL:
            return m, True, smallest, gain
    return m, False, smallest, gain


@njit(cache=True)
def parallel_update(J, h, beta, start, limit):
    """Update all factors at once, which may fall into a cycle of two: at most ``limit`` sweeps.

    Returns what `watched_ascent` does.
    """
    m = start.copy()
    before, smallest, gain, old = elbo(J, h, beta, m), np.inf, np.inf, np.empty_like(m)
    for _ in range(limit):
        old[:], largest = m, 0.0
        for i in range(len(m)):
            field = h[i]
            for j in range(len(m)):
                field += J[i, j] * old[j]
            m[i] = math.tanh(beta * field)
            largest = max(largest, abs(m[i] - old[i]))
        after = elbo(J, h, beta, m)
        gain, before = after - before, after
        smallest = min(smallest, gain)
        if largest <= WATCHED_STILL:
            return m, True, smallest, gain
    return m, False, smallest, gain
