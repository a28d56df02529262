"""Figure: unstable bits of stored patterns, and the load below which there are none."""

import numpy as np

from scripts.common.panels import by_value, curve, note, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

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
    for size, rows, color, marker, _ in by_value(table, "N", theme):
        curve(axis, rows["alpha"], rows["unstable_exact"], color, linewidth=0.9)
        seen = rows[rows["unstable"] > 0]
        err = np.minimum(seen["unstable_err"], 0.99 * seen["unstable"])
        points(axis, seen["alpha"], seen["unstable"], color, marker, err=err, label=f"$N = {size}$")
    axis.set(yscale="log", xlabel=text["alpha"], ylabel=text["unstable"])
    axis.set(ylim=(FLOOR, 40), xticks=[0.05, 0.1, 0.15, 0.2])
    axis.legend(loc="lower right", title=text["exact"], title_fontsize=8.5)


def _limit(axis, data, text, colors):
    limits = data["limits"]
    curve(axis, limits["N"], limits["half_stable"], colors["blue"], label=text["half"])
    curve(axis, limits["N"], limits["limit"], colors["vermilion"], DASHES[1], label=text["limit"])
    found = [_half(rows) for _, rows in data["stability"].groupby("N")]
    sizes, loads = np.array([pair for pair in found if pair]).reshape(-1, 2).T
    points(axis, sizes, loads, colors["ink"], markersize=5, label=text["measured"])
    axis.axhline(CAPACITY, color=colors["muted"], linewidth=0.8)
    right = {"xycoords": ("axes fraction", "data"), "ha": "right", "fontsize": 8.5}
    note(axis, text["recall"], (0.97, CAPACITY), (0, 5), colors["muted"], **right)
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
