"""Figure: maps of the coupling in one and two dimensions, and flows away from the fixed point."""

import numpy as np

from scripts.common.style import COLORS, DASHES, WIDTH, plt, words
from scripts.renormalization.theory import recursions

TEXT = {
    "map": ("one step", "一段の変換"),
    "K": ("coupling $K$", "結合 $K$"),
    "after": ("$K'$ after one step", "一段後の $K'$"),
    "chain": ("one dimension, exact", "一次元（厳密）"),
    "mk": ("two dimensions,\nMigdal-Kadanoff", "二次元\n（ミグダル・カダノフ）"),
    "flow": ("Migdal-Kadanoff, many steps", "ミグダル・カダノフ近似、多段"),
    "step": ("steps", "段数"),
    "fixed": "$K^*$",
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``orbits`` and ``fixed_points``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.3))
    point = data["fixed_points"].query("scheme == 'migdal_kadanoff'")["K"].iloc[0]
    K = np.linspace(1e-3, 0.62, 300)
    left.plot(K, K, color=colors["muted"], linestyle="-", linewidth=0.8, marker="")
    chain = [recursions.decimated(x, 0.0)[0] for x in K]
    left.plot(K, chain, color=colors["blue"], linestyle=DASHES[1], marker="", label=text["chain"])
    left.plot(
        K,
        recursions.migdal_kadanoff(K),
        color=colors["vermilion"],
        linestyle="-",
        marker="",
        label=text["mk"],
    )
    for start in (0.9, 1.1):
        _stairs(left, recursions.orbit(recursions.migdal_kadanoff, point * start, 7, 0.62), colors)
    left.plot([point], [point], marker="o", markersize=6, color=colors["ink"], linestyle="none")
    left.annotate(text["fixed"], (point, point), (8, -14), textcoords="offset points")
    left.set(
        xlim=(0, 0.6),
        ylim=(0, 0.6),
        xlabel=text["K"],
        ylabel=text["after"],
        title=text["map"],
        aspect="equal",
    )
    for label in left.legend(loc="upper left", handlelength=1.6).get_texts():
        label.set_linespacing(1.4)
    _flows(right, data["orbits"].query("scheme == 'migdal_kadanoff'"), point, text, colors)
    return figure


def _stairs(axis, values, colors):
    x = np.repeat(values, 2)[:-1]
    y = np.repeat(values, 2)[1:]
    axis.plot(x, y, color=colors["ink"], linestyle="-", linewidth=0.7, marker="")


def _flows(axis, table, point, text, colors):
    for start, rows in table.groupby("start"):
        color = colors["blue"] if start < point else colors["vermilion"]
        dash = DASHES[1] if start < point else DASHES[0]
        axis.plot(
            rows["step"], rows["K"], color=color, linestyle=dash, marker="o", markersize=2, linewidth=1.0
        )
    axis.axhline(point, color=colors["muted"], linewidth=0.8, marker="")
    axis.annotate(
        text["fixed"],
        (1, point),
        (-4, 4),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
    )
    axis.set(xlim=(0, 28), ylim=(0, 1.0), xlabel=text["step"], ylabel=text["K"], title=text["flow"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
