"""Figure: narrow networks get stuck, wide ones do not."""

import numpy as np

from scripts.common.panels import points
from scripts.common.style import COLORS, WIDTH, plt, words
from scripts.landscape.claims.networks import bad, share

TEXT = {
    "units": ("width of the network", "ネットワークの幅"),
    "loss": ("loss at the end / loss of zero output", "終わりの損失 / 出力がゼロのときの損失"),
    "left": ("where networks end", "ネットワークの行き着く先"),
    "share": ("share of bad ends", "悪い終わり方の割合"),
    "right": ("bad ends become rare", "悪い終わり方は稀になる"),
    "surplus": ("parameters / examples", "パラメータの数 / 例の数"),
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
    rows = [
        (group["parameters"].iloc[0] / group["examples"].iloc[0], *share(group, bad(group))[:2])
        for width, group in table.groupby("units")
        if width >= group["teacher"].iloc[0]
    ]
    if rows:
        surplus, value, err = np.array(rows).T
        points(axis, surplus, value, colors["ink"], "D", err, linestyle="-", markersize=4.5)
    axis.axvline(1, color=colors["muted"], linestyle=":", linewidth=1)
    axis.set(xlabel=text["surplus"], ylabel=text["share"], title=text["right"])
    axis.set_ylim(bottom=-0.02)
    axis.set_xlim(left=0)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
