"""Named streams: reproducible, independent of each other, and of what else runs."""

import numpy as np
import pytest

from scripts.common import seeds


def test_a_stream_is_the_same_on_every_machine():
    """The words are typed: a change of the recipe would silently change every result."""
    assert seeds.words(1, "ising/simulate", "L=64", n=2).tolist() == EXPECTED


def test_every_label_and_every_seed_has_its_own_stream():
    streams = [seeds.words(seed, *label, n=4).tobytes() for seed in (0, 1, 2**32 - 1)
               for label in (("a",), ("b",), ("a", "b"), ("ab",))]  # fmt: skip
    assert len(set(streams)) == len(streams)


def test_streams_of_neighboring_labels_are_uncorrelated():
    """|r| < 5/sqrt(n) = 0.05: detects a correlation of 0.1 at 10 sigma."""
    draws = [seeds.generator(1, "test", f"T={i}").standard_normal(10_000) for i in range(8)]
    correlation = np.corrcoef(draws) - np.eye(8)
    assert np.abs(correlation).max() < 0.05


def test_a_stream_needs_a_label():
    with pytest.raises(ValueError, match="label"):
        seeds.generator(1)


EXPECTED = [16760424641421017836, 5497271928553836121]
