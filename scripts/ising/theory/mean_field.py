r"""Mean-field (Bragg-Williams) theory of the Ising model with z neighbors.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i, beta = 1/T, per spin. Each spin feels the mean
of its neighbors: m = tanh[beta (z m + h)]. This is the minimum of the variational free energy

    f(m) = -z m^2 / 2 - h m - T S(m),   S(m) = -sum_{s=+-1} (1 + s m)/2 ln[(1 + s m)/2],

so f bounds the exact free energy from above (Gibbs-Bogoliubov). T_c = z whatever the lattice.
"""

import numpy as np

from scripts.ising.theory.checks import integer, temperatures

N_NEWTON = 200  # quadratic everywhere but at T_c itself, where each step halves m


def critical_temperature(z=4):
    """T_c = z: 2 for the chain (which has none), 4, 6, 8 for d = 2, 3, 4."""
    return float(integer("z", z, 1))


def magnetization(T, z=4, h=0.0):
    """The stable solution of m = tanh[(z m + h)/T].

    Parameters
    ----------
    T : float or array
        Temperatures.
    z : int
        Number of neighbors.
    h : float or array
        Field; at h = 0 below T_c the positive solution is returned.

    Returns
    -------
    float or array
        With |m - tanh[(z m + h)/T]| < 1e-14.

    Raises
    ------
    ValueError
        If T <= 0 or z < 1.

    Notes
    -----
    Newton's method from m = 1: the residual is convex for m >= 0 and the steps go
    down to the largest root without passing it.
    """
    T, h = np.broadcast_arrays(temperatures(T), np.asarray(h, dtype=float))
    size = np.abs(h)
    m = np.where((size == 0) & (integer("z", z, 1) <= T), 0.0, 1.0)
    for _ in range(N_NEWTON):
        t = np.tanh((z * m + size) / T)
        slope = 1 - z * (1 - t * t) / T
        step = np.where(m == t, 0.0, (m - t) / np.where(slope > 0, slope, 1.0))
        new = np.maximum(m - step, 0.0)
        if np.all(np.abs(new - m) <= 1e-16 * m):
            break
        m = new
    return (np.where(h < 0, -m, m))[()]


def free_energy(T, z=4, h=0.0):
    """f = z m^2 / 2 - T ln(2 cosh[(z m + h)/T]) at the stable m; parameters as for `magnetization`."""
    m = magnetization(T, z, h)
    x = (z * m + h) / temperatures(T)
    return (z * m**2 / 2 - T * np.logaddexp(x, -x))[()]


def energy(T, z=4, h=0.0):
    """u = -z m^2 / 2 - h m; parameters as for `magnetization`."""
    m = magnetization(T, z, h)
    return -z * m**2 / 2 - h * m
