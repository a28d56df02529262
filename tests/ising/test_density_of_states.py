"""The integer density of states: every state counted, the lowest levels by hand."""

import pytest

from scripts.ising.theory import density_of_states


@pytest.mark.parametrize("L", [6, 8, 12, 16])
def test_the_density_of_states_counts_every_state_and_the_lowest_levels(L):
    N = L * L
    levels, counts = density_of_states.density_of_states(L)
    assert levels[0] == -2 * N
    assert levels[-1] == 2 * N
    assert sum(counts) == 2**N
    assert counts[:5] == (2, 0, 2 * N, 4 * N, N * (N + 9))
    assert counts == counts[::-1], "an even lattice has as many antiferromagnetic states"
