"""The multispin kernel against its plain twin, bit for bit, on every target; layout and bad input."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from scripts.common.bits import stream
from scripts.common.bits.pool import remake_pool
from scripts.ising.kernels import multispin
from scripts.ising.kernels.multispin import driver, layout, portable
from scripts.ising.kernels.multispin.rates import metropolis_rates

ROOT = Path(__file__).resolve().parents[2]
LADDER = np.linspace(1.0, 4.0, 64)
CASES = {  # L, T, h
    "smallest": (4, 2.3, 0.0),
    "six": (6, 2.0, 0.0),
    "ten": (10, 3.5, 0.0),
    "one vector": (16, 2.27, 0.0),
    "padded": (24, 2.27, 0.0),
    "temperatures": (24, LADDER, 0.0),
    "tail pool remade": (512, 2.27, 0.0),
    "field": (10, 2.5, 0.3),
    "field down": (16, 2.5, -0.4),
    "field between couplings": (12, 3.0, 2.5),
    "field of a coupling": (12, 3.0, -2.0),
    "strong field": (12, 5.0, -4.5),
    "temperatures and fields": (16, LADDER, 3 * (LADDER - 2.5)),
}


def twin(lattice, state, temperature, field, n_sweeps, n_bits):
    """The sweeps of `multispin.simulate` in plain loops, random words from the table."""
    rates = metropolis_rates(temperature, field, n_bits)
    fields = np.array([rates.against, rates.beyond_2, rates.beyond_4], np.uint64)
    size, words = lattice
    life = max(1, driver.POOL_LIFE // (size * (layout.row_stride(size) // 8 - 1)))
    for half_sweep in range(2 * n_sweeps):
        if half_sweep % life == 0:
            remake_pool(state, rates.start, rates.flips)
        portable.half_sweep(words, state, size, half_sweep % 2, rates.flips, fields)
        layout.fill_halo(words, size, half_sweep % 2)


def measured(spins):
    """Energy and magnetization from the definition."""
    s = spins.astype(int)
    return -(s * np.roll(s, 1, -1) + s * np.roll(s, 1, -2)).sum((-1, -2)), s.sum((-1, -2))


@pytest.mark.parametrize("n_bits", [16, 12, 8])
@pytest.mark.parametrize("case", CASES)
def test_the_kernel_is_its_plain_twin_bit_for_bit(case, n_bits):
    size, temperature, field = CASES[case]
    fast = multispin.random_lattice(size, 1, "tests/multispin")
    slow = multispin.lattice_of(multispin.spins(fast))
    state, other = (multispin.random_state(1, "tests/multispin", case) for _ in range(2))
    multispin.simulate(fast, state, temperature, field, n_sweeps=6, n_bits=n_bits)
    twin(slow, other, temperature, field, 6, n_bits)
    assert (multispin.spins(fast) == multispin.spins(slow)).all()
    assert (state[: stream.PICK + 1] == other[: stream.PICK + 1]).all()


@pytest.mark.parametrize("size", [4, 6, 14, 16, 18, 32, 34, 48, 64, 96, 128])
def test_measured_energy_and_magnetization_follow_the_definition(size):
    lattice = multispin.random_lattice(size, 2, "tests/multispin", str(size))
    series = multispin.simulate(lattice, multispin.random_state(2, "a"), LADDER, n_sweeps=3)
    for values, expected in zip(series, measured(multispin.spins(lattice)), strict=True):
        assert (values[-1] == expected).all()


def test_a_layout_returns_the_spins_it_was_given():
    spins = 2 * np.random.default_rng(3).integers(0, 2, (64, 10, 10)).astype(np.int8) - 1
    assert (multispin.spins(multispin.lattice_of(spins)) == spins).all()


@pytest.mark.parametrize(("temperature", "field"), [(2.3, 0.0), (LADDER, 0.2)])
def test_a_run_of_five_sweeps_and_seven_is_a_run_of_twelve(temperature, field):
    """Also across the remaking of the tail pool, every 2 half sweeps at this size."""
    whole, parts = (multispin.random_lattice(512, 4, "tests/multispin") for _ in range(2))
    states = [multispin.random_state(4, "tests/multispin") for _ in range(2)]
    together = multispin.simulate(whole, states[0], temperature, field, n_sweeps=12)
    apart = [multispin.simulate(parts, states[1], temperature, field, n_sweeps=n) for n in (5, 7)]
    for i in range(2):
        assert (together[i] == np.concatenate([part[i] for part in apart])).all()
    assert (states[0] == states[1]).all()
    assert (whole.words == parts.words).all()


def test_measuring_less_often_changes_no_spin():
    lattices = [multispin.ordered_lattice(16) for _ in range(2)]
    every, third = (
        multispin.simulate(lattice, multispin.random_state(5, "t"), 2.5, n_sweeps=9, measure_every=k)
        for lattice, k in zip(lattices, (1, 3), strict=True)
    )
    assert (every[0][2::3] == third[0]).all()
    assert third[1].shape == (3, 64)


def test_one_temperature_is_a_word_of_equal_temperatures():
    lattices = [multispin.ordered_lattice(16) for _ in range(2)]
    for lattice, temperature in zip(lattices, (2.2, np.full(64, 2.2)), strict=True):
        multispin.simulate(lattice, multispin.random_state(6, "t"), temperature, 0.1, n_sweeps=20)
    assert (multispin.spins(lattices[0]) == multispin.spins(lattices[1])).all()


PROGRAM = """
import hashlib, numpy as np
from scripts.common.bits.target import aes_lanes
from scripts.ising.kernels import multispin
digest = hashlib.sha256()
ladder = np.linspace(1, 4, 64)
for L, T, h in ((10, 2, 0), (16, ladder, 0), (24, 2.2, .3), (12, ladder, ladder - 2), (128, 2.3, 0)):
    lattice = multispin.random_lattice(L, 1, "bytes")
    state = multispin.random_state(1, "bytes")
    series = multispin.simulate(lattice, state, T, h, n_sweeps=8)
    for array in (multispin.spins(lattice), state, *series):
        digest.update(array.tobytes())
print(aes_lanes(), digest.hexdigest())
"""
TARGETS = {  # lanes of the generator: CPU and features that Numba is told to compile for
    0: ("generic", ""),
    2: ("x86-64-v3", "+aes"),
    4: ("alderlake", "+avx2,+aes,+vaes"),
    8: ("znver4", "+avx2,+aes,+vaes,+avx512f,+avx512vl,+avx512dq,+avx512bw"),
}


def can_run(features):
    """Whether this machine has them."""
    if not features:
        return True
    if platform.machine() != "x86_64" or not Path("/proc/cpuinfo").exists():
        return False
    have = Path("/proc/cpuinfo").read_text().split()
    return {name.strip("+") for name in features.split(",")} <= set(have)


def test_every_form_of_the_generator_gives_the_same_bytes():
    """Subprocesses compiled for a table, AES-NI, VAES-256, VAES-512: those that this machine can run."""
    digests = {}
    for lanes, (cpu, features) in TARGETS.items():
        if can_run(features):
            target = {"NUMBA_CPU_NAME": cpu, "NUMBA_CPU_FEATURES": features}
            result = subprocess.run(
                [sys.executable, "-c", PROGRAM],
                cwd=ROOT,
                env=os.environ | target,
                capture_output=True,
                text=True,
            )
            assert not result.returncode, result.stderr
            used, digest = result.stdout.split()
            assert int(used) == lanes
            digests[lanes] = digest
    assert len(set(digests.values())) == 1, digests


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda: multispin.ordered_lattice(5), "even L >= 4"),
        (lambda: multispin.ordered_lattice(2), "even L >= 4"),
        (lambda: metropolis_rates(0.0), "must be positive"),
        (lambda: metropolis_rates(-1.0), "T = -1.0"),
        (lambda: metropolis_rates(float("nan")), "must be positive"),
        (lambda: metropolis_rates(np.ones(3)), "or 64 of them"),
        (lambda: metropolis_rates(2.0, float("inf")), "field must be finite"),
        (lambda: metropolis_rates(2.0, n_bits=10), "allowed are 4, 8"),
        (lambda: run(n_sweeps=-1), "n_sweeps = -1"),
        (lambda: run(n_sweeps=5, measure_every=2), "no multiple"),
        (lambda: run(state=np.zeros(3, np.uint64)), "random_state"),
    ],
)
def test_bad_input_is_refused_in_one_line(attempt, message):
    with pytest.raises(ValueError, match=message) as caught:
        attempt()
    assert "\n" not in str(caught.value)


def run(temperature=2.0, n_sweeps=1, measure_every=1, state=None):
    state = multispin.random_state(1, "x") if state is None else state
    lattice = multispin.ordered_lattice(16)
    multispin.simulate(lattice, state, temperature, n_sweeps=n_sweeps, measure_every=measure_every)
