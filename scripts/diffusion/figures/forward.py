"""Figure: particles, the Fokker-Planck equation and the exact solution draw one picture."""

import numpy as np

from scripts.common.style import COLORS, WIDTH, plt, series

TEXT = {
    "en": {
        "x": "$x$",
        "p": "density $p(x, t)$",
        "three": "three ways, one picture",
        "exact": "exact",
        "solver": "Fokker-Planck",
        "particles": "particles",
        "error": "$L_1$ error",
        "cells": "cells",
        "order": "solver: second order",
        "law": "initial law",
        "rate": "decay rate",
        "rates": "moments decay at $n$",
        "n": "order $n$",
    },
    "ja": {
        "x": "$x$",
        "p": "密度 $p(x, t)$",
        "three": "三つの方法、一つの絵",
        "exact": "厳密解",
        "solver": "フォッカー・プランク",
        "particles": "粒子",
        "error": "$L_1$ 誤差",
        "cells": "セル数",
        "order": "ソルバーは二次精度",
        "law": "初期分布",
        "rate": "減衰率",
        "rates": "$n$ 次のモーメントは $n$ で減衰",
        "n": "次数 $n$",
    },
}
SHOWN = (0, 2, 4)


def draw(data, language, theme):
    """Draw the figure from ``forward``, ``densities`` and ``relaxation``."""
    text, colors = TEXT[language], COLORS[theme]
    figure = plt.figure(figsize=(WIDTH, 4.4))
    grid = figure.add_gridspec(2, 2, width_ratios=(1.7, 1))
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
    axis.set(xlim=(-4.5, 4.5), ylim=(0, 1.55 * top), xlabel=text["x"], ylabel=text["p"], title=text["three"])
    axis.legend(loc="upper left", ncols=2)


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
    laws = table["law"].unique()
    for k, law in enumerate(laws):
        rows = table[(table["law"] == law) & table["rate"].notna()]
        axis.errorbar(
            rows["order"] + 0.09 * (k - 2),
            rows["rate"],
            rows["rate_err"],
            color=colors["blue"],
            linestyle="",
            marker="os^Dv"[k % 5],
            markersize=3.6,
        )
    axis.plot([0.6, 3.4], [0.6, 3.4], color=colors["muted"], linestyle="--", marker="")
    axis.set(xlabel=text["n"], ylabel=text["rate"], title=text["rates"], xlim=(0.6, 3.4), ylim=(0.4, 3.7))
    axis.set_xticks([1, 2, 3])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
