"""What most panels of the figures consist of: points, curves, one look for each size, ticks, notes."""

import numpy as np

from scripts.common.style import DASHES, MARKERS, series, spin_colormap


def points(axis, x, y, color, marker="o", err=None, **look):
    """Marks with no line between them, with bars of one standard error where ``err`` is given.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    x, y : array_like
    color, marker : str
    err : array_like, optional
        Standard errors of ``y``, or those below and above it.
    **look
        What matplotlib takes, such as ``label``; ``linestyle`` joins the marks after all.
    """
    look = {"color": color, "marker": marker, "linestyle": "none"} | look
    axis.plot(x, y, **look) if err is None else axis.errorbar(x, y, err, **look)


def measured(axis, rows, x, y, color, marker="o", **look):
    """`points` of the columns ``x``, ``y`` and ``<y>_err`` of a table."""
    points(axis, rows[x], rows[y], color, marker, rows[f"{y}_err"], **look)


def curve(axis, x, y, color, dashes="-", **look):
    """A line without marks, as of a theory; arguments as for `points`."""
    axis.plot(x, y, color=color, linestyle=dashes, marker="", **look)


def by_value(table, column, theme, palette=series):
    """The rows of each value of a column, such as the size, with the look of its curve.

    Parameters
    ----------
    table : pandas.DataFrame
    column : str
    theme : str
    palette : callable, optional
        ``palette(theme, n)``: `series` or `steps`.

    Yields
    ------
    (value, rows, color, marker, dashes)
        In ascending order.
    """
    groups = table.groupby(column)
    for k, ((value, rows), color) in enumerate(zip(groups, palette(theme, len(groups)), strict=True)):
        yield value, rows, color, MARKERS[k % len(MARKERS)], DASHES[k % len(DASHES)]


def ticks(axis, values, form="{:g}"):
    """Ticks at these values and nowhere else, written as numbers.

    Parameters
    ----------
    axis : matplotlib.axis.Axis
        ``axes.xaxis`` or ``axes.yaxis``.
    values : sequence of float
        Such as the sizes that were measured.
    form : str, optional
        Format of a label.
    """
    axis.set_ticks(values, [form.format(value) for value in values])
    axis.set_ticks([], minor=True)


def note(axis, words, at, shift, color, **look):
    """Words beside a point.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    words : str
    at : (float, float)
        The point; in ``xycoords``, if these are given.
    shift : (float, float)
        From the point to the words, in points of print.
    color : str
    **look
        What ``annotate`` takes.
    """
    axis.annotate(words, at, shift, textcoords="offset points", color=color, **look)
