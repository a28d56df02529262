"""Figure: what different rules can store, and what any couplings could."""

import numpy as np

from scripts.common.panels import curve, measured
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "names": {
        "hebb": ("Hebb", "ヘブ則"),
        "pseudo_inverse": ("pseudo-inverse", "擬似逆行列則"),
        "dense_3": ("dense, $x^3$", "密な連想記憶 $x^3$"),
        "dense_4": ("dense, $x^4$", "密な連想記憶 $x^4$"),
        "exponential": ("dense, $e^x$", "密な連想記憶 $e^x$"),
        "attention": ("attention", "アテンション"),
    },
    "load": (r"load $\alpha = P/N$", r"負荷率 $\alpha = P/N$"),
    "share": ("share recalled", "想起できた割合"),
    "separable": ("share of separable labelings", "分離できるラベル付けの割合"),
    "count": (r"load $P/N$", "負荷率 $P/N$"),
    "cover": ("Cover's count", "カバーの公式"),
    "measured": ("linear programs", "線形計画法"),
    "gardner": ("Gardner", "ガードナー"),
}
STYLES = {
    "hebb": ("vermilion", "o", DASHES[0], 4.5, "full"),
    "pseudo_inverse": ("blue", "s", DASHES[1], 4.5, "full"),
    "dense_3": ("green", "^", DASHES[2], 4.5, "full"),
    "dense_4": ("purple", "D", DASHES[3], 9.5, "none"),
    "exponential": ("ink", "v", DASHES[0], 7, "none"),
    "attention": ("muted", "x", DASHES[1], 4, "full"),
}
"""Color, marker, dashes, size and filling: rules that never fail lie on one another, one inside the other."""
HEBB, PROJECTOR, BEST = 0.138, 1.0, 2.0  # capacities: Hebb, pseudo-inverse, any couplings


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``rules`` and ``separable``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (recall, plane) = plt.subplots(1, 2, figsize=(WIDTH, 4.0), width_ratios=[1.6, 1])
    _recall(recall, data["rules"], text, colors)
    figure.legend(*recall.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    _plane(plane, data["separable"], text, colors)
    return figure


def _recall(axis, table, text, colors):
    for rule, (color, marker, dashes, size, filling) in STYLES.items():
        rows = table[table["rule"] == rule].sort_values("alpha")
        look = {"linestyle": dashes, "linewidth": 1, "markersize": size, "fillstyle": filling}
        look["label"] = text["names"][rule]
        measured(axis, rows, "alpha", "fraction_retrieved", colors[color], marker, **look)
    for place, color in ((HEBB, "vermilion"), (PROJECTOR, "blue")):
        axis.axvline(place, color=colors[color], linewidth=0.8, linestyle=":")
    axis.set(xscale="log", ylim=(-0.03, 1.06), xlabel=text["load"], ylabel=text["share"])


def _plane(axis, rows, text, colors):
    load = rows["P"] / rows["N"]
    curve(axis, load, rows["exact"], colors["blue"], label=text["cover"])
    measured(axis, rows, load, "share", colors["ink"], label=text["measured"])
    axis.axvline(BEST, color=colors["muted"], linewidth=0.8, linestyle=":", label=text["gardner"])
    axis.set(xlabel=text["count"], ylabel=text["separable"])
    axis.set(xlim=(0.85, 2.9), ylim=(-0.03, 1.06), xticks=np.arange(1.5, 2.7, 0.5))
    axis.legend(loc="lower left", handlelength=1.1, handletextpad=0.5, borderpad=0.1)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
