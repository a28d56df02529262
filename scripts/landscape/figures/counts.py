"""Figure: minima become exponentially rare among the critical points, as the Kac-Rice formula says."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "size": ("number of spins $N$", "スピンの数 $N$"),
    "share": ("minima / critical points", "極小点 / 全停留点"),
    "left": ("minima become rare", "極小点は稀になる"),
    "exact": ("exact mean", "厳密な平均"),
    "limit": (r"slope $-1/3$", r"傾き $-1/3$"),
    "measured": ("all found, one by one", "すべてを一つずつ探した数"),
    "index": ("number of descending directions", "下り方向の数"),
    "points": ("points per glass", "一つのスピングラスあたりの数"),
    "right": ("{} spins", "{}スピン"),
    "matrices": ("random matrices", "ランダム行列"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``counts``, ``exact_counts`` and ``indices``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.4))
    _shares(left, data["counts"], data["exact_counts"], text, colors)
    _indices(right, data["indices"], text, colors)
    return figure


def _shares(axis, counts, exact, text, colors):
    shares = exact["minima"] / exact["points"]
    curve(axis, exact["size"], shares, colors["vermilion"], label=text["exact"])
    sizes = np.array([20, exact["size"].iloc[-1]])
    limit = 0.2 * shares.iloc[-1] * np.exp(-(sizes - sizes[1]) / 3)
    curve(axis, sizes, limit, colors["muted"], DASHES[1], label=text["limit"])
    share = np.exp(counts["log_share"])
    look = {"err": share * counts["log_share_err"], "markersize": 5, "label": text["measured"]}
    points(axis, counts["size"], share, colors["blue"], **look)
    axis.set(yscale="log", xlabel=text["size"], ylabel=text["share"], title=text["left"])
    axis.set_ylim(top=30)
    axis.legend(loc="upper right")


def _indices(axis, table, text, colors):
    look = {"color": colors["vermilion"], "alpha": 0.35, "width": 0.8, "label": text["matrices"]}
    numbers, expected = table.groupby("index")["points"], table.groupby("index")["expected"].first()
    means, err = numbers.mean(), numbers.sem()
    axis.bar(expected.index, expected, **look)
    points(axis, means.index, means, colors["blue"], err=err, markersize=5, label=text["measured"])
    axis.set(xlabel=text["index"], ylabel=text["points"], title=text["right"].format(table["size"].iloc[0]))
    axis.set(ylim=(0, 1.4 * means.max()), xticks=means.index)
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
