"""Figure: how good a cue must be: final against initial overlap, and the critical cue by load."""

from scripts.common.panels import by_value, curve, measured
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "start": ("overlap of the cue", "手がかりの重なり"),
    "end": ("overlap after recall", "想起後の重なり"),
    "same": ("no change", "変化なし"),
    "load": (r"load $\alpha = P/N$", r"負荷率 $\alpha = P/N$"),
    "critical": ("cue that is needed", "必要な手がかりの重なり"),
    "recalled": ("recalled", "想起できる"),
    "lost": ("lost", "失われる"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``basins`` and ``critical_cues``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (ends, cues) = plt.subplots(1, 2, figsize=(WIDTH, 3.7), width_ratios=[1.25, 1])
    for load, rows, color, marker, dashes in by_value(data["basins"], "alpha", theme):
        look = {"linestyle": dashes, "linewidth": 1, "label": rf"$\alpha = {load:.2f}$"}
        measured(ends, rows, "m_initial", "overlap", color, marker, **look)
    curve(ends, [0, 1], [0, 1], colors["muted"], linewidth=0.8, label=text["same"])
    ends.set(xlim=(0, 1), ylim=(0, 1.04), xlabel=text["start"], ylabel=text["end"])
    figure.legend(*ends.get_legend_handles_labels(), loc="outside upper center", ncols=3)
    _critical(cues, data["critical_cues"], text, colors)
    return figure


def _critical(axis, rows, text, colors):
    measured(axis, rows, "alpha", "m_critical", colors["ink"], markersize=5, linestyle="-", linewidth=0.9)
    axis.fill_between(rows["alpha"], rows["m_critical"], 1, color=colors["blue"], alpha=0.18, linewidth=0)
    axis.set(xlabel=text["load"], ylabel=text["critical"])
    low, high = rows["alpha"].min(), rows["alpha"].max()
    axis.set(xlim=(low - 0.003, high + 0.003), ylim=(0, 1))
    axis.text((low + high) / 2, 0.75, text["recalled"], ha="center", color=colors["ink"])
    axis.text((low + 3 * high) / 4, 0.1, text["lost"], ha="center", color=colors["ink"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
