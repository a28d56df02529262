"""The integer density of states: every state counted, the lowest levels by hand, temperature as a slope."""

import numpy as np
import pytest

from scripts.ising.theory import density_of_states, kaufman


@pytest.mark.parametrize("L", [6, 8, 12, 16])
def test_the_density_of_states_counts_every_state_and_the_lowest_levels(L):
    N = L * L
    levels, counts = density_of_states.density_of_states(L)
    assert levels[0] == -2 * N
    assert levels[-1] == 2 * N
    assert sum(counts) == 2**N
    assert counts[:5] == (2, 0, 2 * N, 4 * N, N * (N + 9))
    assert counts == counts[::-1], "an even lattice has as many antiferromagnetic states"


def test_microcanonical_slope_is_an_inverse_temperature():
    """dS/dE at the mean energy of T = 3 is 1/3: detects a level shifted by one."""
    energies, entropy = density_of_states.microcanonical_entropy(16)
    slope = np.gradient(entropy, energies)
    at = np.interp(kaufman.energy(16, 3.0), energies, slope)
    assert at == pytest.approx(1 / 3, rel=2e-2)
