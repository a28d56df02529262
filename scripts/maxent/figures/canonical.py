"""Figure: the optimum is a straight line in the energy, of either slope; a loaded die; another constraint."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, words

TEXT = {
    "energy": ("energy $E$", "エネルギー $E$"),
    "p": ("probability", "確率"),
    "density": ("probability density", "確率密度"),
    "levels": ("one spectrum, three means", "同じ準位、三つの平均エネルギー"),
    "beta": r"$\beta = {beta:+.2f}$",
    "zero": r"$\beta = 0$",
    "face": ("face", "目"),
    "dice": ("die with the mean 4.5", "平均4.5のさいころ"),
    "optimum": ("optimum", "最適解"),
    "exact": ("canonical", "カノニカル分布"),
    "fair": ("fair", "公平"),
    "x": "$x$",
    "shape": ("mean and variance", "平均と分散を与える"),
    "gaussian": ("Gaussian", "ガウス分布"),
    "rival": ("a rival", "別の曲線"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``levels``, ``dice`` and ``shapes``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (levels, dice, shape) = plt.subplots(1, 3, figsize=(WIDTH, 3.1), width_ratios=[1.5, 1, 1])
    _levels(levels, data["levels"], text, colors)
    _dice(dice, data["dice"], text, colors)
    _shape(shape, data["shapes"], text, colors)
    return figure


def _levels(axis, table, text, colors):
    """The optimizer's points on the lines of the canonical distribution."""
    names, line = ("blue", "green", "vermilion"), np.array([-0.1, 3.1])
    for (_, rows), color, marker, dashes in zip(table.groupby("mean"), names, MARKERS, DASHES, strict=False):
        first, beta = rows.iloc[0], rows["beta"].iloc[0]
        label = text["beta"].format(beta=beta) if abs(beta) > 0.005 else text["zero"]
        exact = first["expected"] * np.exp(-beta * (line - first["energy"]))
        curve(axis, line, exact, colors[color], dashes, linewidth=1.0)
        points(axis, rows["energy"], rows["optimum"], colors[color], marker, markersize=4.5, label=label)
    axis.set(yscale="log", xlabel=text["energy"], ylabel=text["p"], title=text["levels"])
    axis.set(xlim=(-0.15, 3.15), ylim=(0.008, 3))
    axis.legend(loc="upper center", ncols=3, fontsize=8, handlelength=1, handletextpad=0.2, columnspacing=0.7)


def _dice(axis, table, text, colors):
    look = {"color": colors["blue"], "alpha": 0.35, "width": 0.7, "label": text["exact"]}
    axis.bar(table["face"], table["expected"], **look)
    points(axis, table["face"], table["optimum"], colors["blue"], markersize=5, label=text["optimum"])
    axis.axhline(1 / 6, color=colors["muted"], linestyle=DASHES[1], linewidth=1.0, label=text["fair"])
    axis.set(ylim=(0, 0.47), xticks=range(1, 7), xlabel=text["face"], ylabel=text["p"], title=text["dice"])
    axis.legend(loc="upper left")


def _shape(axis, table, text, colors):
    rows = table[table["shape"] == "gaussian"]
    step = rows["x"].iloc[1] - rows["x"].iloc[0]
    thin = rows.iloc[::10]
    curve(axis, rows["x"], rows["expected"] / step, colors["ink"], linewidth=1.0, label=text["gaussian"])
    points(axis, thin["x"], thin["optimum"] / step, colors["blue"], label=text["optimum"])
    curve(axis, rows["x"], rows["rival"] / step, colors["vermilion"], DASHES[1], label=text["rival"])
    axis.set(xlim=(-3.8, 5.2), ylim=(0, 0.95), xlabel=text["x"], ylabel=text["density"], title=text["shape"])
    axis.legend(loc="upper left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
