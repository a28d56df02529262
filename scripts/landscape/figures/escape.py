"""Figure: a network lingers near a saddle, ever longer the nearer it starts; who escapes soonest."""

import numpy as np

from scripts.common.panels import curve, note, points
from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, series, words
from scripts.landscape.claims.descents import growth

TEXT = {
    "steps": ("steps", "ステップ数"),
    "loss": ("loss / loss at the saddle", "損失 / 鞍点での損失"),
    "left": ("a network near a saddle", "鞍点の近くのネットワーク"),
    "distance": ("distance at the start", "出発点の距離"),
    "time": ("steps on the plateau", "停滞するステップ数"),
    "middle": ("time on the plateau", "停滞の長さ"),
    "law": ("from the curvature", "曲率から"),
    "measured": ("measured", "測定値"),
    "ratio": ("curvature up / curvature down", "上りの曲率 / 下りの曲率"),
    "right": ("who leaves a saddle first", "鞍点を先に離れるのは"),
    "descent": ("gradient descent", "勾配降下法"),
    "heavy_ball": ("with momentum", "慣性つき"),
    "adam": "Adam",
    "adam_turned": ("Adam, turned 45°", "Adam（45°回転）"),
}
COLOR = {"descent": "blue", "heavy_ball": "green", "adam": "vermilion", "adam_turned": "purple"}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``descents``, ``plateau`` and ``escape``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplot_mosaic([["loss", "race"], ["time", "race"]], figsize=(WIDTH, 4.6))
    figure.get_layout_engine().set(hspace=0.06)
    _curves(axes["loss"], data["descents"]["plateau"], data["plateau"], text, theme)
    _times(axes["time"], data["plateau"], text, colors)
    _race(axes["race"], data["escape"], text, colors)
    return figure


def _curves(axis, losses, table, text, theme):
    distances = sorted(table["distance"].unique(), reverse=True)
    for loss, distance, color in zip(losses, distances, series(theme, len(distances)), strict=True):
        shown = np.flatnonzero(np.isfinite(loss))
        curve(axis, shown, loss[shown], color, linewidth=1.3)
        label, below = f"$10^{{{round(np.log10(distance))}}}$", {"va": "top", "ha": "center", "fontsize": 11}
        note(axis, label, (shown[-1], loss[shown[-1]]), (0, -3), color, **below)
    axis.margins(x=0.1, y=0.35)
    axis.set(xlabel=text["steps"], ylabel=text["loss"], title=text["left"])


def _times(axis, table, text, colors):
    groups = table[table["run"] == "right"].groupby("distance")["steps"]
    means, spread = groups.mean(), groups.std()
    points(axis, means.index, means, colors["blue"], err=spread, markersize=5, label=text["measured"])
    law = means.iloc[0] - np.log(means.index / means.index[0]) / np.log(growth(table))
    curve(axis, means.index, law, colors["vermilion"], DASHES[1], label=text["law"])
    axis.set(xscale="log", xlabel=text["distance"], ylabel=text["time"], title=text["middle"])
    axis.set_ylim(bottom=0)
    axis.legend(loc="lower left")


def _race(axis, table, text, colors):
    for (method, color), marker, dashes in zip(COLOR.items(), MARKERS, DASHES, strict=True):
        rows = table[table["method"] == method]
        medians = rows.pivot_table(index="ratio", columns="rate", values="steps", aggfunc="median")
        look = {"linestyle": dashes, "markersize": 4.5, "label": text[method]}
        points(axis, medians.index, medians[_middle(medians)], colors[color], marker, **look)
        if medians.shape[1] > 1:  # from the largest learning rate to the smallest
            ends = medians.min(axis=1), medians.max(axis=1)
            axis.fill_between(medians.index, *ends, color=colors[color], alpha=0.15, linewidth=0)
    axis.set(xscale="log", yscale="log", xlabel=text["ratio"], ylabel=text["steps"], title=text["right"])
    axis.legend(loc="upper left")


def _middle(medians):
    """The middle one of the learning rates."""
    return sorted(medians.columns)[len(medians.columns) // 2]


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
