"""Figure: when a reverse path chooses its class, when it falls onto a training point, and what it copies."""

import numpy as np

from scripts.common.panels import curve, measured
from scripts.common.style import COLORS, SERIES, WIDTH, plt, words
from scripts.diffusion.theory import collapse

TEXT = {
    "choice": ("choosing a class", "クラスの選択"),
    "offset": r"$t - \ln|m|$",
    "agree": ("clones that agree", "一致したクローンの割合"),
    "exact": ("exact", "厳密"),
    "collapse": ("falling onto a datum", "データ点への崩壊"),
    "factor": "$t / t_C$",
    "part": ("sum of squared weights", "重みの二乗和"),
    "limit": (r"$d \to \infty$", r"$d \to \infty$"),
    "memory": ("nearest datum", "最も近い訓練データ"),
    "truth": ("true\nscore", "真の\nスコア"),
    "training_points": ("score of\nthe data", "データの\nスコア"),
    "fresh_data": ("fresh\ndata", "新しい\nデータ"),
    "widths": ("distance / width of a mode", "距離（山の幅を 1 とする）"),
}


def draw(data, language, theme):
    """Draw the figure from ``speciation``, ``collapse`` and ``memory``."""
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(1, 3, figsize=(WIDTH, 3.1), width_ratios=(1.2, 1.1, 1))
    _speciation(axes[0], data["speciation"], text, colors)
    _collapse(axes[1], data["collapse"], text, colors)
    _memory(axes[2], data["memory"].set_index("score"), text, colors)
    return figure


def _speciation(axis, table, text, colors):
    at = np.linspace(-2.0, 2.0, 161)
    curve(axis, at, collapse.overlap(np.exp(-at)), colors["ink"], label=text["exact"])
    for k, (size, rows) in enumerate(table.groupby("d")):
        color, marker = colors[(*SERIES, "muted")[k % 5]], "os^Dvp"[k % 6]
        # They lie on one another: the larger ones are open.
        look = {"markersize": 4 + 2 * k, "markerfacecolor": "none" if k else color, "label": f"$d = {size}$"}
        measured(axis, rows, "offset", "agreement", color, marker, **look)
    axis.axvline(0, color=colors["muted"], linestyle="--", linewidth=1)
    axis.set(xlabel=text["offset"], ylabel=text["agree"], title=text["choice"], ylim=(0.48, 1.02))
    axis.legend(loc="upper right", fontsize=7.5, markerscale=0.6)


def _collapse(axis, table, text, colors):
    curve(axis, [0, 1, 1, 4], [1, 1, 0, 0], colors["ink"], "--", label=text["limit"])
    for k, (size, rows) in enumerate(table.groupby("d")):
        look = {"linestyle": "-", "label": f"$d = {size}$"}
        measured(axis, rows, "at", "value", colors[SERIES[k % 4]], "os^D"[k % 4], **look)
    axis.set(xlabel=text["factor"], ylabel=text["part"], title=text["collapse"], ylim=(-0.03, 1.05))
    axis.legend(loc="upper right", fontsize=7.5, markerscale=0.6)


def _memory(axis, memory, text, colors):
    names, top = ("fresh_data", "truth", "training_points"), memory["distance"].max()
    for k, (name, color) in enumerate(zip(names, ("muted", "blue", "vermilion"), strict=True)):
        height = memory.loc[name, "distance"]
        axis.bar(k, height, 0.6, color=colors[color], alpha=0.8)
        axis.errorbar(k, height, memory.loc[name, "distance_err"], color=colors["ink"], marker="")
        if height < 0.005 * top:
            axis.text(k, 0.015 * top, "≈ 0", ha="center", va="bottom", color=colors[color])
    axis.set_xticks(range(3), [text[name] for name in names])
    axis.set(title=text["memory"], ylabel=text["widths"], xlim=(-0.6, 2.6))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
