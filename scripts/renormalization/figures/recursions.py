"""Figure: maps of the coupling in one and two dimensions, and flows away from the fixed point."""

import numpy as np

from scripts.common.panels import curve, note, points
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
    curve(left, K, K, colors["muted"], linewidth=0.8)
    chain = [recursions.decimated(x, 0.0)[0] for x in K]
    curve(left, K, chain, colors["blue"], DASHES[1], label=text["chain"])
    curve(left, K, recursions.migdal_kadanoff(K), colors["vermilion"], label=text["mk"])
    for start in (0.9, 1.1):
        stairs = np.repeat(recursions.orbit(recursions.migdal_kadanoff, point * start, 7, 0.62), 2)
        curve(left, stairs[:-1], stairs[1:], colors["ink"], linewidth=0.7)
    points(left, point, point, colors["ink"], markersize=6)
    note(left, text["fixed"], (point, point), (8, -14), colors["ink"])
    left.set(xlabel=text["K"], ylabel=text["after"], title=text["map"])
    left.set(xlim=(0, 0.6), ylim=(0, 0.6), aspect="equal")
    for label in left.legend(loc="upper left", handlelength=1.6).get_texts():
        label.set_linespacing(1.4)
    _flows(right, data["orbits"].query("scheme == 'migdal_kadanoff'"), point, text, colors)
    return figure


def _flows(axis, table, point, text, colors):
    for start, rows in table.groupby("start"):
        color, dashes = ("blue", DASHES[1]) if start < point else ("vermilion", "-")
        look = {"linestyle": dashes, "markersize": 2, "linewidth": 1.0}
        points(axis, rows["step"], rows["K"], colors[color], **look)
    axis.axhline(point, color=colors["muted"], linewidth=0.8)
    right = {"xycoords": ("axes fraction", "data"), "ha": "right"}
    note(axis, text["fixed"], (1, point), (-4, 4), colors["ink"], **right)
    axis.set(xlim=(0, 28), ylim=(0, 1.0), xlabel=text["step"], ylabel=text["K"], title=text["flow"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
