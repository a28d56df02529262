"""Sums over all states: the tree against the plain twin, closed forms, limits."""

import math
import os
import subprocess
import sys

import numpy as np
import pytest

from scripts.common import enumeration
from scripts.common.enumeration import LOW, energies, enumerated, plain, spins


def model(n, seed=0, scale=1.0):
    rng = np.random.default_rng(seed)
    J = np.triu(rng.normal(size=(n, n)), 1) * scale / np.sqrt(n)
    return J + J.T, 0.5 * rng.normal(size=n)


@pytest.mark.parametrize("n", [1, 2, 3, 4, LOW, LOW + 1, LOW + 2, 13])
@pytest.mark.parametrize("beta", [0.0, 0.3, 2.0])
def test_the_tree_agrees_with_the_plain_sum(n, beta):
    """Power: one state of 2^13 left out or counted twice changes ln Z by more than 1e-8."""
    J, h = model(n, seed=n)
    fast, slow = enumerated(J, h, beta), plain(J, h, beta)
    assert fast.log_z == pytest.approx(slow.log_z, abs=1e-12)
    assert fast.energy == pytest.approx(slow.energy, abs=1e-11)
    np.testing.assert_allclose(fast.magnetization, slow.magnetization, atol=1e-12)
    np.testing.assert_allclose(fast.correlation, slow.correlation, atol=1e-12)


def test_the_compiled_tree_equals_its_python_twin(monkeypatch):
    """The same operations in the same order; only a fused multiplication may round differently."""
    rng = np.random.default_rng(3)
    tables, pairs = rng.random((4, 2, 8)), np.tril(rng.normal(size=(4, 4)), -1)
    fast = enumeration._summed(np.ones(8), tables, pairs)
    monkeypatch.setattr(enumeration, "_walk", enumeration._walk.py_func)
    monkeypatch.setattr(enumeration, "_climb", enumeration._climb.py_func)
    for one, other in zip(fast, enumeration._summed(np.ones(8), tables, pairs), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-13, atol=1e-15)


def test_independent_spins_have_their_product():
    h = np.linspace(-1, 1, 12)
    found = enumerated(np.zeros((12, 12)), h, 0.7)
    assert found.log_z == pytest.approx(np.log(2 * np.cosh(0.7 * h)).sum(), abs=1e-12)
    np.testing.assert_allclose(found.magnetization, np.tanh(0.7 * h), atol=1e-14)


def test_a_ring_has_the_partition_function_of_its_transfer_matrix():
    n, K = 14, 0.6
    J = np.roll(np.eye(n), 1, axis=1)
    found = enumerated(J + J.T, np.zeros(n), K)
    assert found.log_z == pytest.approx(np.log((2 * np.cosh(K)) ** n + (2 * np.sinh(K)) ** n), abs=1e-11)
    t = np.tanh(K)
    assert found.correlation[0, 3] == pytest.approx((t**3 + t ** (n - 3)) / (1 + t**n), abs=1e-12)


def test_weights_beyond_the_range_of_numbers_are_added_up_all_the_same():
    """Every pair wants to differ, so that all states lie far above the bound that the tree divides out."""
    n, beta = 12, 500.0
    J = np.eye(n) - 1
    found = enumerated(J, np.zeros(n), beta)
    ground = math.comb(n, n // 2)  # half up, half down: E = -n/2
    assert found.log_z == pytest.approx(beta * n / 2 + math.log(ground), abs=1e-9)
    assert found.correlation[0, 1] == pytest.approx(-1 / (n - 1), abs=1e-12)


def test_derivatives_of_the_logarithm_are_the_averages():
    J, h = model(11, seed=7)
    step = 1e-4
    up, down = enumerated(J, h, 1 + step), enumerated(J, h, 1 - step)
    middle = enumerated(J, h, 1.0)
    assert -(up.log_z - down.log_z) / (2 * step) == pytest.approx(middle.energy, abs=1e-6)
    shifted = h + np.eye(11)[4] * step
    response = (enumerated(J, shifted, 1.0).log_z - middle.log_z) / step
    assert response == pytest.approx(middle.magnetization[4], abs=1e-4)


def test_states_are_numbered_by_their_bits():
    assert spins([5], 4).tolist() == [[1.0, -1.0, 1.0, -1.0]]
    J, h = model(4)
    s = spins([5], 4)[0]
    assert energies(J, h)[5] == pytest.approx(-s @ J @ s / 2 - h @ s)


@pytest.mark.parametrize(
    ("J", "h"),
    [
        (np.ones((3, 3)), np.zeros(3)),
        (np.triu(np.ones((3, 3)), 1), np.zeros(3)),
        (np.zeros((3, 3)), np.zeros(4)),
        (np.zeros((31, 31)), np.zeros(31)),
    ],
)
def test_a_model_that_is_none_is_refused(J, h):
    with pytest.raises(ValueError, match="J"):
        enumerated(J, h)


@pytest.mark.long
def test_machine_code_gives_the_same_bits_fresh_and_from_the_cache(tmp_path):
    """With sums in an order of the compiler's choice it did not."""
    program = (
        "import numpy as np; from scripts.common.enumeration import enumerated; r = np.random.default_rng(0);"
        "J = np.triu(r.normal(size=(14, 14)), 1); e = enumerated(J + J.T, r.normal(size=14));"
        "print(e.correlation.tobytes().hex(), e.magnetization.tobytes().hex(), e.log_z)"
    )
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": "."}
    fresh, cached = (
        subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
        for _ in range(2)
    )
    assert fresh.stdout == cached.stdout
