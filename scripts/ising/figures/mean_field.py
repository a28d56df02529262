"""Figure: where mean-field theory fails, by how much, and where it becomes exact."""

import numpy as np

from scripts.common.panels import by_value, curve, measured, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, steps, words

TEXT = {
    "T": ("temperature $T$", "温度 $T$"),
    "m": ("magnetization", "磁化"),
    "mean_field": ("mean field", "平均場"),
    "bethe": ("Bethe", "ベーテ近似"),
    "exact": ("exact", "厳密解"),
    "simulated": ("Monte Carlo, $L = {L}$", "モンテカルロ法 $L = {L}$"),
    "factor": r"$T_c \times {factor:.4f}$",
    "near": ("distance from $T_c$,  $1 - T/T_c$", "$T_c$ からの距離 $1 - T/T_c$"),
    "exponent": ("slope {power}", "傾き {power}"),
    "chain": ("one dimension", "一次元"),
    "false": ("false transition", "偽の転移"),
    "none": ("exact: no order", "厳密解：秩序なし"),
    "dimensions": ("more dimensions", "次元を上げる"),
    "d": ("dimension $d$", "次元 $d$"),
    "ratio": ("$T_c$ / mean-field $T_c$", "$T_c$ / 平均場の $T_c$"),
    "complete": ("infinite range", "無限レンジ結合"),
    "N": "$N = {N}$",
    "scaled": ("$T$ / mean-field $T_c$", "$T$ / 平均場の $T_c$"),
}
STYLES = {"mean_field": ("vermilion", DASHES[1]), "bethe": ("green", DASHES[3]), "exact": ("ink", "-")}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``mean_field``, ``approximations`` and ``thermodynamics``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure = plt.figure(figsize=(WIDTH, 6.2))
    top, bottom = figure.subfigures(2, 1, height_ratios=[1.2, 1])
    square, near = top.subplots(1, 2, width_ratios=[1.25, 1])
    chain, dimensions, complete = bottom.subplots(1, 3)
    _square(square, data, text, colors)
    _near(near, data, text, colors)
    _chain(chain, data["mean_field"], text, colors)
    _dimensions(dimensions, _critical(data["approximations"]), text, colors)
    _complete(complete, data["mean_field"], text, theme)
    top.legend(*square.get_legend_handles_labels(), loc="outside upper center", ncols=4)
    return figure


def _critical(quantities):
    """Critical temperatures by (method, coordination); exact and published under one name."""
    rows = quantities[quantities["quantity"] == "critical_temperature"].replace({"published": "exact"})
    return rows.set_index(["method", "coordination"])["value"]


def _theories(table, lattice):
    """(name, rows) of the curves of one infinite lattice."""
    rows = table[(table["lattice"] == lattice) & np.isinf(table["size"])]
    return [(name, rows[rows["approximation"] == name].sort_values("T")) for name in STYLES]


def _simulated(table):
    """The largest size without a field."""
    return table[(table["L"] == table["L"].max()) & (table["h"] == 0)].sort_values("T")


def _line(axis, x, y, name, colors, label=None):
    color, dashes = STYLES[name]
    curve(axis, x, y, colors[color], dashes, label=label)


def _square(axis, data, text, colors):
    """Magnetization on the square lattice, and the gap between the two transitions."""
    for name, rows in _theories(data["mean_field"], "square"):
        _line(axis, rows["T"], rows["magnetization"], name, colors, text[name])
    rows = _simulated(data["thermodynamics"])
    look = {"markersize": 4, "zorder": 4, "label": text["simulated"].format(L=int(rows["L"].iloc[0]))}
    measured(axis, rows, "T", "abs_magnetization", colors["blue"], **look)
    tc = _critical(data["approximations"])
    low, high = tc["exact", 4], tc["mean_field", 4]
    axis.axvspan(low, high, color=colors["grid"], zorder=0)
    axis.annotate("", (high, 1.03), (low, 1.03), arrowprops={"arrowstyle": "<->", "color": colors["ink"]})
    factor = text["factor"].format(factor=high / low)
    axis.text((low + high) / 2, 1.06, factor, ha="center", va="bottom", fontsize=8)
    axis.set(xlabel=text["T"], ylabel=text["m"], ylim=(0, 1.18), xlim=(1.0, 4.8))


def _near(axis, data, text, colors):
    """Each theory below its own transition: straight lines of slope 1/2 and 1/8 on logarithmic axes."""
    tc = _critical(data["approximations"])
    for name, rows in _theories(data["mean_field"], "square"):
        below = rows[rows["T"] < tc[name, 4]]
        _line(axis, 1 - below["T"] / tc[name, 4], below["magnetization"], name, colors)
    rows = _simulated(data["thermodynamics"])
    distance = 1 - rows["T"] / tc["exact", 4]
    large = distance * rows["L"] > 2  # else the lattice is smaller than its correlations
    look = {"markersize": 4, "zorder": 4}
    measured(axis, rows[large], distance[large], "abs_magnetization", colors["blue"], **look)
    axis.set(xscale="log", yscale="log", xlabel=text["near"], ylabel=text["m"])
    axis.set(xlim=(3e-4, 0.6), ylim=(0.02, 1.3))
    axis.text(4e-3, 0.42, text["exponent"].format(power="1/8"), color=colors["ink"], ha="center")
    axis.text(6e-3, 0.07, text["exponent"].format(power="1/2"), color=colors["vermilion"], ha="left")


def _chain(axis, table, text, colors):
    """The chain: mean field orders it, in truth it has no order."""
    for name, rows in _theories(table, "chain"):
        if name != "bethe":
            _line(axis, rows["T"], rows["magnetization"], name, colors)
    axis.set(title=text["chain"], xlabel=text["T"], ylabel=text["m"], xlim=(0, 3), ylim=(-0.06, 1.1))
    axis.text(0.12, 0.5, text["false"], color=colors["vermilion"], fontsize=8)
    axis.text(0.12, 0.06, text["none"], color=colors["ink"], fontsize=8)


def _dimensions(axis, tc, text, colors):
    """The true T_c over the mean-field one, from 0 for the chain towards 1; open circles: by simulation."""
    d = np.arange(1, 5)
    for name, marker in (("bethe", "^"), ("exact", "o")):
        color = colors[STYLES[name][0]]
        ratio = np.array([tc[name, 2 * k] / tc["mean_field", 2 * k] for k in d])
        curve(axis, d, ratio, color, ":", linewidth=0.8)
        solved = (d <= 2) | (name == "bethe")
        for some, face in ((solved, color), (~solved, colors["ground"])):
            points(axis, d[some], ratio[some], color, marker, markersize=5, markerfacecolor=face)
    axis.axhline(1, color=colors["vermilion"], linestyle=DASHES[1])
    axis.set(title=text["dimensions"], xlabel=text["d"], ylabel=text["ratio"])
    axis.set(ylim=(-0.06, 1.1), xlim=(0.6, 4.4), xticks=d)
    axis.tick_params(axis="x", which="minor", bottom=False, top=False)


def _complete(axis, table, text, theme):
    """<|m|> of N spins that all see each other comes down to the mean-field curve."""
    rows = table[(table["lattice"] == "complete") & np.isfinite(table["size"])]
    for size, group, color, *_ in by_value(rows, "size", theme, steps):
        curve(axis, group["T"], group["magnetization"], color, label=text["N"].format(N=int(size)))
    _, limit = _theories(table, "complete")[0]
    _line(axis, limit["T"], limit["magnetization"], "mean_field", COLORS[theme])
    axis.set(title=text["complete"], xlabel=text["scaled"], ylabel=text["m"])
    axis.set(xlim=(0.3, 2.0), ylim=(-0.06, 1.1))
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
