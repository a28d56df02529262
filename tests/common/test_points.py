"""Columns and arrays from several quantities and points."""

import numpy as np

from scripts.common.points import named_pairs, stacked
from scripts.common.statistics import Estimate


def test_an_estimate_of_several_values_is_told_apart_by_name():
    row = named_pairs(("y_t", "y_h"), Estimate(np.array([1.0, 1.9]), np.array([0.1, 0.2]), 63))
    assert list(row.items()) == [("y_t", 1.0), ("y_t_err", 0.1), ("y_h", 1.9), ("y_h_err", 0.2)]


def test_points_are_stacked_in_their_order():
    arrays = stacked([{"m": np.array([k, 2 * k]), "n": k} for k in (3, 1)])
    assert arrays["m"].tolist() == [[3, 6], [1, 2]]
    assert arrays["n"].tolist() == [3, 1]
