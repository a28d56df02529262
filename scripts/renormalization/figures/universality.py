"""Figure: Binder parameters of three lattices at their critical points."""

from scripts.common.panels import measured, note, points, ticks
from scripts.common.style import COLORS, MARKERS, WIDTH, plt, words
from scripts.renormalization.claims.universality import PUBLISHED

TEXT = {
    "L": ("edge $L$", "一辺 $L$"),
    "u4": ("Binder parameter $U_4$ at $T_c$", "$T_c$ でのビンダーパラメータ $U_4$"),
    "square": ("square", "正方格子"),
    "square_diagonal": ("square with diagonals", "斜めの結合をもつ正方格子"),
    "triangular": ("triangular, rhombus", "三角格子（ひし形）"),
    "exact": ("exact, {}", "{}の厳密値"),
    "limits": {"square": ("square", "正方格子"), "triangular": ("triangular", "三角格子")},
}
LATTICES = (("square", "blue"), ("square_diagonal", "vermilion"), ("triangular", "green"))
CROSSES = {"square": "x", "triangular": "+"}


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
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axis = plt.subplots(figsize=(0.8 * WIDTH, 3.5))
    table, exact = data["universality"], data["binder"]
    for k, ((name, color), marker) in enumerate(zip(LATTICES, MARKERS, strict=False)):
        rows, shift = table[table["lattice"] == name], 1 + 0.03 * (k - 1)
        look = {"markersize": 5, "label": text[name]}
        measured(axis, rows, rows["L"] * shift, "u4", colors[color], marker, **look)
        small = exact[(exact["lattice"] == name) & (exact["L"] > 0)]
        if len(small) and name in CROSSES:
            look = {"markersize": 5, "label": text["exact"].format(text["limits"][name])}
            points(axis, small["L"] * shift, small["u4"], colors[color], CROSSES[name], **look)
    limit = exact[(exact["lattice"] == "triangular") & (exact["L"] == 0)]["u4"].iloc[0]
    _limit(axis, PUBLISHED[0], text["limits"]["square"], colors["blue"], ":")
    _limit(axis, limit, text["limits"]["triangular"], colors["green"], "--")
    axis.set(xscale="log", xlabel=text["L"], ylabel=text["u4"])
    ticks(axis.xaxis, sorted({4, 8, *table["L"].tolist()}))
    axis.margins(y=0.15)
    axis.legend(loc="upper right")
    return figure


def _limit(axis, value, label, color, dashes):
    """A line at the value for an infinite lattice, with its name at the right end."""
    axis.axhline(value, color=color, linestyle=dashes, linewidth=1.2)
    note(axis, label, (1, value), (4, 0), color, xycoords=("axes fraction", "data"), va="center")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
