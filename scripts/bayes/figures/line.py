"""Figure: a fitted line states too little uncertainty when data are few; Student's t repairs it."""

import numpy as np

from scripts.common.panels import curve, measured, note, points, ticks
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "x": "$x$",
    "y": "$y$",
    "fit": ("one data set, {n} data", "データの一例（{n} 個）"),
    "data": ("data", "データ"),
    "truth": ("true line", "真の直線"),
    "plug_in": (r"fitted $\pm 1.96\,\hat\sigma$", r"推定値 $\pm 1.96\,\hat\sigma$"),
    "student": ("Student's $t$", "$t$ 分布の区間"),
    "n": ("number of data $n$", "データ数 $n$"),
    "promise": ("intervals of 95 %", "95 % 区間"),
    "bias": ("variance of the noise", "ノイズの分散"),
    "share": ("share of new data inside", "新しいデータが入る割合"),
    "ratio": (r"fitted over true, $\hat\sigma^2/\sigma^2$", r"推定値と真の値の比 $\hat\sigma^2/\sigma^2$"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``fits`` and ``line``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(1, 3, figsize=(WIDTH, 3.4), width_ratios=[1.35, 1, 1])
    example, coverage, variance = axes
    fits = data["fits"].sort_values("n")
    _example(example, data["line"], text, colors)
    _coverage(coverage, fits, text, colors)
    _variance(variance, fits, text, colors)
    for axis in (coverage, variance):
        axis.set(xscale="log", xlabel=text["n"])
        ticks(axis.xaxis, fits["n"].tolist())
    return figure


def _example(axis, line, text, colors):
    at, fitted, student, plug_in = (line[name] for name in ("at", "fitted", "student", "plug_in"))
    fill = {"color": colors["blue"], "alpha": 0.18, "linewidth": 0, "label": text["student"]}
    axis.fill_between(at, fitted - student, fitted + student, **fill)
    curve(axis, at, fitted - plug_in, colors["vermilion"], "--")
    curve(axis, at, fitted + plug_in, colors["vermilion"], "--", label=text["plug_in"])
    curve(axis, at, line["truth"], colors["muted"], ":", label=text["truth"])
    points(axis, line["x"], line["y"], colors["ink"], markersize=5, label=text["data"])
    height, middle = np.max(np.abs(student)) + np.ptp(fitted) / 2, fitted.mean()
    axis.set(xlabel=text["x"], ylabel=text["y"], title=text["fit"].format(n=len(line["x"])))
    axis.set(xlim=(at[0], at[-1]), ylim=(middle - 1.05 * height, middle + 1.75 * height))
    axis.legend(loc="upper center", ncols=2, columnspacing=1.2)


def _coverage(axis, fits, text, colors):
    """Share of new data inside both intervals, on what was promised."""
    axis.axhline(0.95, color=colors["blue"], linewidth=1)
    curve(axis, fits["n"], fits["plug_in_expected"], colors["vermilion"], linewidth=1)
    for column, color, marker in (("student", "blue", "o"), ("plug_in", "vermilion", "s")):
        measured(axis, fits, "n", column, colors[color], marker, markersize=5)
    note(axis, text["student"], (fits["n"].iloc[-1], 0.95), (0, 5), colors["blue"], ha="right", fontsize=8.5)
    low = fits.iloc[0]
    place = {"ha": "left", "va": "top", "fontsize": 8.5}
    note(axis, text["plug_in"], (low["n"], low["plug_in"]), (8, 0), colors["vermilion"], **place)
    axis.set(ylabel=text["share"], title=text["promise"])
    axis.set_ylim(low["plug_in"] - 0.06, 1.0)


def _variance(axis, fits, text, colors):
    """Fitted variance over the true one, on (n - 2)/n."""
    axis.axhline(1.0, color=colors["muted"], linestyle=":", linewidth=1)
    curve(axis, fits["n"], fits["variance_expected"], colors["green"], linewidth=1)
    measured(axis, fits, "n", "variance", colors["green"], "^", markersize=5)
    axis.set(ylabel=text["ratio"], title=text["bias"])
    axis.set_ylim(fits["variance"].min() - 0.06, 1.06)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
