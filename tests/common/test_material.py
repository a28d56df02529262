"""What several experiments start from: digits, random couplings."""

import numpy as np

from scripts.common.couplings import symmetric_normal
from scripts.common.digits import handwritten_digits


def test_couplings_are_normal_numbers_of_all_pairs():
    """Detects a scale that is 2 % off at 4 sigma."""
    J = symmetric_normal(np.random.default_rng(1), 200, 3.0)
    assert (J == J.T).all()
    assert not np.diag(J).any()
    above = J[np.triu_indices(200, 1)]
    assert abs(above.std() / 3.0 - 1) < 4 / np.sqrt(2 * len(above))
    np.testing.assert_array_equal(
        above[:199], np.random.default_rng(1).normal(scale=3.0, size=(200, 200))[0, 1:]
    )


def test_the_digits_have_seventeen_levels_and_ten_kinds():
    images, shown = handwritten_digits()
    assert images.shape == (1797, 64)
    assert set(np.unique(images)) == set(range(17))
    assert np.bincount(shown).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
