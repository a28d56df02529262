r"""The Bethe approximation of the Ising model with z neighbors: exact on the Bethe lattice.

J = k_B = 1, E = -sum_<ij> s_i s_j - h sum_i s_i, K = 1/T, t = tanh K, per spin. A spin without one
of its neighbors feels the field x (in units of T), each neighbor passes on artanh(t tanh x):

    x = h/T + (z - 1) artanh(t tanh x),   m = tanh[h/T + z artanh(t tanh x)].

T_c = 2 / ln[z/(z - 2)]. z = 2 is the chain, with T_c = 0: no false transition in one dimension.

Sources: H. A. Bethe, Proc. R. Soc. A 150, 552 (1935), doi:10.1098/rspa.1935.0122; R. J. Baxter,
Exactly Solved Models in Statistical Mechanics (Academic Press, 1982), chapter 4.
"""

import numpy as np

from scripts.ising.theory.checks import integer, temperatures

N_NEWTON = 200


def critical_temperature(z=4):
    """T_c = 2 / ln[z/(z - 2)], where (z - 1) tanh K = 1; 2/ln 2 for z = 4, 0 for z = 2."""
    z = integer("z", z, 2)
    return 0.0 if z == 2 else float(2 / np.log(z / (z - 2)))


def cavity_field(T, z=4, h=0.0):
    """The stable solution x of x = h/T + (z - 1) artanh(tanh K tanh x).

    Parameters
    ----------
    T : float or array
        Temperatures.
    z : int
        Number of neighbors, at least 2.
    h : float or array
        Field; at h = 0 below T_c the positive solution is returned.

    Returns
    -------
    float or array
        Residual below 1e-13 of 1 + x.

    Raises
    ------
    ValueError
        If T <= 0 or z < 2.

    Notes
    -----
    Newton's method from above the largest root, as in `mean_field.magnetization`.
    """
    T, h = np.broadcast_arrays(temperatures(T), np.asarray(h, dtype=float))
    size = np.abs(h)
    start = size / T + (z - 1) / T
    x = np.where((size == 0) & (critical_temperature(z) <= T), 0.0, start)
    for _ in range(N_NEWTON):
        slope = 1 - (z - 1) * _transmission(T, x)
        residual = x - size / T - (z - 1) * _message(T, x)
        step = np.where(residual == 0, 0.0, residual / np.where(slope > 0, slope, 1.0))
        new = np.maximum(x - step, 0.0)
        if np.all(np.abs(new - x) <= 1e-16 * x):
            break
        x = new
    return (np.where(h < 0, -x, x))[()]


def _message(T, x):
    """artanh(tanh K tanh x) = 1/2 ln[cosh(x + K) / cosh(x - K)], which stays finite at low T."""
    K = 1 / np.asarray(T, dtype=float)
    return (np.logaddexp(x + K, -x - K) - np.logaddexp(x - K, K - x)) / 2


def _transmission(T, x):
    """d artanh(t tanh x) / dx = t (1 - tau^2) / (1 - t^2 tau^2), tau = tanh x; both may vanish."""
    return np.tanh(1 / T) / (1 + np.tanh(x) ** 2 * _ratio(x, 1 / T))


def _ratio(x, y):
    """(cosh x / cosh y)^2 without overflow."""
    return np.exp(np.clip(2 * (_log_2cosh(x) - _log_2cosh(y)), -700, 700))


def magnetization(T, z=4, h=0.0):
    """m = tanh[h/T + z artanh(tanh K tanh x)]; parameters as for `cavity_field`."""
    x = cavity_field(T, z, h)
    return np.tanh(x + _message(T, x))[()]


def neighbor_correlation(T, z=4, h=0.0):
    """<s_i s_j> of neighbors, (t + tau^2) / (1 + t tau^2); parameters as for `cavity_field`."""
    t, square = np.tanh(1 / temperatures(T)), np.tanh(cavity_field(T, z, h)) ** 2
    return (t + square) / (1 + t * square)


def energy(T, z=4, h=0.0):
    """u = -(z/2) <s_i s_j> - h m; parameters as for `cavity_field`."""
    return -z / 2 * neighbor_correlation(T, z, h) - h * magnetization(T, z, h)


def free_energy(T, z=4, h=0.0):
    r"""f = -T [ln Z_site - (z/2) ln Z_bond]; -T [ln 2 + (z/2) ln cosh K] above T_c at h = 0.

    Z_site = 2 cosh(x + u) [4 cosh(x + K) cosh(x - K)]^(z/2) and Z_bond = sum_ss' e^(K s s' + x(s + s')),
    u = artanh(t tanh x), both up to the same power of 2 cosh x. Parameters as for `cavity_field`.
    """
    T = temperatures(T)
    x, K = cavity_field(T, z, h), 1 / T
    passed = (_log_2cosh(x + K) + _log_2cosh(x - K)) / 2
    site = _log_2cosh(x + _message(T, x)) + z * passed
    bond = np.logaddexp(K + _log_2cosh(2 * x), np.log(2) - K)
    return (-T * (site - z / 2 * bond))[()]


def _log_2cosh(x):
    return np.logaddexp(x, -x)
