r"""Spin correlations of the infinite square lattice as Toeplitz determinants.

J = k_B = 1, E = -sum_<ij> s_i s_j, K = 1/T, zero field. With
a_n = (1/pi) int_0^pi cos(n theta - delta(theta)) dtheta,

    <s_00 s_NN> = det[a_(i-j)], i, j < N,  delta = phase(sinh^-2 2K),
    <s_00 s_0N> = det[a_(i-j)],            delta = phase(e^-2K / tanh K) - phase(e^-2K tanh K),

where phase(alpha) = arg(1 - alpha e^(-i theta)). The average is that of the symmetric state: below T_c
it tends to m^2, so the connected function of one phase is the value minus m^2.

Sources: E. W. Montroll, R. B. Potts, J. C. Ward, J. Math. Phys. 4, 308 (1963),
doi:10.1063/1.1703955; T. T. Wu, Phys. Rev. 149, 380 (1966), doi:10.1103/PhysRev.149.380.
"""

import numpy as np
from scipy.linalg import toeplitz

from scripts.ising.theory.checks import integer, temperatures
from scripts.ising.theory.onsager import interface_rate
from scripts.ising.theory.quadrature import double_exponential

LARGEST_SEPARATION = 256
GLAISHER = 1.2824271291006226369  # ln A = 1/12 - zeta'(-1)


def correlation(T, n_max, direction="axis"):
    """<s_00 s_0r> along an axis, or <s_00 s_rr> along the diagonal, for r = 0..n_max.

    Parameters
    ----------
    T : float
        Temperature, on either side of T_c or at it.
    n_max : int
        Largest separation, in lattice steps (along the diagonal each is sqrt 2 long); up to 256.
    direction : {"axis", "diagonal"}

    Returns
    -------
    float64[n_max + 1]
        Absolute error about 1e-15: no relative accuracy is left in the far tail above T_c.

    Raises
    ------
    ValueError
        If T <= 0, n_max is not within 0..256, or the direction is unknown.
    """
    T = float(temperatures(T))
    n_max = integer("n_max", n_max, 0, LARGEST_SEPARATION)
    angle, weight = double_exponential(np.pi, n=401 + 16 * n_max)
    delta = _axis_phase(T, angle) if direction == "axis" else _diagonal_phase(T, angle, direction)
    order = np.arange(-n_max, n_max + 1)
    a = np.cos(np.outer(order, angle) - delta) @ weight / np.pi
    matrix = toeplitz(a[n_max:], a[n_max::-1])
    return np.array([np.linalg.det(matrix[:size, :size]) for size in range(n_max + 1)])


def _axis_phase(T, angle):
    """delta(theta) of the correlations along an axis; 1 - e^-2K / tanh K = 1 - e^(-gamma_0)."""
    small = np.exp(-2 / T) * np.tanh(1 / T)
    return _phase(-np.expm1(-interface_rate(T)), angle) - _phase(1 - small, angle)


def _diagonal_phase(T, angle, direction):
    """delta(theta) of the correlations along the diagonal; sqrt 2 ln s is the interface rate there."""
    return _phase(-np.expm1(-np.sqrt(2) * interface_rate(T, direction)), angle)


def _phase(gap, angle):
    """arg(1 - alpha e^(-i theta)) for alpha = 1 - gap, without cancelation at alpha = 1."""
    alpha = 1 - gap
    return np.arctan2(alpha * np.sin(angle), gap + 2 * alpha * np.sin(angle / 2) ** 2)


def critical_amplitude():
    """A of <s_0 s_r> = A r^(-1/4) at T_c: e^(1/4) 2^(5/24) / (Glaisher's constant)^3 = 0.70338.

    r is the Euclidean distance: the amplitude is the same along an axis and the diagonal.

    T. T. Wu, Phys. Rev. 149, 380 (1966), doi:10.1103/PhysRev.149.380.
    """
    return float(np.exp(0.25) * 2 ** (5 / 24) / GLAISHER**3)
