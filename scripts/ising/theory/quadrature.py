"""The double-exponential rule, shared by the integrals of the infinite lattice."""

import numpy as np


def double_exponential(length, half_width=3.2, n=121):
    """Nodes and weights of the tanh-sinh rule on (0, length).

    Integrands may be singular at both ends: the nodes crowd there double exponentially,
    down to e^-38 of the length, and are exact to rounding near 0.

    Parameters
    ----------
    length : float
    half_width : float
        Where the transformed integral over the whole line is cut off.
    n : int
        Number of nodes; an integrand that oscillates q times wants 121 + 32 q.

    Returns
    -------
    (float64[n], float64[n])

    Notes
    -----
    H. Takahasi and M. Mori, Publ. RIMS 9, 721 (1974), doi:10.2977/prims/1195192451.
    """
    t = np.linspace(-half_width, half_width, n)
    y = np.pi / 2 * np.sinh(t)
    weight = np.pi / 4 * np.cosh(t) / np.cosh(y) ** 2 * (2 * half_width / (n - 1))
    return length / (1 + np.exp(-2 * y)), length * weight
