"""Figure: Binder parameters of three lattices at their critical points."""

from scripts.common.style import COLORS, MARKERS, WIDTH, plt
from scripts.renormalization.claims.universality import PUBLISHED

TEXT = {
    "en": {
        "L": "edge $L$",
        "u4": "Binder parameter $U_4$ at $T_c$",
        "square": "square",
        "square_diagonal": "square with diagonals",
        "triangular": "triangular, rhombus",
        "exact": "exact small tori",
    },
    "ja": {
        "L": "一辺 $L$",
        "u4": "$T_c$ でのビンダーパラメータ $U_4$",
        "square": "正方格子",
        "square_diagonal": "斜めの結合をもつ正方格子",
        "triangular": "三角格子（ひし形）",
        "exact": "小さいトーラスの厳密値",
    },
}
LATTICES = (("square", "blue"), ("square_diagonal", "vermilion"), ("triangular", "green"))


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``universality`` and ``binder``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = TEXT[language], COLORS[theme]
    figure, axis = plt.subplots(figsize=(0.8 * WIDTH, 3.5))
    table, exact = data["universality"], data["binder"]
    for k, ((name, color), marker) in enumerate(zip(LATTICES, MARKERS, strict=False)):
        rows = table[table["lattice"] == name]
        axis.errorbar(
            rows["L"] * (1 + 0.03 * (k - 1)), rows["u4"], rows["u4_err"], color=colors[color], marker=marker,
            linestyle="none", markersize=5, label=text[name],
        )  # fmt: skip
        small = exact[(exact["lattice"] == name) & (exact["L"] > 0)]
        label = text["exact"] if name == "square" else None
        axis.plot(small["L"], small["u4"], color=colors[color], marker="x", linestyle="none", label=label)
    limit = exact[(exact["lattice"] == "triangular") & (exact["L"] == 0)]["u4"].iloc[0]
    axis.axhline(PUBLISHED[0], color=colors["blue"], linestyle=":", marker="")
    axis.axhline(limit, color=colors["green"], linestyle="--", marker="", linewidth=1.0)
    ticks = sorted({4, 8, *table["L"].tolist()})
    axis.set(xscale="log", xlabel=text["L"], ylabel=text["u4"])
    axis.set_xticks(ticks, [str(t) for t in ticks])
    axis.minorticks_off()
    axis.margins(y=0.15)
    axis.legend(loc="upper right")
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
