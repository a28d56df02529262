"""Figure: what pooling does to the symmetry, and what block spins keep."""

import numpy as np

from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt
from scripts.renormalization.theory import square

TEXT = {
    "en": {
        "T": "temperature $T$",
        "mean": "mean spin after two steps",
        "symmetry": "symmetry of up and down",
        "average": "average and sign",
        "always_up": "ties go up",
        "maximum": "maximum",
        "random": "∞",
        "share": "share kept, %",
        "information": "information, 4 × 4 spins",
        "majority": "majority, coin",
        "corner": "majority, corner",
        "decimation": "decimation",
    },
    "ja": {
        "T": "温度 $T$",
        "mean": "二段後の平均スピン",
        "symmetry": "上下の対称性",
        "average": "平均と符号",
        "always_up": "同数は上",
        "maximum": "最大値",
        "random": "∞",
        "share": "保たれる割合（%）",
        "information": "4 × 4 スピンの情報",
        "majority": "多数決（コイン）",
        "corner": "多数決（隅）",
        "decimation": "デシメーション",
    },
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
    text, colors = TEXT[language], COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.4))
    _symmetry(left, data["pooling"].query("step == 2"), text, colors)
    _information(right, data["information"], text, colors)
    return figure


def _symmetry(axis, table, text, colors):
    finite = table[np.isfinite(table["T"])]["T"]
    end = (finite.max() if len(finite) else 2.0) + 0.12  # random spins stand beside the hottest
    axis.axhline(0, color=colors["muted"], linewidth=0.8, marker="")
    axis.axvline(
        square.critical_temperature(),
        ymax=0.68,
        color=colors["muted"],
        linestyle="--",
        marker="",
        linewidth=0.8,
    )
    for (rule, color), marker in zip(RULES, MARKERS, strict=False):
        rows = table[table["rule"] == rule].sort_values("T")
        T = np.where(np.isinf(rows["T"]), end, rows["T"])
        axis.errorbar(
            T,
            rows["mean"],
            rows["mean_err"],
            color=colors[color],
            marker=marker,
            linewidth=0.9,
            label=text[rule],
        )
    ticks = sorted({round(t, 1) for t in finite})[:: max(1, len(set(finite)) // 4)]
    axis.set_xticks([*ticks, end], [*(f"{t:.1f}" for t in ticks), text["random"]])
    axis.set(xlabel=text["T"], ylabel=text["mean"], title=text["symmetry"], ylim=(-0.12, 1.42))
    axis.legend(loc="upper left")


def _information(axis, table, text, colors):
    table = table[np.isfinite(table["T"])]
    for (rule, color), marker, dash in zip(KEPT, MARKERS, DASHES, strict=True):
        rows = table[table["rule"] == rule].sort_values("T")
        axis.semilogx(
            rows["T"], 100 * rows["share"], color=colors[color], marker=marker, linestyle=dash, linewidth=1.0,
            label=text[rule],
        )  # fmt: skip
    axis.axvline(
        square.critical_temperature(), color=colors["muted"], linestyle="--", marker="", linewidth=0.8
    )
    ticks = [1, 2, 4, 10]
    axis.set_xticks(ticks, [str(t) for t in ticks])
    axis.minorticks_off()
    axis.set(xlabel=text["T"], ylabel=text["share"], title=text["information"], ylim=(0, 105))
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
