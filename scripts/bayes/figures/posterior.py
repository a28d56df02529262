"""Figure: a walk forgets its start, its histogram becomes the posterior, and its steps have a best width."""

import numpy as np

from scripts.bayes.theory.conjugate import beta_density, coin_posterior
from scripts.common.panels import curve, measured, ticks
from scripts.common.style import COLORS, MARKERS, SERIES, WIDTH, plt, words

TEXT = {
    "step": ("step", "歩数"),
    "parameter": ("parameter / posterior width", "パラメータ／事後分布の幅"),
    "start": ("the start is forgotten", "出発点は忘れられる"),
    "p": ("probability of heads $p$", "表の確率 $p$"),
    "density": ("density", "確率密度"),
    "shape": ("histogram and posterior", "ヒストグラムと事後分布"),
    "samples": ("{n} samples", "サンプル {n} 個"),
    "exact": ("exact posterior", "厳密な事後分布"),
    "M": ("samples $M$", "サンプル数 $M$"),
    "distance": ("distance from the posterior", "事後分布との距離"),
    "approach": (r"it sharpens as $1/\sqrt{M}$", r"距離は $1/\sqrt{M}$ で縮む"),
    "right": ("right chain", "正しい連鎖"),
    "wrong": ("likelihood$^{1.1}$", "尤度の1.1乗"),
    "width": (r"width of the steps $\times \sqrt{d}$", r"歩幅 $\times \sqrt{d}$"),
    "memory": (r"$\tau$ in steps / $d$", r"$\tau$（歩数）／$d$"),
    "best": ("neither timid nor rash", "歩幅は狭すぎず広すぎず"),
    "d": "$d = {d}$",
    "limit": ("exact ($d = 1$)", "厳密値（$d = 1$）"),
}
SHOWN = 2000


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``samples``, ``histograms`` and ``widths``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(2, 2, figsize=(WIDTH, 5.6))
    _path(axes[0, 0], data["samples"], text, colors)
    _shape(axes[0, 1], data["samples"], text, colors)
    _approach(axes[1, 0], data["histograms"], text, colors)
    _widths(axes[1, 1], data["widths"], text, colors)
    return figure


def _path(axis, samples, text, colors):
    path = samples["far_path"]
    axis.axhspan(-2, 2, color=colors["blue"], alpha=0.18, linewidth=0)
    curve(axis, np.arange(len(path)), path, colors["vermilion"], linewidth=0.9)
    axis.set(xlabel=text["step"], ylabel=text["parameter"], title=text["start"])
    axis.set(xlim=(0, len(path) - 1), ylim=(-8, 1.06 * path[0]))


def _shape(axis, samples, text, colors):
    p = np.ravel(samples["coin"])[:SHOWN]
    look = {"color": colors["vermilion"], "alpha": 0.45, "label": text["samples"].format(n=len(p))}
    axis.hist(p, bins=np.linspace(0, 1, 31), density=True, **look)
    x = np.linspace(0, 1, 301)
    exact = beta_density(x, *coin_posterior(*samples["coin_data"]))
    curve(axis, x, exact, colors["blue"], label=text["exact"])
    axis.set(xlabel=text["p"], ylabel=text["density"], title=text["shape"])
    axis.set(xlim=(0, 1), ylim=(0, 1.55 * exact.max()))
    axis.legend(loc="upper left")


def _approach(axis, table, text, colors):
    curve(axis, table["M"], table["expected"], colors["blue"], linewidth=1)
    for column, name, color, marker in (
        ("distance", "right", "blue", "o"),
        ("wrong", "wrong", "vermilion", "s"),
    ):
        measured(axis, table, "M", column, colors[color], marker, markersize=4.5, label=text[name])
    axis.set(xscale="log", yscale="log", xlabel=text["M"], ylabel=text["distance"], title=text["approach"])
    axis.legend(loc="lower left")


def _widths(axis, table, text, colors):
    for (d, rows), color, marker in zip(table.groupby("dimensions"), SERIES, MARKERS, strict=False):
        if d == 1:
            look = {"linewidth": 1, "label": text["limit"]}
            curve(axis, rows["width"], rows["tau_expected"], colors["muted"], **look)
        look = {"linestyle": "" if d == 1 else "--", "linewidth": 0.9, "markersize": 4.5}
        measured(axis, rows, "width", "tau", colors[color], marker, d, label=text["d"].format(d=d), **look)
    top = 1.5 * (table["tau"] / table["dimensions"]).max()
    axis.set(xscale="log", yscale="log", xlabel=text["width"], ylabel=text["memory"], title=text["best"])
    axis.set_ylim(None, top)
    ticks(axis.xaxis, [0.5, 1, 2, 4])
    ticks(axis.yaxis, [tick for tick in (1, 2, 5, 10, 20, 50, 100) if tick < top])
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
