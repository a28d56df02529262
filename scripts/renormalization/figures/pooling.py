"""Figure: what pooling does to the symmetry, and what block spins keep."""

import numpy as np

from scripts.common.panels import measured, note, points, ticks
from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, words
from scripts.renormalization.theory import square

TEXT = {
    "T": ("temperature $T$", "温度 $T$"),
    "mean": ("mean spin after two steps", "二段後の平均スピン"),
    "symmetry": ("symmetry of up and down", "上下の対称性"),
    "average": ("average and sign", "平均と符号"),
    "always_up": ("ties go up", "同数は上"),
    "maximum": ("maximum", "最大値"),
    "random": "∞",
    "share": ("share kept, %", "保たれる割合（%）"),
    "information": ("information, 4 × 4 spins", "4 × 4 スピンの情報"),
    "majority": ("majority, coin", "多数決（コイン）"),
    "corner": ("majority, corner", "多数決（隅）"),
    "decimation": ("decimation", "デシメーション"),
}
RULES = (("average", "blue"), ("always_up", "green"), ("maximum", "vermilion"))
KEPT = (("decimation", "purple"), ("corner", "green"), ("majority", "blue"), ("maximum", "vermilion"))


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``pooling`` and ``information``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.4))
    _symmetry(left, data["pooling"].query("step == 2"), text, colors)
    _information(right, data["information"], text, colors)
    return figure


def _symmetry(axis, table, text, colors):
    finite = table[np.isfinite(table["T"])]["T"]
    end = (finite.max() if len(finite) else 2.0) + 0.12  # random spins stand beside the hottest
    axis.axhline(0, color=colors["muted"], linewidth=0.8)
    _critical(axis, 0.4, colors, top=0.66)
    for (rule, color), marker, dashes in zip(RULES, MARKERS, DASHES, strict=False):
        rows, look = table[table["rule"] == rule].sort_values("T"), {"linestyle": dashes, "linewidth": 0.9}
        cold, hot = rows[np.isfinite(rows["T"])], rows[np.isinf(rows["T"])]
        measured(axis, cold, "T", "mean", colors[color], marker, label=text[rule], **look)
        measured(axis, hot, np.full(len(hot), end), "mean", colors[color], marker, **look)
    gap = {"transform": axis.get_xaxis_transform(), "ha": "center", "va": "center"}
    axis.text(end - 0.06, 0, "//", backgroundcolor=colors["ground"], **gap)
    places = sorted({round(t, 1) for t in finite})[:: max(1, len(set(finite)) // 4)]
    axis.set_xticks([*places, end], [*(f"{t:.1f}" for t in places), text["random"]])
    axis.set(xlabel=text["T"], ylabel=text["mean"], title=text["symmetry"], ylim=(-0.08, 1.12))
    axis.legend(loc="upper left")


def _critical(axis, height, colors, top=1):
    """A line at the critical temperature, named at a height where nothing else is drawn."""
    critical = square.critical_temperature()
    axis.axvline(critical, ymax=top, color=colors["muted"], linestyle="--", linewidth=0.8)
    note(axis, "$T_c$", (critical, height), (4, 0), colors["muted"], fontsize=11)


def _information(axis, table, text, colors):
    table = table[np.isfinite(table["T"])]
    for (rule, color), marker, dashes in zip(KEPT, MARKERS, DASHES, strict=True):
        rows = table[table["rule"] == rule].sort_values("T")
        look = {"linestyle": dashes, "linewidth": 1.0, "label": text[rule]}
        points(axis, rows["T"], 100 * rows["share"], colors[color], marker, **look)
    axis.set_xscale("log")
    _critical(axis, 5, colors)
    ticks(axis.xaxis, [1, 2, 4, 10])
    axis.set(xlabel=text["T"], ylabel=text["share"], title=text["information"], ylim=(0, 105))
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
