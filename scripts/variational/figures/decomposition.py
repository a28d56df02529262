"""Figure: ln P(X) = ELBO + divergence along coordinate ascent; three goals with one best point."""

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
    top = trace["log_evidence"].iloc[0]
    bottom = trace["elbo"].min() - 0.12 * (top - trace["elbo"].min())
    place, elbo = trace["update"], trace["elbo"]
    edges = [*(place - 0.5), place.iloc[-1] + 0.5]
    axis.stairs(elbo, edges, baseline=bottom, fill=True, color=colors["blue"], linewidth=0)
    axis.stairs(
        elbo + trace["divergence"], edges, baseline=elbo, fill=True, color=colors["vermilion"], linewidth=0
    )
    axis.axhline(top, color=colors["ink"], linewidth=1.1)
    last = place.iloc[-1]
    axis.text(0.96 * last, top + 0.015 * (top - bottom), text["evidence"], ha="right", va="bottom")
    # In the corner that the ELBO has yet to fill.
    axis.text(
        0.01 * last, top - 0.07 * (top - bottom), text["divergence"], color=colors["ground"], va="center"
    )
    axis.text(0.72 * last, bottom + 0.2 * (top - bottom), text["elbo"], color=colors["ground"], ha="center")
    axis.set(
        xlabel=text["update"], ylabel=text["nats"], title=text["sum"],
        xlim=(-0.6, last + 0.6), ylim=(bottom, top + 0.11 * (top - bottom)),
    )  # fmt: skip


def _goals(axis, curves, best, text, colors):
    """D and beta F[Q] = -ELBO differ by the constant ln Z; the other divergence has another minimum."""
    m, beta = curves["m"], 1 / curves["T"].iloc[0]
    axis.plot(m, curves["divergence"], color=colors["vermilion"], linestyle="-", marker="")
    axis.plot(m, -curves["elbo"], color=colors["blue"], linestyle="-", marker="")
    some = curves.iloc[3::6]
    axis.plot(
        some["m"], beta * some["free_energy"], color=colors["green"], linestyle="none", marker="o",
        markersize=4.5, markerfacecolor="none",
    )  # fmt: skip
    axis.plot(m, curves["forward"], color=colors["purple"], linestyle=DASHES[1], marker="")
    axis.axvline(best["divergence"], color=colors["muted"], linewidth=0.9, linestyle=(0, (2, 2)), zorder=0)
    low, high = -curves["elbo"].max(), curves["divergence"].min()
    axis.plot([best["divergence"]] * 2, [high, low], color=colors["ink"], marker="o", linestyle="none")
    least = curves["forward"].min()
    axis.plot(best["forward"], least, color=colors["purple"], marker="D", linestyle="none", markersize=4)
    axis.set(
        xlabel=text["m"], ylabel=text["nats"], title=text["goals"], xlim=(-1, 1), ylim=(low - 2.5, high + 14)
    )
    level = -curves["elbo"].iloc[30] + 0.8
    axis.set_xticks([-1, -0.5, 0, 0.5, 1])
    axis.text(-0.93, curves["divergence"].iloc[30] + 2.5, text["curve_divergence"], color=colors["vermilion"])
    axis.text(-0.75, level, text["curve_elbo"], color=colors["blue"])
    axis.text(-0.3, level, text["curve_free_energy"], color=colors["green"])
    axis.text(-0.5, high + 11.8, text["forward"], color=colors["purple"])
    axis.annotate(
        "", (0.62, high - 0.2), (0.62, low + 1.2), arrowprops={"arrowstyle": "<->", "color": colors["muted"]}
    )
    axis.text(0.59, (low + high) / 2, text["constant"], color=colors["muted"], ha="right", va="center")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
