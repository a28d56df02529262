"""Figure: unstable bits of stored patterns, and the load below which there are none."""

import numpy as np

from scripts.common.style import COLORS, DASHES, MARKERS, WIDTH, plt, series, words

TEXT = {
    "alpha": (r"load $\alpha = P/N$", r"負荷率 $\alpha = P/N$"),
    "unstable": ("unstable bits per pattern", "パターンあたりの不安定なビット数"),
    "exact": ("lines: exact", "線は厳密な値"),
    "N": ("number of units $N$", "ユニットの数 $N$"),
    "load": (r"load $\alpha$", r"負荷率 $\alpha$"),
    "half": (r"half of the patterns stable, $(1-p)^N = 1/2$", r"パターンの半数が安定、$(1-p)^N = 1/2$"),
    "limit": r"$1/(2 \ln N)$",
    "measured": ("measured", "測定値"),
    "recall": (r"recall lost, $\alpha_c$", r"想起の限界 $\alpha_c$"),
}
CAPACITY = 0.137906
FLOOR = 3e-4  # bits shown


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``stability`` and ``limits``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (bits, limit) = plt.subplots(1, 2, figsize=(WIDTH, 3.7))
    _bits(bits, data["stability"], text, theme)
    _limit(limit, data, text, colors)
    return figure


def _bits(axis, table, text, theme):
    sizes = sorted(table["N"].unique())
    for k, (size, color) in enumerate(zip(sizes, series(theme, len(sizes)), strict=True)):
        rows = table[table["N"] == size]
        axis.plot(rows["alpha"], rows["unstable_exact"], color=color, marker="", linestyle="-", linewidth=0.9)
        seen = rows[rows["unstable"] > 0]
        axis.errorbar(
            seen["alpha"], seen["unstable"], np.minimum(seen["unstable_err"], 0.99 * seen["unstable"]),
            color=color, marker=MARKERS[k % 4], linestyle="", label=f"$N = {size}$",
        )  # fmt: skip
    axis.set(
        yscale="log",
        ylim=(FLOOR, 40),
        xticks=[0.05, 0.1, 0.15, 0.2],
        xlabel=text["alpha"],
        ylabel=text["unstable"],
    )
    axis.legend(loc="lower right", title=text["exact"], title_fontsize=8.5)


def _limit(axis, data, text, colors):
    limits = data["limits"]
    axis.plot(limits["N"], limits["half_stable"], color=colors["blue"], marker="", label=text["half"])
    axis.plot(
        limits["N"],
        limits["limit"],
        color=colors["vermilion"],
        marker="",
        linestyle=DASHES[1],
        label=text["limit"],
    )
    found = [_half(rows) for _, rows in data["stability"].groupby("N")]
    sizes, loads = np.array([pair for pair in found if pair]).reshape(-1, 2).T
    axis.plot(
        sizes, loads, color=colors["ink"], marker="o", markersize=5, linestyle="", label=text["measured"]
    )
    axis.axhline(CAPACITY, color=colors["muted"], linewidth=0.8)
    axis.annotate(
        text["recall"], (0.97, CAPACITY), xycoords=("axes fraction", "data"), xytext=(0, 5),
        textcoords="offset points", ha="right", color=colors["muted"], fontsize=8.5,
    )  # fmt: skip
    axis.set(xscale="log", ylim=(0, 0.25), xlabel=text["N"], ylabel=text["load"])
    axis.legend(loc="upper right")


def _half(rows):
    """(N, load) where half of the patterns are stable, or None."""
    rows = rows.sort_values("alpha")
    stable, loads = rows["stable"].to_numpy(), rows["alpha"].to_numpy()
    if stable[0] < 0.5 or stable[-1] > 0.5:
        return None
    return float(rows["N"].iloc[0]), float(np.interp(0.5, stable[::-1], loads[::-1]))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
