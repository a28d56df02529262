r"""The scaling limit of the critical Ising model on a square torus, from conformal field theory.

J = k_B = 1, T = T_c, zero field; distances in units of the edge L, u = x + iy. With the theta functions
of nome q = e^-pi,

    L^(1/4) <s_0 s_u> = A |pi theta_1'(0) / theta_1(pi u)|^(1/4)
                        sum_{i=1..4} |theta_i(pi u / 2)| / sum_{i=2..4} theta_i(0),

which tends to A |u|^(-1/4) for close spins; A is the amplitude of the infinite lattice. Lattices approach it
like L^(-7/4) or faster.

Source: P. Di Francesco, H. Saleur, J.-B. Zuber, Nucl. Phys. B 290, 527 (1987),
doi:10.1016/0550-3213(87)90202-6.
"""

import numpy as np

from scripts.ising.theory.correlations import critical_amplitude
from scripts.ising.theory.quadrature import double_exponential

ORDERS = np.arange(6)  # q^(6^2) = e^-113


def correlation(x, y=0.0):
    """Limit of L^(1/4) <s_0 s_r> on the L x L torus at T_c, with r = (x L, y L).

    Parameters
    ----------
    x, y : float or array
        Separation in units of L, within -1..1, not both 0 or integers.

    Returns
    -------
    float or array
        Relative error about 1e-14.
    """
    u = np.asarray(x, dtype=float) + 1j * np.asarray(y, dtype=float)
    spins = sum(np.abs(theta) for theta in _thetas(np.pi * u / 2))
    slope = 2 * np.sum((-1.0) ** ORDERS * (2 * ORDERS + 1) * _nome((ORDERS + 0.5) ** 2))
    decay = np.abs(np.pi * slope / _thetas(np.pi * u)[0]) ** 0.25
    partition = sum(np.abs(theta) for theta in _thetas(np.zeros(())))
    return (critical_amplitude() * decay * spins / partition)[()]


def scaling_constants():
    """Limits at T_c of <m^2> L^(1/4), and of the second-moment correlation length over L.

    Returns
    -------
    dict of str to float
        ``magnetization2`` = 1.09195, and ``correlation_length`` = 0.90505, which is
        (1/2 pi) sqrt(chi(0)/chi(k) - 1) with k = 2 pi / L (J. Salas and A. D. Sokal,
        J. Stat. Phys. 98, 551 (2000), arXiv:cond-mat/9904038).
    """
    x, weight = double_exponential(0.5, n=161)
    values = correlation(x[:, None], x[None, :])
    total = 4 * weight @ values @ weight
    wave = 4 * (weight * np.cos(2 * np.pi * x)) @ values @ weight
    return {
        "magnetization2": float(total),
        "correlation_length": float(np.sqrt(total / wave - 1) / (2 * np.pi)),
    }


def _nome(power):
    return np.exp(-np.pi * power)


def _thetas(v):
    """theta_1 .. theta_4 at the complex argument v, |Im v| <= pi, for the nome e^-pi."""
    v = np.asarray(v, dtype=complex)[..., None]
    half, sign = ORDERS + 0.5, (-1.0) ** ORDERS
    odd, whole = 2 * _nome(half**2), 2 * _nome(ORDERS[1:] ** 2)
    waves = np.cos(2 * ORDERS[1:] * v)
    return (
        np.sin(2 * half * v) @ (sign * odd),
        np.cos(2 * half * v) @ odd,
        1 + waves @ whole,
        1 + waves @ (sign[1:] * whole),
    )
