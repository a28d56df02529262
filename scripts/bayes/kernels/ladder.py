"""The way from prior to posterior: which powers of the likelihood are stations, and what they weigh."""

import numpy as np


class Ladder:
    """Powers between prior and posterior, even in the logarithm of the precision, and proposals for them.

    The precision at a power is alpha + power * G_ii with G that of the data: in ``t`` from 0 to 1,
    power(t) = r ((1 + 1/r)^t - 1) with r = alpha / mean G_ii. This ladder is about as steep in each step
    as the walkers are slow there.
    """

    def __init__(self, precision, prior):
        self.precision, self.prior = precision, prior
        self.ratio = prior / precision.mean()

    def powers(self, t):
        """float64[...] in [0, 1]."""
        return self.ratio * np.expm1(np.asarray(t) * np.log1p(1 / self.ratio))

    def slopes(self, t):
        """d power / dt, float64[...]."""
        grow = np.log1p(1 / self.ratio)
        return self.ratio * grow * np.exp(np.asarray(t) * grow)

    def scales(self, powers):
        """Proposal widths, float64[T, d]."""
        widths = (self.prior + np.asarray(powers)[:, None] * self.precision) ** -0.5
        return 2.4 / np.sqrt(len(self.precision)) * widths

    def quadrature(self, n):
        """Powers and weights of an integral over the power from 0 to 1, by Gauss and Legendre in ``t``."""
        nodes, weights = np.polynomial.legendre.leggauss(n)
        t = (nodes + 1) / 2
        return self.powers(t), weights / 2 * self.slopes(t)
