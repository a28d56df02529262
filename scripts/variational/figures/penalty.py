"""Figure: where a divergence comes from, what it grows like, what it costs in bits."""

from scripts.common.panels import curve, measured, note, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "where": ("where it is paid", "どこで払うか"),
    "x": "$x$",
    "integrand": r"$q\,\ln(q/p)$",
    "broad": ("$Q$ over both modes", "両方を覆う $Q$"),
    "mode": ("$Q$ on one mode", "一方に乗る $Q$"),
    "target": "$P$",
    "valley": ("here $Q$ is\nlarge, $P$ small", "$Q$ が大きく\n$P$ が小さい"),
    "grow": ("a state vanishes from $P$", "$P$ から状態が消える"),
    "small": ("its probability", "その状態の確率"),
    "nats": ("nats", "nat"),
    "reverse": r"$D(Q\Vert P)$",
    "forward": r"$D(P\Vert Q)$",
    "cost": ("the wrong code", "誤った符号"),
    "bits": ("excess bits per symbol", "1記号あたりの余分なビット"),
    "p": ("from $P$,\ncode for $Q$", "$P$ からの文\n$Q$ 用の符号"),
    "q": ("from $Q$,\ncode for $P$", "$Q$ からの文\n$P$ 用の符号"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``penalty``, ``vanishing`` and ``coding``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (where, grow, cost) = plt.subplots(1, 3, figsize=(WIDTH, 3.1), width_ratios=[1.25, 1, 0.85])
    _where(where, data["penalty"], text, colors)
    _grow(grow, data["vanishing"], text, colors)
    _cost(cost, data["coding"].set_index("sent"), text, colors)
    for axis in (where, grow, cost):
        axis.locator_params(axis="y", nbins=4)
    where.set_xticks([-5, 0, 5])
    return figure


def _where(axis, table, text, colors):
    axis.axhline(0, color=colors["muted"], linewidth=0.7)
    shape = table[table["fit"] == "mode"]
    axis.fill_between(shape["x"], shape["p"], color=colors["grid"], linewidth=0)
    axis.text(-3.0, 0.075, text["target"], ha="center", color=colors["muted"])
    for fit, color, dashes in (("broad", "blue", DASHES[1]), ("mode", "vermilion", "-")):
        rows = table[table["fit"] == fit]
        curve(axis, rows["x"], rows["reverse"], colors[color], dashes, label=text[fit])
    pointer = {"arrowstyle": "-", "color": colors["muted"], "linewidth": 0.7}
    axis.annotate(text["valley"], (-0.6, 0.3), (-6.4, 0.4), fontsize=7.5, va="center", arrowprops=pointer)
    axis.set(xlabel=text["x"], ylabel=text["integrand"], title=text["where"])
    axis.set(xlim=(-7, 7), ylim=(-0.14, 0.68))
    axis.legend(loc="upper left", handlelength=1.6)


def _grow(axis, table, text, colors):
    for goal, color, marker, dashes in (
        ("reverse", "vermilion", "o", "-"),
        ("forward", "blue", "s", DASHES[1]),
    ):
        points(axis, table["small"], table[goal], colors[color], marker, linestyle=dashes)
    axis.set(xscale="log", xlabel=text["small"], ylabel=text["nats"], title=text["grow"], ylim=(0, 7))
    axis.invert_xaxis()
    axis.set_xticks([1e-2, 1e-6, 1e-10])
    axis.text(1e-4, 4.0, text["reverse"], color=colors["vermilion"], ha="center")
    axis.text(1e-7, 0.75, text["forward"], color=colors["blue"], ha="center")


def _cost(axis, rows, text, colors):
    """Measured lengths of both kinds of messages on the two divergences."""
    from_p, from_q = rows.loc["p"], rows.loc["q"]
    for name, height, color, dashes in (
        ("forward", from_p["from_truth"], "blue", DASHES[1]),
        ("reverse", from_q["from_truth"], "vermilion", "-"),
    ):
        axis.axhline(height, color=colors[color], linestyle=dashes)
        axis.text(0.03, height + 0.002, text[name], color=colors[color], va="bottom")
    for place, (sent, row) in zip((0.72, 0.55), (("p", from_p), ("q", from_q)), strict=True):
        measured(axis, row, place, "excess", colors["ink"], linestyle="-", markersize=5)
        note(
            axis,
            text[sent],
            (place, row["excess"] - row["excess_err"]),
            (0, -3),
            colors["ink"],
            ha="center",
            va="top",
        )
    low, high = from_q["excess"], from_p["from_truth"]
    axis.set(ylabel=text["bits"], title=text["cost"], xlim=(0, 1), xticks=[], ylim=(low - 0.035, high + 0.02))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
