"""Critical temperatures of the Ising model on hypercubic lattices beside their mean-field values.

J = k_B = 1, T_c = 1/K_c. Two dimensions are exact; no exact solution is known above, and the
values are those of large simulations.
"""

from dataclasses import dataclass

from scripts.ising.theory import mean_field, onsager


@dataclass(frozen=True)
class CriticalTemperature:
    """T_c in d dimensions with its standard error (0 if exact), source, and mean-field value 2d."""

    dimension: int
    value: float
    error: float
    source: str

    @property
    def mean_field(self):
        """T_c = z = 2d."""
        return mean_field.critical_temperature(2 * self.dimension)

    @property
    def ratio(self):
        """Mean-field T_c over the true one; 1 in infinitely many dimensions."""
        return self.mean_field / self.value

    @property
    def ratio_error(self):
        """Standard error of `ratio`."""
        return self.ratio * self.error / self.value


def critical_temperatures():
    """T_c for d = 2, 3, 4.

    Returns
    -------
    tuple of CriticalTemperature
    """
    return (
        CriticalTemperature(
            2,
            onsager.critical_temperature(),
            0.0,
            "L. Onsager, Phys. Rev. 65, 117 (1944), doi:10.1103/PhysRev.65.117",
        ),
        _from_coupling(
            3,
            0.221654626,
            5e-9,
            "A. M. Ferrenberg, J. Xu, D. P. Landau, Phys. Rev. E 97, 043301 (2018), "
            "doi:10.1103/PhysRevE.97.043301",
        ),
        # rounded: determinations differ in the seventh digit, and the error covers them
        _from_coupling(
            4,
            0.149694,
            1e-6,
            "P. H. Lundow, K. Markstroem, Phys. Rev. E 80, 031104 (2009), doi:10.1103/PhysRevE.80.031104",
        ),
    )


def _from_coupling(dimension, coupling, error, source):
    return CriticalTemperature(dimension, 1 / coupling, error / coupling**2, source)
