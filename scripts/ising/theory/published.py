"""Critical temperatures of the Ising model on hypercubic lattices.

J = k_B = 1, T_c = 1/K_c. Two dimensions are exact; no exact solution is known above, and the
values are those of large simulations.
"""

from typing import NamedTuple

from scripts.ising.theory import onsager

ONSAGER = "L. Onsager, Phys. Rev. 65, 117 (1944), doi:10.1103/PhysRev.65.117"
# dimension, K_c with its standard error, source; the last is rounded: determinations differ in the seventh
# digit, and the error covers them
COUPLINGS = (
    (3, 0.221654626, 5e-9, "A. M. Ferrenberg, J. Xu, D. P. Landau, Phys. Rev. E 97, 043301 (2018), "
     "doi:10.1103/PhysRevE.97.043301"),
    (4, 0.149694, 1e-6, "P. H. Lundow, K. Markstroem, Phys. Rev. E 80, 031104 (2009), "
     "doi:10.1103/PhysRevE.80.031104"),
)  # fmt: skip


class CriticalTemperature(NamedTuple):
    """T_c in d dimensions with its standard error (0 if exact), and source."""

    dimension: int
    value: float
    error: float
    source: str


def critical_temperatures():
    """T_c for d = 2, 3, 4.

    Returns
    -------
    list of CriticalTemperature
    """
    simulated = [CriticalTemperature(d, 1 / K, error / K**2, source) for d, K, error, source in COUPLINGS]
    return [CriticalTemperature(2, onsager.critical_temperature(), 0.0, ONSAGER), *simulated]
