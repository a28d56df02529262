"""Figure: the higher a critical point, the more ways down; a small network has no such simple law."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, MARKERS, SERIES, WIDTH, plt, words

TEXT = {
    "energy": ("energy per spin $e$", "一スピンあたりのエネルギー $e$"),
    "index": ("share of descending directions", "下り方向の割合"),
    "glass": ("spin glass on a sphere", "球面上のスピングラス"),
    "spins": ("{} spins", "{}スピン"),
    "limit": ("exact, many spins", "厳密（多数のスピン）"),
    "threshold": r"$e_\mathrm{th}$",
    "height": ("loss / loss of zero output", "損失 / 出力がゼロのときの損失"),
    "network": ("small network", "小さなネットワーク"),
    "points": ("critical points", "停留点"),
    "curve": ("curve of the glass", "スピングラスの曲線"),
    "nothing": ("all weights zero", "重みがすべてゼロ"),
}
SHOWN = 400  # points of each size


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``critical_points`` and ``index_law``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.5), sharey=True)
    table, law = data["critical_points"], data["index_law"]
    limit = law[law["size"] == 0]
    _glass(left, table[table["system"] == "glass"], limit, text, colors)
    _network(right, table[table["system"] == "network"], limit, text, colors)
    return figure


def _glass(axis, table, limit, text, colors):
    for k, (size, rows) in enumerate(table.groupby("size")):
        rows, color = rows.iloc[:SHOWN], colors[SERIES[k % 4]]
        look = {"markersize": 3.2, "alpha": 0.7, "label": text["spins"].format(size)}
        points(axis, rows["height"], rows["index_share"], color, MARKERS[k % 4], **look)
    curve(axis, limit["energy"], limit["index_share"], colors["ink"], linewidth=1.3, label=text["limit"])
    threshold = -2 / np.sqrt(3)
    axis.axvline(threshold, color=colors["muted"], linestyle=DASHES[2], linewidth=1)
    axis.text(threshold + 0.02, 0.3, text["threshold"], color=colors["muted"])
    axis.set(xlabel=text["energy"], ylabel=text["index"], title=text["glass"])
    axis.set(xlim=(-1.25, 0.3), ylim=(-0.02, 0.62))
    axis.legend(loc="lower right")


def _network(axis, table, limit, text, colors):
    height = 1 + limit["energy"] * np.sqrt(3) / 2  # no loss stands for e_th, zero output for e = 0
    curve(axis, height, limit["index_share"], colors["ink"], DASHES[1], linewidth=1.3, label=text["curve"])
    look = {"markersize": 3.2, "alpha": 0.7, "label": text["points"]}
    points(axis, table["height"], table["index_share"], colors["green"], **look)
    look = {"ha": "right", "color": colors["muted"]}
    look["arrowprops"] = {"arrowstyle": "-", "color": colors["muted"]}
    axis.annotate(text["nothing"], (1.0, 0.1), (0.98, 0.17), **look)
    axis.set(xlim=(-0.05, 1.08), xlabel=text["height"], title=text["network"])
    axis.legend(loc="upper left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
