"""Tosses against the binomial distribution."""

from math import comb

import numpy as np
import pytest

from scripts.coin.kernels.tosses import shares
from scripts.coin.theory.binomial import variance
from scripts.common.seeds import generator


@pytest.mark.parametrize("n", [1, 2, 7])
def test_the_variance_is_that_of_all_outcomes(n):
    mean_square = sum(comb(n, k) * (k / n - 0.5) ** 2 for k in range(n + 1)) / 2**n
    assert mean_square == pytest.approx(variance(n), rel=1e-12)


def test_outcomes_come_as_often_as_they_should():
    """Detects a coin that is 51 % heads at 4 sigma."""
    found = shares(4, 10_000, generator(1, "test"))
    assert abs(found.mean() - 0.5) < 4 * np.sqrt(variance(4) / len(found))
