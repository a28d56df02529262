"""Figure: in a convex bowl every start ends at one point, at a rate that the condition number sets."""

import numpy as np

from scripts.common.panels import curve, points, ticks
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "steps": ("steps", "ステップ数"),
    "distance": ("distance from the lowest point", "最下点からの距離"),
    "left": ("all starts, one bowl", "一つのお椀のすべての出発点"),
    "law": ("rate of the gentlest curvature", "最小の曲率が決める速さ"),
    "condition": ("condition number", "条件数"),
    "rate": ("decay per step", "1ステップあたりの減衰"),
    "right": ("the longer the bowl, the slower", "細長いお椀ほど遅い"),
    "measured": ("measured", "測定値"),
    "expected": ("from the curvatures", "曲率から"),
}
SHOWN = 40  # starts


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``descents`` and ``bowl``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.3))
    table = data["bowl"].sort_values("condition")
    law = -np.log1p(-1 / table["condition"])
    _starts(left, data["descents"]["bowl"], -law.iloc[-1], text, colors)
    _rates(right, table["condition"], -table["rate"], law, text, colors)
    return figure


def _starts(axis, distance, rate, text, colors):
    last = len(distance) - 1
    shown = np.unique(np.linspace(0, last, 300).astype(int))
    for start in range(min(SHOWN, distance.shape[1])):
        curve(axis, shown, distance[shown, start], colors["blue"], linewidth=0.5, alpha=0.6)
    steps = np.array([0.25, 1]) * last
    law = 30 * distance[-1].max() * np.exp(rate * (steps - last))
    curve(axis, steps, law, colors["vermilion"], DASHES[1], linewidth=1.8, label=text["law"])
    axis.set(yscale="log", xlabel=text["steps"], ylabel=text["distance"], title=text["left"])
    axis.legend(loc="upper right")


def _rates(axis, condition, rate, expected, text, colors):
    curve(axis, condition, expected, colors["vermilion"], DASHES[1], label=text["expected"])
    points(axis, condition, rate, colors["blue"], markersize=5, label=text["measured"])
    axis.set(xscale="log", yscale="log", xlabel=text["condition"], ylabel=text["rate"], title=text["right"])
    ticks(axis.xaxis, condition, "{:.3g}")
    ticks(axis.yaxis, rate, "{:.2g}")
    axis.margins(0.12)
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
