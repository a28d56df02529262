"""One update of one unit, exactly, for random patterns at any N and P (Hebb, no diagonal).

In pattern mu the field of unit i times xi_i is (N - 1 + S)/N, where S is a sum of (N - 1)(P - 1)
independent random signs. The unit turns if the field is against it: S < -(N - 1).
"""

import math

from scipy import special


def bit_error(n_units, n_patterns):
    """Probability that a given bit of a stored pattern is unstable, a tail of the binomial law."""
    n = (n_units - 1) * (n_patterns - 1)
    least = (n + n_units - 1) // 2 + 1  # minus signs that turn the unit
    if n < 2**31:
        return float(special.bdtrc(least - 1, n, 0.5)) if n_patterns > 1 else 0.0
    return float(special.betainc(least, n - least + 1, 0.5))  # the same tail; bdtrc counts in 32 bits


def large_network_error(alpha):
    """Its limit for N to infinity at fixed load: 1/2 erfc(1/sqrt(2 alpha))."""
    return float(special.erfc(1 / math.sqrt(2 * alpha)) / 2)


def unstable_bits(n_units, n_patterns):
    """Mean number of unstable bits of one pattern, exactly N times `bit_error`."""
    return n_units * bit_error(n_units, n_patterns)


def error_free_load(n_units):
    """The load at which (1 - p)^N = 1/2 with p = 1/2 erfc(1/sqrt(2 alpha)).

    Errors of one pattern are not independent, so this is an estimate of where half of the patterns
    are stable; it tends to 1/(2 ln N), slowly.
    """
    p = -math.expm1(-math.log(2) / n_units)
    return 1 / (2 * float(special.erfcinv(2 * p)) ** 2)


def stable_share(n_units, alpha):
    """(1 - p)^N with the large-network p: the share of stable patterns if errors were independent."""
    return math.exp(n_units * math.log1p(-large_network_error(alpha)))
