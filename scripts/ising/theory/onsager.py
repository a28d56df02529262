r"""The square-lattice Ising model on the infinite lattice: Onsager's and Yang's solutions.

J = k_B = 1, E = -sum_<ij> s_i s_j, K = 1/T, zero field; per spin. Everything is
written in s = sinh 2K, which is 1 at the critical point. s - 1 comes from T - T_c directly,
so that nothing cancels near T_c, and the float nearest to T_c counts as T_c itself.

Sources: L. Onsager, Phys. Rev. 65, 117 (1944), doi:10.1103/PhysRev.65.117;
C. N. Yang, Phys. Rev. 85, 808 (1952), doi:10.1103/PhysRev.85.808;
B. M. McCoy and T. T. Wu, The Two-Dimensional Ising Model (Harvard, 1973).
"""

import numpy as np
from scipy import special

from scripts.ising.theory.checks import temperatures
from scripts.ising.theory.quadrature import double_exponential

CRITICAL_COUPLING = float(np.log1p(np.sqrt(2)) / 2)
CRITICAL_TEMPERATURE = float(2 / np.log1p(np.sqrt(2)))
BEYOND_FLOAT = -8.519454153395275e-17  # T_c minus the float above; c feels it near T_c
FROZEN = 100.0  # at K = 100 the excitations, e^(-8K), are far below the smallest float


def critical_temperature():
    """T_c = 2 / ln(1 + sqrt 2) = 2.269185314213022, where sinh 2K = 1."""
    return CRITICAL_TEMPERATURE


def _sinh_2k(T):
    """s = sinh 2K and s - 1, both to rounding error; K is cut off at `FROZEN`."""
    T = np.maximum(T, 1 / FROZEN)
    half_sum = 1 / T + CRITICAL_COUPLING
    distance = CRITICAL_TEMPERATURE - T
    distance = np.where(distance == 0, 0.0, distance + BEYOND_FLOAT)
    half_difference = distance / (T * CRITICAL_TEMPERATURE)
    above_one = 2 * np.cosh(half_sum) * np.sinh(half_difference)
    return 1 + above_one, above_one


def _modulus(T):
    """2 tanh^2 2K - 1 = (s^2 - 1)/(s^2 + 1), whose square is 1 - k^2 with k = 2s/(1 + s^2)."""
    s, above_one = _sinh_2k(T)
    return above_one * (s + 1) / (1 + s * s)


def energy(T):
    r"""Energy per spin, u = -coth 2K [1 + (2/pi)(2 tanh^2 2K - 1) K_1(k)]; -sqrt 2 at T_c.

    Parameters
    ----------
    T : float or array
        Temperatures.

    Returns
    -------
    float or array
        Absolute error about 1e-15.

    Raises
    ------
    ValueError
        If T <= 0.
    """
    T = temperatures(T)
    kappa = _modulus(T)
    safe = np.where(kappa == 0, 1.0, kappa)
    return (-(1 + 2 / np.pi * kappa * special.ellipkm1(safe**2)) / np.tanh(2 / T))[()]


def specific_heat(T):
    r"""Specific heat per spin, du/dT; infinite at T_c.

    c = (4/pi) (K coth 2K)^2 {K_1 - E_1 - (1 - tanh^2 2K) [pi/2 + (2 tanh^2 2K - 1) K_1]}.
    Parameters, result and errors as for `energy`; relative error about 1e-13 for 0.5 < T < 20.
    """
    T = temperatures(T)
    kappa = _modulus(T)
    critical = kappa == 0
    square = np.where(critical, 1.0, kappa**2)
    # K_1 - E_1 by Carlson's form, which does not cancel at small k
    difference = (1 - square) / 3 * special.elliprd(0.0, square, 1.0)
    s, _ = _sinh_2k(T)
    bracket = difference - (np.pi / 2 + kappa * special.ellipkm1(square)) / (1 + s * s)
    c = 4 / np.pi * (1 / (T * np.tanh(2 / T))) ** 2 * bracket
    return np.where(critical, np.inf, c)[()]


def log_partition_function(T):
    r"""ln Z per spin: ln(2 cosh 2K) + (1/pi) int_0^{pi/2} ln[(1 + sqrt(1 - k^2 sin^2 phi))/2] dphi.

    Parameters, result and errors as for `energy`. The integral is taken by the
    double-exponential rule, which does not mind the edge at phi = pi/2 near T_c.
    """
    T = temperatures(T)
    kappa = _modulus(T)[..., None]
    angle, weight = double_exponential(np.pi / 2)  # the angle counts from phi = pi/2
    root = np.hypot(kappa, np.sqrt((1 - kappa) * (1 + kappa)) * np.sin(angle))
    integral = np.log1p((root - 1) / 2) @ weight
    return (np.logaddexp(2 / T, -2 / T) + integral / np.pi)[()]


def free_energy(T):
    """Free energy per spin, f = -T ln Z / N; -2.109651144608207 at T_c."""
    return -T * log_partition_function(T)


def spontaneous_magnetization(T):
    """Yang's m = (1 - sinh^-4 2K)^(1/8) below T_c, 0 from T_c on."""
    T = temperatures(T)
    _, above_one = _sinh_2k(T)
    log_s = np.log1p(np.maximum(above_one, 0))
    return ((-np.expm1(-4 * log_s)) ** 0.125)[()]


def inverse_correlation_length(T, direction="axis"):
    r"""1/xi of the connected spin correlation, in inverse lattice units; 0 at T_c.

    Along an axis |gamma_0| = |2K + ln tanh K| above T_c and twice that below; along the diagonal
    sqrt 2 |ln sinh 2K| and twice that (McCoy and Wu 1973, chapters XI and VIII).

    Parameters
    ----------
    T : float or array
    direction : {"axis", "diagonal"}

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        If T <= 0 or the direction is unknown.
    """
    rate = interface_rate(T, direction)
    return (np.where(rate > 0, 2, 1) * np.abs(rate))[()]


def correlation_length(T, direction="axis"):
    """xi in lattice units, infinite at T_c; see `inverse_correlation_length`."""
    with np.errstate(divide="ignore"):
        return 1 / inverse_correlation_length(T, direction)


def interface_rate(T, direction="axis"):
    """gamma_0 = 2K + ln tanh K (axis) or sqrt 2 ln sinh 2K (diagonal): negative above T_c."""
    T = temperatures(T)
    s, above_one = _sinh_2k(T)
    extra = 2 * np.maximum(1 / T - FROZEN, 0)
    if direction == "axis":
        return (2 * np.arcsinh(above_one / np.sqrt(2 * s)) + extra)[()]
    if direction == "diagonal":
        return (np.sqrt(2) * (np.log1p(above_one) + extra))[()]
    raise ValueError(f"direction: must be axis or diagonal; got {direction}")


def specific_heat_amplitude():
    """A = 8 K_c^2 / pi = 0.494538589532: c = -A ln|1 - T/T_c| at T_c, and A ln L on a torus there."""
    return 8 * CRITICAL_COUPLING**2 / np.pi
