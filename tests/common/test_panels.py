"""What the panels consist of is drawn where and as it says."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgba

from scripts.common.panels import by_value, curve, measured, note, picture, points, sheet, ticks
from scripts.common.style import COLORS, DASHES, MARKERS, figure_style, plt, series, steps

ROWS = pd.DataFrame({"L": [2, 4], "m": [3.0, 8.0], "m_err": [0.5, 1.0]})


@pytest.fixture
def axis():
    with figure_style("en", "light"):
        yield plt.subplots()[1]
        plt.close("all")


def bars(axis):
    """Lower and upper ends of all error bars."""
    return [segment[:, 1].tolist() for found in axis.collections for segment in found.get_segments()]


def test_points_are_marks_without_a_line(axis):
    points(axis, [1, 2], [3, 4], "blue", "s", label="a")
    (line,) = axis.lines
    assert line.get_linestyle() == "None"
    assert (line.get_marker(), line.get_color(), line.get_label()) == ("s", "blue", "a")
    assert line.get_xydata().tolist() == [[1, 3], [2, 4]]


def test_points_are_joined_where_a_line_is_asked_for(axis):
    points(axis, [1, 2], [3, 4], "blue", linestyle="-", linewidth=0.7)
    assert (axis.lines[0].get_linestyle(), axis.lines[0].get_linewidth()) == ("-", 0.7)


def test_points_bear_their_errors(axis):
    points(axis, [1, 2], [3, 4], "blue", err=[0.5, 1.0])
    assert bars(axis) == [[2.5, 3.5], [3.0, 5.0]]


def test_measured_takes_values_and_errors_from_the_table(axis):
    measured(axis, ROWS, "L", "m", "blue")
    assert axis.lines[0].get_xydata().tolist() == [[2, 3], [4, 8]]
    assert bars(axis) == [[2.5, 3.5], [7.0, 9.0]]


def test_measured_divides_values_and_errors_and_takes_other_places(axis):
    measured(axis, ROWS, ROWS["L"] + 0.1, "m", "blue", over=ROWS["L"])
    assert axis.lines[0].get_xydata().tolist() == [[2.1, 1.5], [4.1, 2.0]]
    assert bars(axis) == [[1.25, 1.75], [1.75, 2.25]]


def test_a_curve_has_no_marks(axis):
    curve(axis, [1, 2], [3, 4], "blue", "--", zorder=7)
    (line,) = axis.lines
    assert (line.get_marker(), line.get_linestyle(), line.get_color()) == ("", "--", "blue")
    assert line.get_zorder() == 7


@pytest.mark.parametrize("palette", [series, steps])
def test_each_value_has_a_look_of_its_own(palette):
    table = pd.DataFrame({"L": [64, 8, 16, 4, 32, 8], "T": [0, 1, 2, 3, 4, 5]})
    found = list(by_value(table, "L", "dark", palette))
    assert [each[0] for each in found] == [4, 8, 16, 32, 64]
    assert [each[1]["T"].tolist() for each in found] == [[3], [1, 5], [2], [4], [0]]
    assert [each[2] for each in found] == palette("dark", 5)
    assert [each[3] for each in found] == [*MARKERS, MARKERS[0]]
    assert [each[4] for each in found] == [*DASHES, DASHES[0]]


def test_ticks_stand_at_the_values_alone(axis):
    axis.set(xscale="log", xlim=(5, 200))
    ticks(axis.xaxis, np.array([8, 16, 131072]))
    ticks(axis.yaxis, [0.25, 1 / 3], "{:.2f}")
    assert axis.get_xticks().tolist() == [8, 16, 131072]
    assert not len(axis.get_xticks(minor=True))
    assert [label.get_text() for label in axis.get_xticklabels()] == ["8", "16", "131072"]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["0.25", "0.33"]


def test_a_note_stands_beside_its_point(axis):
    note(axis, "$T_c$", (2, 3), (5, -4), "red", ha="right")
    (words,) = axis.texts
    assert (words.get_text(), words.get_color(), words.get_ha()) == ("$T_c$", "red", "right")
    assert (words.xy, words.xyann, words.anncoords) == ((2, 3), (5, -4), "offset points")


@pytest.mark.parametrize("low", [0, -1])
def test_a_picture_shows_spins_in_two_colors(axis, low):
    picture(axis, [[low, 1]], "light", low)
    (image,) = axis.images
    shown = image.to_rgba(image.get_array())[0].tolist()
    assert shown == [list(to_rgba(COLORS["light"][name])) for name in ("spin_down", "spin_up")]
    assert image.get_interpolation() == "nearest"
    assert not len(axis.get_xticks()) + len(axis.get_yticks())


def test_a_sheet_sets_images_apart_and_leaves_the_rest_open():
    whole = sheet(np.arange(12).reshape(3, 4), 2)
    gap = np.nan
    expected = [[0, 1, gap, 4, 5], [2, 3, gap, 6, 7], [gap] * 5, [8, 9, *[gap] * 3], [10, 11, *[gap] * 3]]
    np.testing.assert_array_equal(whole, expected)
    np.testing.assert_array_equal(sheet(np.arange(24).reshape(6, 4), 2)[3:, 3:], [[12, 13], [14, 15]])
    np.testing.assert_array_equal(sheet(np.zeros((1, 1)), 2, -1.0), [[0, -1, -1], [-1, -1, -1], [-1, -1, -1]])
