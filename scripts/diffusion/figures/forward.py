"""Figure: particles, the Fokker-Planck equation and the exact solution draw one picture."""

import numpy as np

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
    centers = (arrays["edges"][1:] + arrays["edges"][:-1]) / 2
    inside = np.abs(arrays["x"]) < 4.5
    for k, color in zip(SHOWN, series(theme, 3), strict=True):
        axis.plot(
            arrays["x"][inside],
            arrays["exact"][k][inside],
            color=color,
            linestyle="-",
            marker="",
            linewidth=2.6,
            alpha=0.45,
            label=f"{text['exact']}, $t = {arrays['times'][k]:g}$",
        )
        axis.plot(
            arrays["x"][inside],
            arrays["solver"][k][inside],
            color=colors["ink"],
            linestyle=":",
            marker="",
            linewidth=1,
            label=None,
        )
        near = np.abs(centers) < 4.4
        axis.plot(
            centers[near],
            arrays["histogram"][k][near],
            color=color,
            linestyle="",
            marker="o",
            markersize=2.6,
            label=None,
        )
    axis.plot([], [], color=colors["ink"], linestyle=":", marker="", label=text["solver"])
    axis.plot([], [], color=colors["ink"], linestyle="", marker="o", markersize=2.6, label=text["particles"])
    top = max(arrays["exact"][k].max() for k in SHOWN)
    axis.set(xlim=(-4.5, 4.5), ylim=(0, 1.08 * top), xlabel=text["x"], ylabel=text["p"], title=text["three"])
    axis.legend(loc="upper left", handlelength=1.4, borderaxespad=0.2)


def _order(axis, table, text, colors):
    worst = table[table["method"] == "solver"].groupby("resolution")["distance"].max()
    axis.loglog(worst.index, worst, color=colors["blue"], marker="o", linestyle="")
    guide = worst.iloc[0] * (worst.index / worst.index[0]) ** -2.0
    axis.loglog(worst.index, guide, color=colors["muted"], marker="", linestyle="--")
    axis.set(xlabel=text["cells"], ylabel=text["error"], title=text["order"])
    axis.set_xticks(worst.index.tolist(), [str(n) for n in worst.index])
    axis.set_xticks([], minor=True)
    axis.set_xlim(worst.index[0] / 1.3, worst.index[-1] * 1.3)


def _rates(axis, table, text, colors):
    table = table[table["rate"].notna()]
    for k, (law, rows) in enumerate(table.groupby("law", sort=False)):
        axis.errorbar(
            rows["order"] + 0.12 * (k - 2),
            rows["rate"] / rows["order"],
            rows["rate_err"] / rows["order"],
            color=colors[(*SERIES, "muted")[k % 5]],
            linestyle="",
            marker="os^Dv"[k % 5],
            label=text[law],
        )
    axis.axhline(1.0, color=colors["muted"], linestyle="--", linewidth=1)
    far = 1.1 * ((table["rate"] / table["order"] - 1).abs() + table["rate_err"] / table["order"]).max()
    axis.set(xlabel=text["n"], ylabel=text["rate"], title=text["rates"], xlim=(0.6, 3.4))
    axis.set(ylim=(1 - far, 1 + 3 * far), xticks=[1, 2, 3])
    axis.legend(loc="upper left", ncols=2, handletextpad=0.2, columnspacing=0.8)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
