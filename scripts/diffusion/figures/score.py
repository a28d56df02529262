"""Figure: the score field before and after learning, and its error in time."""

import numpy as np

from scripts.common.panels import curve, measured, points, ticks
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "untrained": ("before learning", "学習前"),
    "learned": ("after learning", "学習後"),
    "exact": ("exact", "厳密"),
    "t": ("time $t$", "時刻 $t$"),
    "error": ("relative error of the score", "スコアの相対誤差"),
    "trained": ("learned", "学習後"),
    "raw": ("untrained", "学習前"),
    "n": ("number of data $n$", "データ数 $n$"),
    "data": ("exact score of $n$ data", "$n$ 個のデータの厳密なスコア"),
    "theory": (r"theory, $\propto n^{-1/2}$", r"理論（$\propto n^{-1/2}$）"),
}


def draw(data, language, theme):
    """Draw the figure from ``learned_ring``, if there is one, and ``empirical``."""
    text, colors, ring = words(TEXT, language), COLORS[theme], data.get("learned_ring")
    figure = plt.figure(figsize=(WIDTH, 5.2))
    top, bottom = figure.subfigures(2, 1, height_ratios=(1.1, 1))
    fields, (axis, data_axis) = top.subplots(1, 3), bottom.subplots(1, 2)
    for k, name in enumerate(("untrained", "learned", "exact")):
        fields[k].set(aspect="equal", title=text[name], xticks=[], yticks=[])
        if ring is not None:
            _field(fields[k], ring["field_x"], ring[f"field_{name}"], colors["blue" if k else "vermilion"])
    axis.set(xscale="log", yscale="log", xlabel=text["t"], ylabel=text["error"])
    if ring is not None:
        t, error = ring["score_t"], ring["score_error"].mean(0)
        points(axis, t, ring["score_untrained"], colors["vermilion"], "s", linestyle="-", label=text["raw"])
        points(axis, t, error, colors["blue"], linestyle=DASHES[1], label=text["trained"])
        axis.legend(loc="lower left")
    _empirical(data_axis, data["empirical"], text, colors)
    return figure


def _field(axis, x, field, color):
    size = np.linalg.norm(field, axis=1, keepdims=True)
    shown = field / np.maximum(size, 1e-9) * np.sqrt(np.minimum(size / 12, 1))
    axis.quiver(x[:, 0], x[:, 1], shown[:, 0], shown[:, 1], color=color, scale=16, width=0.006)


def _empirical(axis, table, text, colors):
    n = table["n"]
    measured(axis, table, "n", "error", colors["green"], "^")
    curve(axis, n, table["expected"], colors["muted"], "--", label=text["theory"])
    axis.set(xscale="log", yscale="log", xlabel=text["n"], ylabel=text["error"], title=text["data"])
    low, high = axis.get_ylim()
    ticks(axis.yaxis, [tick for tick in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if low < tick < high])
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
