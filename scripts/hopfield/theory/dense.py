"""One-step errors of dense associative memories, E = -sum_mu F(sum_i xi_i^mu s_i) with F(x) = x^n.

Krotov and Hopfield, Adv. Neural Inf. Process. Syst. 29 (2016). Turning unit i changes the term of
the pattern itself by 2 n N^(n-1) and each of the others by 2 n x^(n-1) xi_i, where x is a sum of
N - 1 signs, nearly Gaussian with variance N: the noise has the variance K N^(n-1) (2n-3)!!.
"""

import math

from scipy import special


def double_factorial(n):
    """n (n-2) (n-4) ... down to 1 or 2; 1 for n <= 0."""
    return math.prod(range(n, 0, -2))


def bit_error(n_units, n_patterns, power):
    """Probability that a bit of a stored pattern is unstable, in the Gaussian approximation."""
    noise = n_patterns * double_factorial(2 * power - 3)
    return float(special.ndtr(-math.sqrt(n_units ** (power - 1) / noise)))


def patterns_at_error(n_units, power, error):
    """Number of patterns at which the bit error reaches a value."""
    return n_units ** (power - 1) / (double_factorial(2 * power - 3) * float(special.ndtri(error)) ** 2)
