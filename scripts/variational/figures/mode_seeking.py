"""Figure: one Gaussian fitted to two; the fit by D(Q||P) jumps as these move apart."""

import numpy as np

from scripts.common.panels import curve, note
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

SHOWN = (2.0, 2.7, 3.0)
PLACES = np.linspace(-7.0, 7.0, 281)
TEXT = {
    "x": "$x$",
    "density": ("density", "密度"),
    "target": ("target $P$", "目標 $P$"),
    "reverse": (r"least $D(Q\Vert P)$", r"$D(Q\Vert P)$ 最小"),
    "forward": (r"least $D(P\Vert Q)$", r"$D(P\Vert Q)$ 最小"),
    "a": ("half distance $a$ of the modes", "モードの半距離 $a$"),
    "m": ("mean of the best fit", "最良の解の平均"),
    "jump": ("the best fit jumps", "最良の解は跳ぶ"),
    "crossing": ("two fits change places", "二つの解の交代"),
    "D": (r"$D(Q\Vert P)$ in nats", r"$D(Q\Vert P)$ (nat)"),
    "broad": ("both modes", "両方を覆う解"),
    "mode": ("one mode", "一方に乗る解"),
    "spinodal": ("appears", "出現"),
    "switch": ("wins", "逆転"),
    "metastable": ("metastable", "準安定"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``mode_seeking`` and ``mode_points``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["mode_seeking"].sort_values("a")
    a = data["mode_points"].query("optimizer == 'minimization'").set_index("point")["a"]
    figure = plt.figure(figsize=(WIDTH, 5.2))
    top, bottom = figure.subfigures(2, 1, height_ratios=[0.9, 1])
    panels = top.subplots(1, 3, sharey=True)
    for axis, wanted in zip(panels, SHOWN, strict=True):
        _fits(axis, table.iloc[(table["a"] - wanted).abs().argmin()], text, colors)
    panels[0].set_ylabel(text["density"])
    top.legend(*panels[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    mean, value = bottom.subplots(1, 2)
    for axis in (mean, value):
        for point in ("spinodal", "switch"):
            axis.axvline(a[point], color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)), zorder=0)
        axis.set(xlabel=text["a"], xlim=(0.5, 4.0), xticks=[1, 2, 3, 4])
    _jump(mean, table, a, text, colors)
    _crossing(value, table, text, colors)
    return figure


def _density(m, s):
    return np.exp(-(((PLACES - m) / s) ** 2) / 2) / (s * np.sqrt(2 * np.pi))


def _fits(axis, row, text, colors):
    target = (_density(row["a"], 1.0) + _density(-row["a"], 1.0)) / 2
    axis.fill_between(PLACES, target, color=colors["grid"], linewidth=0, label=text["target"])
    for name, color, m, s, dashes in (
        ("reverse", "vermilion", row["best_m"], row["best_s"], "-"),
        ("forward", "blue", row["forward_m"], row["forward_s"], DASHES[1]),
    ):
        curve(axis, PLACES, _density(m, s), colors[color], dashes, label=text[name])
    axis.set_xticks([-5, 0, 5])
    axis.set(title=f"$a = {row['a']:.2f}$", xlabel=text["x"], ylim=(0, 0.46), xlim=(-7, 7))


def _jump(axis, table, a, text, colors):
    """The mean of the best fit, and of the other solution where it is only second best."""
    waiting, left = (
        table[table["mode_divergence"] > table["broad_divergence"]],
        table[table["a"] > a["switch"]],
    )
    curve(axis, waiting["a"], waiting["mode_m"], colors["vermilion"], DASHES[2])
    # What lies on the axis of the other fit is drawn beside it.
    curve(axis, left["a"], np.full(len(left), -0.12), colors["vermilion"], DASHES[2])
    note(
        axis,
        text["metastable"],
        (3.4, -0.12),
        (0, -4),
        colors["vermilion"],
        ha="center",
        va="top",
        fontsize=7.5,
    )
    for part in (table[table["a"] < a["switch"]], table[table["a"] > a["switch"]]):
        curve(axis, part["a"], part["best_m"], colors["vermilion"], linewidth=2)
    curve(axis, table["a"], table["forward_m"], colors["blue"], DASHES[1])
    axis.set(ylabel=text["m"], title=text["jump"], ylim=(-0.65, 4.6))
    for point, side, shift in (("spinodal", "right", -3), ("switch", "left", 3)):
        place = {"ha": side, "va": "center", "fontsize": 8.5}
        note(axis, text[point], (a[point], 4.3), (shift, 0), colors["muted"], **place)


def _crossing(axis, table, text, colors):
    near = table[table["broad_divergence"] < 1.25]
    curve(axis, near["a"], near["broad_divergence"], colors["green"])
    curve(axis, table["a"], table["mode_divergence"], colors["vermilion"])
    axis.axhline(np.log(2), color=colors["muted"], linewidth=0.8, zorder=0)
    axis.text(0.6, np.log(2) + 0.02, r"$\ln 2$", color=colors["muted"])
    axis.text(2.2, 0.45, text["broad"], color=colors["green"], ha="right")
    axis.text(3.9, 0.6, text["mode"], color=colors["vermilion"], ha="right")
    axis.set(ylabel=text["D"], title=text["crossing"], ylim=(0, 1.2))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
