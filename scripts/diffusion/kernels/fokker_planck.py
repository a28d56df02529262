"""The Fokker-Planck equation dp/dt = d/dx (x p) + d2p/dx2 by conservative finite volumes.

The current through a wall between cells is J = -x p - dp/dx, with Chang and Cooper's weights
(J. Comput. Phys. 6, 1 (1970), doi:10.1016/0021-9991(70)90001-X): second order in dx, positive, and
zero in equilibrium. No current leaves the box, so the mass is kept to rounding. In time,
Crank and Nicolson's rule.
"""

import numpy as np
from scipy.linalg import eigh_tridiagonal, solve_banded


def cells(reach, n):
    """Centers of n equal cells of [-reach, reach], and their width."""
    width = 2 * reach / n
    return -reach + width * (np.arange(n) + 0.5), width


def _bernoulli(u):
    """u / (e^u - 1), 1 - u/2 near zero."""
    small = np.abs(u) < 1e-5
    safe = np.where(small, 1.0, u)
    return np.where(small, 1 - u / 2 + u**2 / 12, safe / np.expm1(safe))


def operator(centers, width, terms=(1.0, 1.0)):
    """The generator as three diagonals: lower[n - 1], main[n], upper[n - 1].

    Parameters
    ----------
    terms : (float, float)
        Strength of the drift and of the diffusion (> 0).
    """
    drift, diffusion = terms
    walls = (centers[1:] + centers[:-1]) / 2
    # J = diffusion/width (B(w) p_left - B(-w) p_right), w = drift * wall * width / diffusion
    w = drift * walls * width / diffusion
    rate = diffusion / width**2
    rightward, leftward = rate * _bernoulli(w), rate * _bernoulli(-w)
    main = np.zeros(len(centers))
    main[:-1] -= rightward
    main[1:] -= leftward
    return rightward, main, leftward


def currents(p, centers, width, terms=(1.0, 1.0)):
    """The probability current through the inner walls, float64[n - 1]."""
    rightward, _, leftward = operator(centers, width, terms)
    return width * (rightward * p[:-1] - leftward * p[1:])


def evolve(p, durations, step, centers, width, terms=(1.0, 1.0)):
    """Carry a density on through successive spans of time.

    Parameters
    ----------
    p : float64[n]
        Cell means at the start.
    durations : sequence of float
    step : float
        Largest step in time.

    Returns
    -------
    float64[len(durations), n]
    """
    lower, main, upper = operator(centers, width, terms)
    found, p = [], np.array(p, float)
    for duration in durations:
        n_steps = max(1, int(np.ceil(duration / step - 1e-9))) if duration > 0 else 0
        h = duration / max(n_steps, 1)
        band = np.zeros((3, len(p)))
        band[0, 1:], band[1], band[2, :-1] = -h / 2 * upper, 1 - h / 2 * main, -h / 2 * lower
        for _ in range(n_steps):
            right = p + h / 2 * main * p
            right[1:] += h / 2 * lower * p[:-1]
            right[:-1] += h / 2 * upper * p[1:]
            p = solve_banded((1, 1), band, right, overwrite_b=True, check_finite=False)
        found.append(p.copy())
    return np.array(found)


def spectrum(centers, width, n):
    """The n smallest decay rates of the generator; exactly 0, 1, 2, ... in the limit.

    The generator is made symmetric by the root of the ratio of its two rates.
    """
    lower, main, upper = operator(centers, width)
    return eigh_tridiagonal(-main, -np.sqrt(lower * upper), select="i", select_range=(0, n - 1))[0]
