"""The lines of the phase diagram (replica symmetric).

T_g   below it the spins freeze: 1 + sqrt(alpha)
T_M   below it retrieval states exist
T_c   below it they have the lowest free energy
T_R   below it the retrieval state breaks replica symmetry
"""

from functools import cache

import numpy as np
from scipy import optimize

from scripts.hopfield.theory import temperature, zero_temperature
from scripts.hopfield.theory.temperature import free_energy, largest_load, retrieval, spin_glass

LOWEST = 0.05  # alpha_M(T) falls with T from here on; below T = 0.023 the RS line bends back


def glass_temperature(alpha):
    """T_g(alpha)."""
    return 1 + np.sqrt(alpha)


@cache
def retrieval_temperature(alpha):
    """T_M(alpha) from the largest load at each temperature; None without retrieval above T = 0.05."""
    if alpha >= largest_load(LOWEST)[0]:
        return None
    top = 1 - 1.5 * np.sqrt(alpha)  # (1 - T_M) / sqrt(alpha) is 1.95 and more
    return float(optimize.brentq(lambda T: largest_load(T)[0] - alpha, LOWEST, top, xtol=1e-10))


@cache
def thermodynamic_temperature(alpha):
    """T_c(alpha): where retrieval and spin-glass states have equal free energy; None above all such loads."""

    def gap(T):
        return free_energy(alpha, T, retrieval(alpha, T)) - free_energy(alpha, T, spin_glass(alpha, T))

    highest = retrieval_temperature(alpha)
    if highest is None or gap(LOWEST) > 0:
        return None
    return float(optimize.brentq(gap, LOWEST, highest - 1e-6, xtol=1e-9))


@cache
def instability_temperature(alpha):
    """T_R(alpha) on the retrieval branch; None where it lies below T = 0.005."""
    low = temperature.LEAST_TEMPERATURE

    def excess(T):
        return temperature.instability(alpha, T, retrieval(alpha, T)) - 1

    if alpha >= zero_temperature.capacity()[0] or excess(low) < 0:
        return None
    return float(optimize.brentq(excess, low, (retrieval_temperature(alpha) or LOWEST) - 1e-6, xtol=1e-9))
