"""Figure: a single chain stays in one mode for a time that grows exponentially; replica exchange does not."""

import numpy as np

from scripts.common.panels import curve, measured, ticks
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "step": ("step", "歩数"),
    "single": ("a single chain", "単独の連鎖"),
    "tempered": ("replica exchange", "レプリカ交換"),
    "barrier": (r"barrier in $k_B T$", r"障壁の高さ（$k_B T$）"),
    "passage": ("steps from mode to mode", "モードからモードへの歩数"),
    "law": ("Kramers' law", "クラマースの公式"),
    "matrix": ("exact, for these steps", "この歩幅での厳密値"),
    "measured": ("measured", "測定値"),
    "growth": ("each reading adds half a $k_B T$", "観測一回ごとに障壁は $k_B T/2$ 高くなる"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``passages``, ``modes`` and ``paths``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure = plt.figure(figsize=(WIDTH, 4.4))
    grid = figure.add_gridspec(2, 2, width_ratios=[1.25, 1])
    top = figure.add_subplot(grid[0, 0])
    below = figure.add_subplot(grid[1, 0], sharex=top)
    _path(top, data["paths"]["single"], text["single"], colors["vermilion"], colors)
    _path(below, data["paths"]["tempered"], text["tempered"], colors["blue"], colors)
    top.tick_params(labelbottom=False)
    below.set_xlabel(text["step"])
    _passages(figure.add_subplot(grid[:, 1]), data["passages"].sort_values("barrier"), text, colors)
    return figure


def _path(axis, path, title, color, colors):
    for mode in (-1, 1):
        axis.axhline(mode, color=colors["grid"], linewidth=1.2, zorder=0)
    curve(axis, np.arange(len(path)), path, color, linewidth=0.5)
    axis.set(ylim=(-1.6, 1.6), xlim=(0, len(path)), ylabel="$x$", title=title, yticks=[-1, 0, 1])


def _passages(axis, table, text, colors):
    curve(axis, table["barrier"], table["kramers"], colors["muted"], "--", linewidth=1.2, label=text["law"])
    curve(axis, table["barrier"], table["expected"], colors["blue"], linewidth=1.2, label=text["matrix"])
    measured(axis, table, "barrier", "steps", colors["vermilion"], markersize=5, label=text["measured"])
    axis.set(yscale="log", xlabel=text["barrier"], ylabel=text["passage"], title=text["growth"])
    axis.set_ylim(table["kramers"].min() / 2, 6 * table["steps"].max())
    ticks(axis.xaxis, np.unique(table["barrier"]))
    axis.legend(loc="upper left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
