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


def measured(axis, rows, x, y, color, marker="o", over=1, **look):
    """`points` of a table, whose columns ``y`` and ``<y>_err`` hold values and standard errors.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    rows : pandas.DataFrame or mapping
    x : str or array_like
        A column, or places of their own.
    y, color, marker : str
    over : float or array_like, optional
        What values and errors are divided by.
    **look
        As for `points`.
    """
    places = rows[x] if isinstance(x, str) else x
    points(axis, places, rows[y] / over, color, marker, rows[f"{y}_err"] / over, **look)


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


def ticks(axis, values, form="{:.9g}"):
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


def picture(axis, image, theme, low=0):
    """Spins as squares of two colors, in a frame without ticks.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    image : array_like
        Rows of ``low`` (down) and 1 (up); what is masked or not a number shows the ground.
    theme : str
    low : int, optional
        0 or -1.
    """
    # Nearest neighbor, so that every spin stays a square of one color.
    axis.imshow(image, cmap=spin_colormap(theme), vmin=low, vmax=1, interpolation="nearest")
    axis.set(xticks=[], yticks=[])


def sheet(images, per_row, gap=np.nan):
    """The first square images side by side, in as many rows as columns, one pixel apart.

    Parameters
    ----------
    images : array_like[n, size * size]
    per_row : int
    gap : float, optional
        Between the images and where none is left; not a number shows the ground.

    Returns
    -------
    float64[m, m]
    """
    size = round(images.shape[1] ** 0.5)
    step = size + 1
    whole = np.full((per_row * step - 1, per_row * step - 1), gap)
    for i, image in enumerate(images[: per_row**2]):
        y, x = step * (i // per_row), step * (i % per_row)
        whole[y : y + size, x : x + size] = image.reshape(size, size)
    return whole
