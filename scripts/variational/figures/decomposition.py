"""Figure: ln P(X) = ELBO + divergence along coordinate ascent; three goals with one best point."""

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "sum": ("the sum never changes", "和は変わらない"),
    "update": ("factors updated", "更新した因子の数"),
    "nats": ("nats", "nat"),
    "evidence": r"$\ln P(X)$",
    "elbo": "ELBO",
    "divergence": r"$D(Q\Vert P(Z|X))$",
    "goals": ("three goals, one best point", "三つの目標、一つの最良点"),
    "m": ("mean $m$ of the independent spins", "独立なスピンの平均値 $m$"),
    "curve_divergence": r"$D(Q\Vert P)$",
    "curve_elbo": r"$-$ELBO",
    "curve_free_energy": r"$\beta F[Q]$",
    "forward": (r"$D(P\Vert Q)$, another goal", r"$D(P\Vert Q)$：別の目標"),
    "constant": r"$\ln Z$",
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``trace``, ``objectives`` and ``minima``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (bars, goals) = plt.subplots(1, 2, figsize=(WIDTH, 3.5))
    _bars(bars, data["trace"], text, colors)
    _goals(goals, data["objectives"], data["minima"].set_index("objective")["m"], text, colors)
    return figure


def _bars(axis, trace, text, colors):
    """The ELBO from below, the divergence on top of it, up to ln P(X) at every step."""
    top, elbo, place = trace["log_evidence"].iloc[0], trace["elbo"], trace["update"]
    bottom, last = elbo.min() - 0.12 * (top - elbo.min()), place.iloc[-1]
    edges, height = [*(place - 0.5), last + 0.5], top - bottom
    full = {"fill": True, "linewidth": 0}
    axis.stairs(elbo, edges, baseline=bottom, color=colors["blue"], **full)
    axis.stairs(elbo + trace["divergence"], edges, baseline=elbo, color=colors["vermilion"], **full)
    axis.axhline(top, color=colors["ink"], linewidth=1.1)
    axis.text(0.96 * last, top + 0.015 * height, text["evidence"], ha="right", va="bottom")
    # In the corner that the ELBO has yet to fill.
    axis.text(0.01 * last, top - 0.07 * height, text["divergence"], color=colors["ground"], va="center")
    axis.text(0.72 * last, bottom + 0.2 * height, text["elbo"], color=colors["ground"], ha="center")
    axis.set(xlabel=text["update"], ylabel=text["nats"], title=text["sum"])
    axis.set(xlim=(-0.6, last + 0.6), ylim=(bottom, top + 0.11 * height))


def _goals(axis, curves, best, text, colors):
    """D and beta F[Q] = -ELBO differ by the constant ln Z; the other divergence has another minimum."""
    m, beta, some = curves["m"], 1 / curves["T"].iloc[0], curves.iloc[3::6]
    curve(axis, m, curves["divergence"], colors["vermilion"])
    curve(axis, m, -curves["elbo"], colors["blue"])
    rings = {"markersize": 4.5, "markerfacecolor": "none"}
    points(axis, some["m"], beta * some["free_energy"], colors["green"], **rings)
    curve(axis, m, curves["forward"], colors["purple"], DASHES[1])
    axis.axvline(best["divergence"], color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)), zorder=0)
    low, high = -curves["elbo"].max(), curves["divergence"].min()
    points(axis, [best["divergence"]] * 2, [high, low], colors["ink"])
    points(axis, best["forward"], curves["forward"].min(), colors["purple"], "D", markersize=4)
    axis.set(xlabel=text["m"], ylabel=text["nats"], title=text["goals"])
    axis.set(xlim=(-1, 1), ylim=(low - 2.5, high + 14), xticks=[-1, -0.5, 0, 0.5, 1])
    level = -curves["elbo"].iloc[30] + 0.8
    axis.text(-0.93, curves["divergence"].iloc[30] + 2.5, text["curve_divergence"], color=colors["vermilion"])
    axis.text(-0.75, level, text["curve_elbo"], color=colors["blue"])
    axis.text(-0.3, level, text["curve_free_energy"], color=colors["green"])
    axis.text(-0.5, high + 11.8, text["forward"], color=colors["purple"])
    arrow = {"arrowstyle": "<->", "color": colors["muted"]}
    axis.annotate("", (0.62, high - 0.2), (0.62, low + 1.2), arrowprops=arrow)
    axis.text(0.59, (low + high) / 2, text["constant"], color=colors["muted"], ha="right", va="center")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
