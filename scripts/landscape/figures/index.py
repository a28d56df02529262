"""Figure: the higher a critical point, the more ways down; a small network has no such simple law."""

import numpy as np

from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, words

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
    points, law = data["critical_points"], data["index_law"]
    limit = law[law["size"] == 0]
    _glass(left, points[points["system"] == "glass"], limit, text, colors)
    _network(right, points[points["system"] == "network"], limit, text, colors)
    return figure


def _glass(axis, points, limit, text, colors):
    names = ("blue", "vermilion", "green", "purple")
    for k, (size, rows) in enumerate(points.groupby("size")):
        rows = rows.iloc[:SHOWN]
        axis.plot(
            rows["height"], rows["index_share"], color=colors[names[k % 4]], marker=MARKERS[k % 4],
            linestyle="none",
            markersize=3.2, alpha=0.7, label=text["spins"].format(size),
        )  # fmt: skip
    axis.plot(
        limit["energy"],
        limit["index_share"],
        "-",
        color=colors["ink"],
        marker="",
        linewidth=1.3,
        label=text["limit"],
    )
    threshold = -2 / np.sqrt(3)
    axis.axvline(threshold, color=colors["muted"], linestyle=DASHES[2], linewidth=1)
    axis.text(threshold + 0.02, 0.3, text["threshold"], color=colors["muted"])
    axis.set(
        xlim=(-1.25, 0.3),
        ylim=(-0.02, 0.62),
        xlabel=text["energy"],
        ylabel=text["index"],
        title=text["glass"],
    )
    axis.legend(loc="lower right")


def _network(axis, points, limit, text, colors):
    height = 1 + limit["energy"] * np.sqrt(3) / 2  # no loss stands for e_th, zero output for e = 0
    axis.plot(
        height, limit["index_share"], color=colors["ink"], marker="", linestyle=DASHES[1], linewidth=1.3,
        label=text["curve"],
    )  # fmt: skip
    axis.plot(
        points["height"], points["index_share"], color=colors["green"], marker="o", linestyle="none",
        markersize=3.2,
        alpha=0.7, label=text["points"],
    )  # fmt: skip
    axis.annotate(
        text["nothing"], (1.0, 0.1), (0.98, 0.17), ha="right", color=colors["muted"],
        arrowprops={"arrowstyle": "-", "color": colors["muted"]},
    )  # fmt: skip
    axis.set(xlim=(-0.05, 1.08), xlabel=text["height"], title=text["network"])
    axis.legend(loc="upper left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
