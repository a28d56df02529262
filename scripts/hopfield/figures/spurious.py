"""Figure: where recall ends, from good cues, poor ones and none at all."""

import numpy as np

from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "kinds": {
        "nearest": ("nearest memory", "最も近い記憶"),
        "other": ("another memory", "別の記憶"),
        "reversed": ("reversed memory", "反転した記憶"),
        "mixture": ("mixture of three or more", "三つ以上の混合"),
        "glass": ("glass, far from all", "ガラス（どれからも遠い）"),
    },
    "cue": ("cue of overlap {cue:.1f}", "手がかりの重なり {cue:.1f}"),
    "random": ("random start", "でたらめな出発点"),
    "load": (r"load $\alpha = P/N$", r"負荷率 $\alpha = P/N$"),
    "share": ("share of runs", "計算の割合"),
}
FILLS = {
    "nearest": ("blue", ""),
    "other": ("green", ""),
    "reversed": ("vermilion", "///"),
    "mixture": ("purple", "..."),
    "glass": ("grid", ""),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``spurious``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["spurious"]
    cues = sorted(table["m_initial"].unique(), reverse=True)
    figure, axes = plt.subplots(1, len(cues), figsize=(WIDTH, 3.6), sharey=True, squeeze=False)
    for axis, cue in zip(axes[0], cues, strict=True):
        rows = table[table["m_initial"] == cue].sort_values("alpha")
        places, floor = np.arange(len(rows)), np.zeros(len(rows))
        for kind, (color, hatch) in FILLS.items():
            look = {"color": colors[color], "hatch": hatch, "edgecolor": colors["ground"], "linewidth": 0.6}
            axis.bar(places, rows[kind], bottom=floor, width=0.86, label=text["kinds"][kind], **look)
            floor += rows[kind].to_numpy()
        axis.set_xticks(places, [f"{load:.3g}" for load in rows["alpha"]], rotation=90)
        title = text["cue"].format(cue=cue) if cue else text["random"]
        axis.set(ylim=(0, 1), xlabel=text["load"], title=title)
        axis.tick_params(axis="x", top=False)
    axes[0, 0].set_ylabel(text["share"])
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
