"""R-hat and effective sizes: chains of known memory, and the reference implementation."""

import numpy as np
import pytest

from scripts.common.seeds import generator
from scripts.common.statistics import (
    effective_size_bulk,
    effective_size_tail,
    integrated_autocorrelation_time,
    r_hat,
)
from scripts.common.statistics.counts import deviate, uniform_deviate

SEED = 5


def autoregressive(r, n_chains, n, rng, shape=lambda x: x):
    """Stationary chains x' = r x + sqrt(1 - r^2) noise, seen through a monotone function."""
    x = np.empty((n_chains, n))
    x[:, 0] = rng.standard_normal(n_chains)
    for t in range(1, n):
        x[:, t] = r * x[:, t - 1] + np.sqrt(1 - r**2) * rng.standard_normal(n_chains)
    return shape(x)


@pytest.mark.parametrize("r", [0.0, 0.5, 0.9])
def test_autoregressive_chains_have_their_exact_memory(r):
    """tau = (1 + r) / (2 (1 - r)) within 4 errors of at most 4 %, and the effective size within 6 %."""
    chains = autoregressive(r, 8, 20000, generator(SEED, "ar", f"{r}"))
    exact = (1 + r) / (2 * (1 - r))
    time = integrated_autocorrelation_time(chains.T)
    assert abs(time.tau - exact) < 4 * time.err
    assert time.err < 0.04 * exact
    assert effective_size_bulk(chains) == pytest.approx(chains.size / (2 * exact), rel=0.06)
    assert r_hat(chains) < 1.01


@pytest.mark.parametrize("r", [-0.4, 0.0, 0.8, 0.97])
@pytest.mark.parametrize(
    "shape", [lambda x: x, lambda x: np.exp(2 * x), np.round], ids=["normal", "heavy", "ties"]
)
def test_arviz_agrees(r, shape):
    """Within 5 %, as a stranger to this code; in fact to rounding."""
    array_stats = pytest.importorskip("arviz_stats.base").array_stats
    chains = autoregressive(r, 4, 1000, generator(SEED, "arviz", f"{r}"), shape)
    assert r_hat(chains) == pytest.approx(float(array_stats.rhat(chains, method="rank")), rel=1e-6)
    assert effective_size_bulk(chains) == pytest.approx(
        float(array_stats.ess(chains, method="bulk")), rel=0.05
    )
    tail = float(array_stats.ess(chains, method="tail", prob=(0.05, 0.95)))
    assert effective_size_tail(chains) == pytest.approx(tail, rel=0.05)


def test_chains_that_disagree_are_seen():
    """Different places, different widths, and a drift of all chains alike."""
    x = generator(SEED, "disagree").standard_normal((4, 1000))
    assert r_hat(x) < 1.01
    assert r_hat(x + np.array([[0], [0], [0], [1]])) > 1.1
    assert r_hat(x * [[1], [1], [1], [4]]) > 1.1
    assert r_hat(x + np.linspace(0, 2, 1000)) > 1.1


def test_chains_that_stand_still_have_no_agreement_or_all_of_it():
    still = np.repeat([[0.0], [0.0], [1.0], [1.0]], 100, axis=1)
    assert r_hat(still) == np.inf
    assert r_hat(np.zeros((4, 100))) == 1
    with pytest.raises(ValueError, match="n >= 4"):
        r_hat(np.zeros((4, 3)))


def test_uniform_numbers_are_uniform_and_others_are_not():
    """Detects a density 1 + 0.05 (2u - 1) among 40000 numbers at 5 sigma."""
    rng = generator(SEED, "uniform")
    z = [uniform_deviate(rng.random(2000)) for _ in range(400)]
    assert abs(np.mean(z)) < 0.2
    assert 0.85 < np.std(z) < 1.15
    u = rng.random(40000)
    assert uniform_deviate(u ** (1 / 1.1)) > 5
    assert deviate(0.01, 10) < -5
