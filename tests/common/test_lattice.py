"""Random words, clusters as trees, and rows of spins as words."""

import numpy as np
import pytest
from numba import njit

from scripts.common.lattice import rows, streams, trees


@njit
def drawn(state, n):
    """The next n words of a stream, which goes on where it ended."""
    out, stream = np.empty(n, np.uint64), streams.load(state)
    for i in range(n):
        out[i], stream = streams.next_word(stream)
    streams.store(state, stream)
    return out


def test_words_are_those_of_the_published_generator():
    """First outputs of xoshiro256++ from the state 1, 2, 3, 4, as its reference implementation has them."""
    state = np.array([1, 2, 3, 4], np.uint64)
    assert [*drawn(state, 4), *drawn(state, 2)] == [
        41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205, 9973669472204895162
    ]  # fmt: skip


def test_a_threshold_is_a_probability_of_all_words():
    assert [int(streams.threshold(p)) for p in (0.0, 0.5, 1.0)] == [0, 2**63, 2**64 - 1]
    with pytest.raises(ValueError, match="probability"):
        streams.threshold(1.5)


def test_trees_join_what_bonds_join_under_the_first_site():
    """Against labels that spread over the bonds until nothing changes, at few and at many bonds."""
    rng = np.random.default_rng(3)
    for n_bonds in (10, 60, 200):
        parent, label = np.arange(100, dtype=np.int32), np.arange(100)
        bonds = rng.integers(0, 100, (n_bonds, 2))
        for i, j in bonds.tolist():
            trees.unite(parent, i, j)
        for _ in range(100):
            for i, j in bonds.tolist():
                label[[i, j]] = label[[i, j]].min()
        assert (parent <= np.arange(100)).all()
        assert [trees.find(parent, i) for i in range(100)] == label.tolist()


@pytest.mark.parametrize("L", [4, 30, 64, 66, 128])
def test_rows_hold_the_spins_in_their_order(L):
    spins = np.random.default_rng(L).choice(np.array([-1, 1], np.int8), (3, L, L))
    words = rows.packed(spins)
    assert words.shape == (3, L, -(-L // 64))
    assert words.dtype == np.uint64
    for x in (0, L // 2, L - 1):
        assert np.array_equal(words[..., x // 64] >> np.uint64(x % 64) & np.uint64(1), spins[..., x] > 0)
    assert np.bitwise_count(words).sum() == (spins > 0).sum()  # no bit beyond the row
    back = rows.unpacked(words)
    assert back.dtype == np.int8
    assert np.array_equal(back, spins)
