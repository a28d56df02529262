"""Figure: the book's derivation of D = beta (F[Q] - F), every expression in numbers."""

from scripts.common.panels import note, points
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "expression": ("expression of the derivation", "導出の式の番号"),
    "nats": ("its value in nats", "式の値（nat）"),
    "printed": ("as printed", "印刷どおり"),
    "corrected": (r"with $+\ln Z$ and $k_B$", r"$+\ln Z$ とし $k_B$ を補ったもの"),
    "divergence": r"$D(Q\Vert P)$",
    "slip": r"$-2\ln Z$",
    "constant": (r"$k_B$ lost", r"$k_B$ の脱落"),
    "title": (
        "four expressions carry the wrong sign, the next one has lost a constant",
        "四つの式で符号が逆、次の式では定数が抜けている",
    ),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``derivation``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["derivation"]
    figure, axis = plt.subplots(figsize=(WIDTH, 2.7))
    place, printed, corrected = (table[name] for name in ("expression", "printed", "corrected"))
    D, slipped = corrected.iloc[0], printed.min()
    axis.axhline(D, color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)), zorder=0)
    rings = {"markersize": 9, "markerfacecolor": "none", "zorder": 3, "label": text["corrected"]}
    points(axis, place, corrected, colors["blue"], **rings)
    points(axis, place, printed, colors["vermilion"], "s", markersize=5, zorder=3, label=text["printed"])
    axis.annotate("", (4.5, slipped), (4.5, D), arrowprops={"arrowstyle": "->", "color": colors["ink"]})
    axis.text(4.56, (D + slipped) / 2, text["slip"], va="center")
    note(axis, text["constant"], (7, printed.iloc[6]), (0, -7), colors["ink"], ha="center", va="top")
    axis.text(7.6, D + 0.3, text["divergence"], color=colors["muted"], ha="center")
    axis.set(xlabel=text["expression"], ylabel=text["nats"], title=text["title"])
    axis.set(xlim=(0.5, 8.5), ylim=(slipped - 0.9, D + 1.4))
    axis.tick_params(axis="x", which="minor", bottom=False, top=False)
    axis.legend(loc="lower left", bbox_to_anchor=(0.0, 0.05))
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
