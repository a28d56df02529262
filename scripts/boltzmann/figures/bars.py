"""Figure: bars and stripes, before and after learning, and the probabilities of the states."""

import numpy as np

from scripts.common.panels import picture, points, sheet
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "images": ("to be learned", "学習させる画像"),
    "before": ("before learning", "学習前の標本"),
    "after": ("after learning", "学習後の標本"),
    "rank": ("rank of the state", "状態の順位"),
    "probability": ("exact probability", "厳密な確率"),
    "cliff": ("states by probability", "確率の順に並べた状態"),
    "valid": ("bars and stripes", "縞模様"),
    "rest": ("everything else", "それ以外"),
}
PER_ROW = 4  # images side by side


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to dict
        The arrays of ``bars_and_stripes.py``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, arrays = words(TEXT, language), data["bars"]
    figure = plt.figure(figsize=(WIDTH, 2.5))
    figure.get_layout_engine().set(w_pad=0.08)
    grid = figure.add_gridspec(1, 4, width_ratios=[1, 1, 1, 1.55])
    for i, name in enumerate(("images", "before", "after")):
        axis, images = figure.add_subplot(grid[i]), arrays[name]
        shown = np.linspace(0, len(images) - 1, min(PER_ROW**2, len(images))).astype(int)
        picture(axis, sheet(images[shown], PER_ROW), theme)
        axis.set(title=text[name])
        axis.set_axis_off()
    _ranked(figure.add_subplot(grid[3]), arrays, text, COLORS[theme])
    return figure


def _ranked(axis, arrays, text, colors):
    rank, valid = np.arange(1, len(arrays["probabilities"]) + 1), arrays["valid"]
    for kind, color, marker, name in ((valid, "blue", "o", "valid"), (~valid, "vermilion", "s", "rest")):
        points(axis, rank[kind], arrays["probabilities"][kind], colors[color], marker, label=text[name])
    axis.axhline(1 / len(arrays["images"]), color=colors["muted"], linewidth=0.9, linestyle=(0, (4, 1.5)))
    axis.set(xscale="log", yscale="log", xlabel=text["rank"], ylabel=text["probability"], title=text["cliff"])
    axis.set_ylim(top=1.0)
    axis.legend(loc="lower left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
