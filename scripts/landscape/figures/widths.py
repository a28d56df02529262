"""Figure: narrow networks get stuck, wide ones do not."""

import numpy as np

from scripts.common.panels import points, ticks
from scripts.common.style import COLORS, WIDTH, plt, words
from scripts.landscape.claims.networks import bad_ends, bad_minima

TEXT = {
    "units": ("width of the network", "ネットワークの幅"),
    "loss": ("loss at the end / loss of zero output", "終わりの損失 / 出力がゼロのときの損失"),
    "left": ("where networks end", "ネットワークの行き着く先"),
    "share": ("share", "割合"),
    "right": ("how many are bad", "悪いものの割合"),
    "minima": ("bad ones of the minima", "極小点のうち悪いもの"),
    "ends": ("bad ones of all ends", "終点全体のうち悪いもの"),
    "teacher": ("width of the teacher", "教師の幅"),
    "minimum": ("at rest in a minimum", "極小点で静止"),
    "moving": ("still creeping", "まだゆっくり下る"),
    "solved": ("solved", "解けた"),
    "zero": "0",
}
FLOOR = 1e-7  # losses below are drawn there
LOOK = {"solved": ("blue", "o"), "moving": ("green", "^"), "minimum": ("vermilion", "s")}
LANE = 0.28  # between the kinds of ends at one width


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``widths``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.6), width_ratios=[1.5, 1])
    _ends(left, data["widths"], text, colors)
    _shares(right, data["widths"], text, colors)
    return figure


def _ends(axis, table, text, colors):
    units = sorted(table["units"].unique())
    for lane, (end, (color, marker)) in enumerate(LOOK.items()):
        rows = table[table["end"] == end]
        number = rows["task"] * (table["seed"].max() + 1) + rows["seed"]
        jitter = LANE * (lane - 1 + 0.8 * ((number * 0.618034) % 1 - 0.5))
        place = rows["units"].map({width: k for k, width in enumerate(units)}) + jitter
        look = {"markersize": 2.4, "alpha": 0.7, "label": text[end]}
        points(axis, place, np.maximum(rows["loss"], FLOOR), colors[color], marker, **look)
    axis.set(yscale="log", ylim=(FLOOR / 3, 8), xlabel=text["units"], ylabel=text["loss"], title=text["left"])
    axis.set_xlim(-0.6, len(units) - 0.4)
    axis.set_xticks(range(len(units)), [str(width) for width in units])
    axis.set_yticks([FLOOR, 1e-5, 1e-3, 1e-1], [text["zero"], "$10^{-5}$", "$10^{-3}$", "$10^{-1}$"])
    axis.set_yticks([], minor=True)
    axis.legend(loc="upper right", ncols=3, columnspacing=0.8, handletextpad=0.2, markerscale=1.6)


def _shares(axis, table, text, colors):
    units, teacher = sorted(table["units"].unique()), table["teacher"].iloc[0]
    kinds = (("minima", bad_minima, "vermilion", "s"), ("ends", bad_ends, "green", "^"))
    for name, kind, color, marker in kinds:
        found = [(width, *kind(table, width)[:2]) for width in units if kind(table, width) is not None]
        width, value, err = np.array(found).T
        look = {"linestyle": "-", "markersize": 4.5, "label": text[name]}
        points(axis, width, value, colors[color], marker, err, **look)
    axis.axvline(teacher, color=colors["muted"], linestyle=":", linewidth=1, label=text["teacher"])
    axis.set(xlabel=text["units"], ylabel=text["share"], title=text["right"], xscale="log")
    ticks(axis.xaxis, [width for width in (3, 4, 6, 8, 12, 16, 24) if units[0] <= width <= units[-1]])
    axis.set_ylim(bottom=-0.02)
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
