r"""Independent spins of one mean m as a trial for an Ising model of N spins, in closed form.

On the square torus with couplings 1 in a field h, in units with k_B = 1,

    F[Q]/N = -2 m^2 - h m + T sum_s (1 + s m)/2 ln (1 + s m)/2,

and for any P with the mean M of its spins and the entropy S(P)

    D(P||Q) = -S(P) - N sum_s (1 + s M)/2 ln (1 + s m)/2,

least where m = M.
"""

import numpy as np


def torus_free_energy(m, n, field, T):
    """F[Q], float64[...]."""
    up, down = (1 + m) / 2, (1 - m) / 2
    return n * (-2 * m * m - field * m + T * (up * np.log(up) + down * np.log(down)))


def forward_divergence(m, n, mean, entropy):
    """D(P||Q) in nats, float64[...]."""
    return -entropy - n / 2 * ((1 + mean) * np.log((1 + m) / 2) + (1 - mean) * np.log((1 - m) / 2))
