r"""Mean field of N spins that all see each other, E = -M^2/(2N), and what it lacks: a constant.

For N -> infinity ln Z/N -> -beta f with m = tanh(beta m),

    -beta f = ln(2 cosh beta m) - beta m^2/2,
    ln Z + N beta f -> -1/2 ln[1 - beta (1 - m^2)] (+ ln 2 if m > 0),

the Gaussian integral about the saddle point, twice if there are two (derived here; beta = 1 excluded).
"""

import numpy as np
from scipy.optimize import brentq


def magnetization(beta):
    """The solution m >= 0 of m = tanh(beta m)."""
    return 0.0 if beta <= 1 else brentq(lambda m: m - np.tanh(beta * m), 1e-9, 1.0, xtol=1e-15)


def limit_per_spin(beta):
    """-beta f of infinitely many spins: ln Z/N in mean field."""
    m = magnetization(beta)
    return float(np.log(2 * np.cosh(beta * m)) - beta * m**2 / 2)


def excess(beta):
    """Limit of ln Z - N (-beta f), nats in all and not per spin."""
    m = magnetization(beta)
    return float(-np.log(1 - beta * (1 - m**2)) / 2 + (np.log(2) if m > 0 else 0.0))
