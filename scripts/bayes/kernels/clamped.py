r"""A Boltzmann machine with hidden units: the partition function at clamped data, by its product formula.

Units 0 or 1, E(v, h) = -a'v - b'h - v'Wh, no connections within a layer. Summed over h,

    Z(D) = sum_h e^{-E(D, h)} = e^{a'D} prod_j (1 + e^{b_j + (D'W)_j}) = e^{-F(D)}.
"""

import numpy as np


def free_energy(v, a, b, W):
    """F = -ln Z(D), float64[...], of visible units along the last axis of ``v``."""
    return -(v @ a) - np.logaddexp(0.0, b + v @ W).sum(-1)
