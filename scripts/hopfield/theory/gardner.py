"""What the best couplings could store.

Gardner, J. Phys. A 21, 257 (1988); Cover, IEEE Trans. EC-14, 326 (1965).
"""

import math

from scipy import special


def capacity(kappa=0.0):
    """Largest load at which couplings exist that hold all random patterns with stability kappa.

    alpha_c = 1 / int_{-kappa}^inf Dt (t + kappa)^2 = 1 / ((1 + kappa^2) Phi(kappa) + kappa phi(kappa)).
    """
    density = math.exp(-(kappa**2) / 2) / math.sqrt(2 * math.pi)
    return float(1 / ((1 + kappa**2) * special.ndtr(kappa) + kappa * density))


def separable_share(n_inputs, n_patterns):
    """Share of the 2^P labelings of P points in general position in N dimensions that a plane separates.

    2^(1-P) sum_{k<N} binom(P-1, k), exactly; one half at P = 2N.
    """
    return float(special.bdtr(n_inputs - 1, n_patterns - 1, 0.5))
