"""Figure: right chains give uniform ranks, a small error shows; predictions need the whole posterior."""

import numpy as np

from scripts.common.panels import measured, points
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "rank": ("rank of the truth / largest rank", "真の値の順位／最大の順位"),
    "often": ("frequency / uniform", "頻度／一様な頻度"),
    "ranks": ("mean of normal data", "正規データの平均"),
    "right": ("right chain", "正しい連鎖"),
    "wrong": ("likelihood$^{1.1}$", "尤度の1.1乗"),
    "heads": ("heads in the next ten tosses", "次の10回の表の数"),
    "probability": ("probability", "確率"),
    "predictive": ("predicting the coin", "硬貨の予測"),
    "averaged": ("average over samples", "サンプルで平均"),
    "exact": ("exact", "厳密"),
    "plug_in": ("best $p$ alone", "最良の $p$ だけ"),
    "excess": ("loss above the exact prediction (nats)", "厳密な予測を上回る損失（nat）"),
    "names": {
        "averaged": ("sample\naverage", "サンプルで\n平均"),
        "plug_in": ("mean\nalone", "平均値\nだけ"),
        "maximum_likelihood": ("most\nlikely", "最尤\n推定値"),
    },
    "score": ("one more datum", "次の正規データ"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``ranks``, ``predictions`` and ``scores``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(1, 3, figsize=(WIDTH, 3.3), width_ratios=[1.15, 1.15, 0.8])
    _ranks(axes[0], data["ranks"], text, colors)
    _heads(axes[1], data["predictions"], text, colors)
    _scores(axes[2], data["scores"].set_index("prediction"), text, colors)
    return figure


def _ranks(axis, ranks, text, colors, bins=20):
    for name, color, dashes, label in (
        ("mu", "blue", "-", text["right"]),
        ("mu_off", "vermilion", "--", text["wrong"]),
    ):
        counts = ranks[name].reshape(bins, -1).sum(axis=1)
        look = {"color": colors[color], "linestyle": dashes, "linewidth": 1.5, "label": label}
        axis.stairs(counts / counts.mean(), np.linspace(0, 1, bins + 1), baseline=None, **look)
    err = 1 / np.sqrt(ranks["mu"].sum() / bins)
    axis.axhspan(1 - 2 * err, 1 + 2 * err, color=colors["muted"], alpha=0.25, linewidth=0)
    axis.set(xlim=(0, 1), xlabel=text["rank"], ylabel=text["often"], title=text["ranks"])
    low, high = min(axis.get_ylim()[0], 0.85), max(axis.get_ylim()[1], 1.15)
    axis.set_ylim(low, high + 0.35 * (high - low))
    axis.legend(loc="upper center")


def _heads(axis, table, text, colors):
    rows = table[table["what"] == "heads"]
    axis.bar(rows["at"], rows["expected"], color=colors["blue"], alpha=0.3, width=0.8, label=text["exact"])
    measured(axis, rows, "at", "averaged", colors["blue"], markersize=4, label=text["averaged"])
    look = {"linestyle": "--", "linewidth": 0.9, "markersize": 4, "label": text["plug_in"]}
    points(axis, rows["at"], rows["plug_in"], colors["vermilion"], "s", **look)
    axis.set(xlabel=text["heads"], ylabel=text["probability"], title=text["predictive"])
    axis.set(ylim=(0, 1.75 * rows["plug_in"].max()), xticks=range(0, 11, 2))
    axis.legend(loc="upper left")


def _scores(axis, scores, text, colors):
    excess, err = scores.loc[list(text["names"]), ["excess", "excess_err"]].to_numpy().T
    axis.bar(range(3), excess, color=[colors[c] for c in ("blue", "vermilion", "vermilion")], alpha=0.45)
    points(axis, range(3), excess, colors["ink"], marker="", err=err)
    axis.set_xticks(range(3), text["names"].values(), fontsize=7.5)
    axis.axhline(0, color=colors["ink"], linewidth=0.8)
    axis.set(ylabel=text["excess"], title=text["score"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
