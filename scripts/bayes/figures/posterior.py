"""Figure: a walk forgets its start, its histogram becomes the posterior, and its steps have a best width."""

import numpy as np

from scripts.bayes.theory.conjugate import beta_density, coin_posterior
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "step": ("step", "歩数"),
    "parameter": ("parameter / posterior width", "パラメータ／事後分布の幅"),
    "start": ("the start is forgotten", "出発点は忘れられる"),
    "p": ("probability of heads $p$", "表の確率 $p$"),
    "density": ("density", "確率密度"),
    "shape": ("histogram and posterior", "ヒストグラムと事後分布"),
    "samples": ("{n} samples", "標本 {n} 個"),
    "exact": ("exact posterior", "厳密な事後分布"),
    "M": ("samples $M$", "標本数 $M$"),
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
    axis.plot(path, color=colors["vermilion"], linewidth=0.9, marker="", linestyle="-")
    axis.set(
        xlim=(0, len(path) - 1), ylim=(-8, 1.06 * path[0]), xlabel=text["step"], ylabel=text["parameter"],
        title=text["start"],
    )  # fmt: skip


def _shape(axis, samples, text, colors):
    p = np.ravel(samples["coin"])[:SHOWN]
    axis.hist(
        p, bins=np.linspace(0, 1, 31), density=True, color=colors["vermilion"], alpha=0.45,
        label=text["samples"].format(n=len(p)),
    )  # fmt: skip
    x = np.linspace(0, 1, 301)
    exact = beta_density(x, *coin_posterior(*samples["coin_data"]))
    axis.plot(x, exact, color=colors["blue"], marker="", linestyle="-", label=text["exact"])
    axis.set(
        xlim=(0, 1), ylim=(0, 1.55 * exact.max()), xlabel=text["p"], ylabel=text["density"],
        title=text["shape"],
    )  # fmt: skip
    axis.legend(loc="upper left")


def _approach(axis, table, text, colors):
    axis.plot(table["M"], table["expected"], color=colors["blue"], marker="", linestyle="-", linewidth=1)
    for column, color, marker in (("distance", "blue", "o"), ("wrong", "vermilion", "s")):
        label = text["right"] if column == "distance" else text["wrong"]
        axis.errorbar(
            table["M"], table[column], table[f"{column}_err"], color=colors[color], linestyle="",
            marker=marker, markersize=4.5, label=label,
        )  # fmt: skip
    axis.set(xscale="log", yscale="log", xlabel=text["M"], ylabel=text["distance"], title=text["approach"])
    axis.legend(loc="lower left")


def _widths(axis, table, text, colors):
    styles = zip(("blue", "vermilion", "green", "purple"), "os^D", strict=True)
    for (d, rows), (color, marker) in zip(table.groupby("dimensions"), styles, strict=False):
        if d == 1:
            axis.plot(
                rows["width"], rows["tau_expected"], color=colors["muted"], marker="", linestyle="-",
                linewidth=1, label=text["limit"],
            )  # fmt: skip
        axis.errorbar(
            rows["width"], rows["tau"] / d, rows["tau_err"] / d, color=colors[color], marker=marker,
            linestyle="" if d == 1 else "--", linewidth=0.9, markersize=4.5, label=text["d"].format(d=d),
        )  # fmt: skip
    ticks = [0.5, 1, 2, 4]
    top = (table["tau"] / table["dimensions"]).max()
    axis.set(
        xscale="log", yscale="log", ylim=(None, 1.5 * top), xlabel=text["width"], ylabel=text["memory"],
        title=text["best"],
    )  # fmt: skip
    axis.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axis.set_xticks([], minor=True)
    heights = [tick for tick in (1, 2, 5, 10, 20, 50, 100) if tick < 1.5 * top]
    axis.set_yticks(heights, [f"{tick:g}" for tick in heights])
    axis.set_yticks([], minor=True)
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
