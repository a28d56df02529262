"""Figure: a fitted line promises too little uncertainty when data are few; Student's t repairs it."""

import numpy as np

from scripts.common.panels import curve, measured, points, ticks
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
    "promise": ("what 95 % intervals hold", "95 % 区間に実際に入る割合"),
    "bias": (r"fitted variance $\hat\sigma^2/\sigma^2$", r"推定した分散 $\hat\sigma^2/\sigma^2$"),
    "share": ("share, or ratio of variances", "割合、または分散の比"),
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
    figure, (example, coverage) = plt.subplots(1, 2, figsize=(WIDTH, 3.6))
    _example(example, data["line"], text, colors)
    _coverage(coverage, data["fits"].sort_values("n"), text, colors)
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
    axis.axhline(0.95, color=colors["muted"], linestyle=":", linewidth=1)
    for column, color, marker, label in (
        ("student", "blue", "o", text["student"]),
        ("plug_in", "vermilion", "s", text["plug_in"]),
        ("variance", "green", "^", text["bias"]),
    ):
        if f"{column}_expected" in fits:
            curve(axis, fits["n"], fits[f"{column}_expected"], colors[color], linewidth=1)
        measured(axis, fits, "n", column, colors[color], marker, markersize=5, label=label)
    low = min(fits["variance"].min(), fits["plug_in"].min())
    axis.set(xscale="log", xlabel=text["n"], ylabel=text["share"], title=text["promise"])
    axis.set_ylim(low - 0.55 * (1 - low), 1.04)
    ticks(axis.xaxis, fits["n"].tolist())
    axis.legend(loc="lower right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
