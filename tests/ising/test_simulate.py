"""The simulation step: right numbers with right errors, independent streams, honest refusals."""

import numpy as np
import pytest

from scripts.common.io import InputError
from scripts.ising import analyze, configurations, simulate
from scripts.ising.theory import kaufman, transfer_matrix

SEED = 20250918


@pytest.fixture(scope="module")
def small():
    """L = 4 at three temperatures, analyzed: 64 x 20000 sweeps each."""
    arrays = simulate.simulate(4, ["1.80", "2.30", "3.50"], 20000, 500, SEED)
    return analyze.thermodynamics(4, arrays)


@pytest.mark.parametrize("name", ["energy", "specific_heat", "abs_magnetization", "susceptibility", "binder"])
def test_observables_agree_with_the_transfer_matrix(small, name):
    """|z| <= 4.5 with errors below 1 %; 1 % in T moves e at T = 2.3 by 25 sigma."""
    for _, row in small.iterrows():
        exact = transfer_matrix.observables(4, float(row["T"]))[name]
        assert row[f"{name}_err"] < 0.01 * abs(exact)
        assert abs(row[name] - exact) < 4.5 * row[f"{name}_err"]


def test_one_per_cent_in_temperature_is_rejected(small):
    row = small.iloc[1]
    assert abs(row["energy"] - kaufman.energy(4, 1.01 * 2.30)) > 20 * row["energy_err"]


def test_a_new_temperature_changes_no_other_number():
    alone = simulate.simulate(4, ["2.30"], 3000, 100, SEED)
    among = simulate.simulate(4, ["1.80", "2.30"], 3000, 100, SEED)
    assert (alone["moments"][0] == among["moments"][1]).all()
    assert (alone["snapshots"][0] == among["snapshots"][1]).all()


def test_another_seed_gives_other_numbers():
    one, two = (simulate.simulate(4, ["2.30"], 3000, 100, seed)["moments"] for seed in (1, 2))
    assert (one != two).any()


def test_a_run_too_short_for_its_autocorrelation_is_refused_with_the_number_it_needs():
    with pytest.raises(InputError, match=r"ising\.sweeps: runs of 300 .* L = 32 at T = 2\.27") as error:
        simulate.simulate(32, ["2.27"], 300, 100, SEED)
    assert "\n" not in str(error.value)


def test_below_tc_no_replica_is_stuck_in_stripes():
    """64 replicas at L = 128, T = 1.5: random starts leave about one in six in stripes, |m| near 0."""
    arrays = simulate.simulate(128, ["1.50"], 1000, 200, SEED)
    row = analyze.thermodynamics(128, arrays).iloc[0]
    magnetization = arrays["moments"][0][:, 2] / 128**2
    assert magnetization.min() > 0.9
    assert abs(row["energy"] - kaufman.energy(128, 1.5)) < 4.5 * row["energy_err"]


@pytest.fixture(scope="module")
def sample():
    return configurations.configurations(16, "2.40", 1000, 2000, SEED)


def unpacked(sample):
    size = int(sample["size"])
    bits = np.unpackbits(sample["configurations"], axis=1, count=size * size)
    return 2 * bits.reshape(-1, size, size).astype(int) - 1


def test_configurations_have_the_energy_of_their_temperature(sample):
    """Error of the mean of 1000 configurations at L = 16: 0.006; 1 % in T would move it by 0.026."""
    spins = unpacked(sample)
    energy = -(spins * (np.roll(spins, 1, 1) + np.roll(spins, 1, 2))).mean(axis=(1, 2))
    assert abs(energy.mean() - kaufman.energy(16, 2.40)) < 4.5 * energy.std() / np.sqrt(len(energy))
    assert energy.std() / np.sqrt(len(energy)) < 0.01 * abs(kaufman.energy(16, 2.40))


def test_configurations_are_far_apart_and_symmetric(sample):
    assert sample["spacing"] >= 5 * sample["tau"][0]
    assert sample["configurations"].shape == (1000, 16 * 16 // 8)
    up = unpacked(sample).sum(axis=(1, 2)) > 0
    assert abs(up.mean() - 0.5) < 4.5 * 0.5 / np.sqrt(1000)


def test_successive_configurations_of_a_replica_are_uncorrelated(sample):
    """|rho| of the signed m over one spacing: below 0.16 at 5 sigma of 1000 pairs; unflipped it is 0.5."""
    m = unpacked(sample).mean(axis=(1, 2))
    pairs = m[:-64], m[64:]
    assert abs(np.corrcoef(*pairs)[0, 1]) < 5 / np.sqrt(len(pairs[0]))
