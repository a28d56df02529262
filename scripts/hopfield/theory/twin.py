"""The replica-symmetric equations once more, the plain way: the twin of `temperature` and `lines`.

Nothing is shared but the equations of Amit, Gutfreund and Sompolinsky, Ann. Phys. 173, 30 (1987): averages
are sums over Gauss-Legendre nodes, solutions roots in m, q and T by Newton's method from a start nearby.
"""

import numpy as np
from scipy import optimize

NODES, WEIGHTS = np.polynomial.legendre.leggauss(1200)
Z = 9 * NODES
DENSITY = 9 * WEIGHTS * np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi)
SMALL = 1e-5  # of the differences that make derivatives


def mapped(m, q, T, alpha):
    """(<tanh>, <tanh^2>) of the field m + sqrt(alpha r) z, r = q / (1 - (1 - q)/T)^2: the next (m, q)."""
    t = np.tanh((m + np.sqrt(alpha * q) / (1 - (1 - q) / T) * Z) / T)
    return np.array([DENSITY @ t, DENSITY @ t**2])


def retrieval_temperature(alpha, start):
    """T_M(alpha): where the retrieval state merges with an unstable one, so that the map is marginal.

    Parameters
    ----------
    alpha : float
    start : (float, float, float)
        m, q and T close by.

    Returns
    -------
    float
        nan where Newton's method does not converge.
    """

    def conditions(x):
        m, q, T = x
        along = [mapped(m + SMALL, q, T, alpha) - mapped(m - SMALL, q, T, alpha),
                 mapped(m, q + SMALL, T, alpha) - mapped(m, q - SMALL, T, alpha)]  # fmt: skip
        marginal = np.linalg.det(np.array(along).T / (2 * SMALL) - np.eye(2))
        return [*(mapped(m, q, T, alpha) - [m, q]), marginal]

    return _root(conditions, start)[2]


def coexistence_temperature(alpha, start):
    """T_c(alpha): equal free energies of the retrieval state and the spin glass.

    ``start`` holds m and q of the one, q of the other, and T.
    """

    def conditions(x):
        m, q, glass, T = x
        found = [*(mapped(m, q, T, alpha) - [m, q]), mapped(0.0, glass, T, alpha)[1] - glass]
        return [*found, _free_energy(m, q, T, alpha) - _free_energy(0.0, glass, T, alpha)]

    return _root(conditions, start)[3]


def _free_energy(m, q, T, alpha):
    """Per unit, as in the paper: with r eliminated by its equation, and ln(2 cosh) as it stands."""
    c = (1 - q) / T
    r = q / (1 - c) ** 2
    h = (m + np.sqrt(alpha * r) * Z) / T
    entropy = DENSITY @ np.logaddexp(h, -h)
    return (
        (m**2 + alpha) / 2
        + alpha * T / 2 * (np.log(1 - c) - q / T / (1 - c))
        + alpha * r * c / 2
        - T * entropy
    )


def _root(conditions, start):
    found = optimize.root(conditions, start, tol=1e-12)
    return found.x if np.max(np.abs(found.fun)) < 1e-7 else np.full(len(start), np.nan)
