"""The run that measures tau before sampling: as long as it must be, whatever the seed."""

import pytest

from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.ising.pilot import equilibrated, remembered
from tests.common.calibration import ar1


def pilot(sweeps, seed=1):
    return equilibrated(16, "2.269185314213022", sweeps, seed, "tests/pilot")[2]


def test_a_run_too_short_for_its_tau_is_prolonged():
    """tau is about 10 sweeps: 100 sweeps are too few, 400 are enough. Detects a tau wrong by a third."""
    long = pilot(20000)
    assert 5 < long.tau < 20
    for seed in range(5):
        assert pilot(100, seed).tau == pytest.approx(long.tau, rel=1 / 3)


def test_a_lattice_that_cannot_be_in_equilibrium_is_refused():
    with pytest.raises(
        InputError, match=r"^ising.equilibration: 20 sweeps are too few for L = 16 at T = 2.269"
    ):
        pilot(20)


def test_a_run_of_less_than_thirty_autocorrelation_times_is_refused():
    """tau = 20: 24 tau satisfy the estimate of tau itself, but not the mean of the run."""
    series = ar1(generator(20260821, "tests/field"), 39 / 41, 2000, 64)
    with pytest.raises(InputError, match=r"^some.key: runs of 480 are too short for here, .* allowed: about"):
        remembered(series[:480], "some.key", "here")
    assert abs(remembered(series, "some.key", "here").tau - 20) < 4
