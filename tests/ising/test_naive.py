"""The scalar kernels against all states of the 4 x 4 torus, and the table they use."""

import numpy as np
import pytest

from scripts.common.seeds import generator
from scripts.ising.kernels import checkerboard, naive, wolff
from tests.ising.four_by_four import energy_and_magnetization, probabilities


def checkerboard_series(spins, temperature, n_sweeps, seed, *labels, field=0.0):
    """As `naive.simulate`, with the sweeps of the checkerboard."""
    table, rng = naive.acceptance(temperature, field), generator(seed, *labels)
    energy, magnetization = np.empty((2, n_sweeps), np.int64)
    for k in range(n_sweeps):
        checkerboard.advance(spins, table, rng, 1)
        energy[k], magnetization[k] = wolff.energy_and_magnetization(spins)
    return energy, magnetization


@pytest.mark.parametrize(("simulate", "n_sweeps"), [(naive.simulate, 20000), (checkerboard_series, 4000)])
@pytest.mark.parametrize(("temperature", "field"), [(2.5, 0.0), (3.0, 0.4), (5.0, -2.5)])
def test_energy_and_magnetization_agree_with_all_states(simulate, n_sweeps, temperature, field):
    """Error about 0.3 % of E: detects 1 % of T at 4 sigma at T = 2.5."""
    runs = [
        simulate(np.ones((4, 4), np.int8), temperature, n_sweeps, 1, "scalar", str(k), field=field)
        for k in range(20)
    ]
    p = probabilities(temperature, field)
    for series, exact in zip(zip(*runs, strict=True), energy_and_magnetization(), strict=True):
        means = np.array([values[100:].mean() for values in series])
        error = means.std(ddof=1) / np.sqrt(len(means))
        assert abs(means.mean() - (p * exact).sum()) < 4.5 * error
        assert error < 0.2


def test_the_acceptance_table_obeys_detailed_balance():
    """ln of the ratio of a move to its inverse is -dE / T, from the energies of two explicit states."""
    T, h = 2.3, 0.7
    table = naive.acceptance(T, h)
    for around in range(-4, 5, 2):
        up, down = table[(around + 4) // 2, 1], table[(-around + 4) // 2, 0]
        assert np.log(up / down) == pytest.approx(-2 * (around + h) / T, abs=1e-12)
        assert max(up, down) == 1


def test_measured_values_follow_the_definition():
    spins = np.ones((6, 6), np.int8)
    energy, magnetization = naive.simulate(spins, 3.0, 5, 1, "tests/naive")
    s = spins.astype(int)
    assert energy[-1] == -(s * (np.roll(s, 1, 0) + np.roll(s, 1, 1))).sum()
    assert magnetization[-1] == s.sum()


def test_a_temperature_must_be_positive():
    with pytest.raises(ValueError, match="must be positive"):
        naive.acceptance(0.0)
