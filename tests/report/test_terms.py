"""Words that mean the same: each in one group only."""

from collections import Counter

from scripts.report.sources import terms


def test_no_word_stands_in_two_groups():
    found = Counter(word for group in terms() for word in group["words"])
    assert not [word for word, n in found.items() if n > 1]
    assert all(len(group["words"]) > 1 for group in terms())
