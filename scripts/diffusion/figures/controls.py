"""Figure: what samplers with the exact score make of noise, and what becomes of it if a part is left out."""

import numpy as np

from scripts.common.panels import points
from scripts.common.style import COLORS, WIDTH, plt, words

NAMES = ("sde", "flow", "ddpm", "ddim", "no_score", "literal", "subtract")
TEXT = {
    "sde": ("reverse SDE", "逆過程の SDE"),
    "flow": ("probability flow", "確率フロー"),
    "ddpm": "DDPM",
    "ddim": "DDIM",
    "no_score": ("no score", "スコアなし"),
    "literal": ("$dt < 0$", "$dt < 0$"),
    "subtract": ("noise only subtracted", "ノイズを引くだけ"),
    "size": ("mean of $|x|$ (data = 1)", "$|x|$ の平均（データを 1 とする）"),
    "variance": ("variance (data = 1)", "分散（データを 1 とする）"),
    "right": ("right", "正しい手順"),
    "wrong": ("a term or a sign wrong", "項や符号の誤り"),
}


def draw(data, language, theme):
    """Draw the figure from ``samplers``."""
    text, colors = words(TEXT, language), COLORS[theme]
    table = data["samplers"].set_index("sampler").loc[list(NAMES)]
    figure, axes = plt.subplots(1, 2, figsize=(WIDTH, 3.2), sharey=True)
    rows, shade = np.arange(len(NAMES)), [colors["blue"]] * 4 + [colors["vermilion"]] * 3
    for axis, what, label in zip(axes, ("distance", "variance"), ("size", "variance"), strict=True):
        values = (table[what] / table[f"{what}_exact"]).to_numpy()
        axis.hlines(rows, np.minimum(values, 1), np.maximum(values, 1), color=shade, linewidth=3)
        points(axis, values[:4], rows[:4], colors["blue"], markersize=6, label=text["right"])
        points(axis, values[4:], rows[4:], colors["vermilion"], "X", markersize=6, label=text["wrong"])
        axis.axvline(1.0, color=colors["muted"], linestyle="--", linewidth=1)
        axis.set(xscale="log", xlabel=text[label])
        axis.set_yticks(rows, [text[name] for name in NAMES])
    axes[0].set(ylim=(len(NAMES) - 0.4, -0.6), xlim=(0.3, 1e4))
    figure.legend(*axes[1].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
