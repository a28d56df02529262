"""Figure: particles, the Fokker-Planck equation and the exact solution draw one picture."""

import numpy as np

from scripts.common.panels import curve, measured, points, ticks
from scripts.common.style import COLORS, SERIES, WIDTH, plt, series, words

TEXT = {
    "x": "$x$",
    "p": ("density $p(x, t)$", "密度 $p(x, t)$"),
    "three": ("three ways, one picture", "三つの方法、一つの絵"),
    "exact": ("exact", "厳密解"),
    "solver": ("Fokker-Planck", "フォッカー・プランク"),
    "particles": ("particles", "粒子"),
    "error": ("$L_1$ error", "$L_1$ 誤差"),
    "cells": ("cells", "セル数"),
    "order": ("solver: second order", "ソルバーは二次精度"),
    "rate": ("decay rate / $n$", "減衰率 / $n$"),
    "rates": ("moments decay at $n$", "$n$ 次のモーメントは $n$ で減衰"),
    "mixture": ("mixture", "混合"),
    "two_points": ("two points", "二点"),
    "uniform": ("uniform", "一様"),
    "exponential": ("exponential", "指数"),
    "wide": ("broad", "広い"),
    "n": ("order $n$", "次数 $n$"),
}
SHOWN = (0, 2, 4)


def draw(data, language, theme):
    """Draw the figure from ``forward``, ``densities`` and ``relaxation``."""
    text, colors = words(TEXT, language), COLORS[theme]
    figure = plt.figure(figsize=(WIDTH, 4.6))
    grid = figure.add_gridspec(2, 2, width_ratios=(1.5, 1), height_ratios=(1, 1.25))
    _densities(figure.add_subplot(grid[:, 0]), data["forward"], text, colors, theme)
    _order(figure.add_subplot(grid[0, 1]), data["densities"], text, colors)
    _rates(figure.add_subplot(grid[1, 1]), data["relaxation"], text, colors)
    return figure


def _densities(axis, arrays, text, colors, theme):
    x, centers = arrays["x"], (arrays["edges"][1:] + arrays["edges"][:-1]) / 2
    inside, near = np.abs(x) < 4.5, np.abs(centers) < 4.4
    for k, color in zip(SHOWN, series(theme, 3), strict=True):
        wide = {"linewidth": 2.6, "alpha": 0.45, "label": f"{text['exact']}, $t = {arrays['times'][k]:g}$"}
        curve(axis, x[inside], arrays["exact"][k][inside], color, **wide)
        curve(axis, x[inside], arrays["solver"][k][inside], colors["ink"], ":", linewidth=1)
        points(axis, centers[near], arrays["histogram"][k][near], color, markersize=2.6)
    curve(axis, [], [], colors["ink"], ":", label=text["solver"])
    points(axis, [], [], colors["ink"], markersize=2.6, label=text["particles"])
    top = max(arrays["exact"][k].max() for k in SHOWN)
    axis.set(xlim=(-4.5, 4.5), ylim=(0, 1.08 * top), xlabel=text["x"], ylabel=text["p"], title=text["three"])
    axis.legend(loc="upper left", handlelength=1.4, borderaxespad=0.2)


def _order(axis, table, text, colors):
    worst = table.groupby("cells")["distance"].max()
    points(axis, worst.index, worst, colors["blue"])
    curve(axis, worst.index, worst.iloc[0] * (worst.index / worst.index[0]) ** -2.0, colors["muted"], "--")
    axis.set(xscale="log", yscale="log", xlabel=text["cells"], ylabel=text["error"], title=text["order"])
    ticks(axis.xaxis, worst.index.tolist())
    axis.set_xlim(worst.index[0] / 1.3, worst.index[-1] * 1.3)


def _rates(axis, table, text, colors):
    table = table[table["rate"].notna()]
    for k, (law, rows) in enumerate(table.groupby("law", sort=False)):
        color, look = colors[(*SERIES, "muted")[k % 5]], {"over": rows["order"], "label": text[law]}
        measured(axis, rows, rows["order"] + 0.12 * (k - 2), "rate", color, "os^Dv"[k % 5], **look)
    axis.axhline(1.0, color=colors["muted"], linestyle="--", linewidth=1)
    far = 1.1 * ((table["rate"] / table["order"] - 1).abs() + table["rate_err"] / table["order"]).max()
    axis.set(xlabel=text["n"], ylabel=text["rate"], title=text["rates"], xlim=(0.6, 3.4))
    axis.set(ylim=(1 - far, 1 + 3 * far), xticks=[1, 2, 3])
    axis.legend(loc="upper left", ncols=2, handletextpad=0.2, columnspacing=0.8)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
