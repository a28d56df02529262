"""Figure: averages get better as 1/sqrt(N), but a chain of N steps is not worth N samples."""

import numpy as np

from scripts.common.panels import curve, measured, ticks
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "steps": ("steps of the chain $N$", "連鎖の歩数 $N$"),
    "error": ("error of the time in one room", "一部屋の滞在割合の誤差"),
    "law": ("error against length", "誤差と連鎖の長さ"),
    "metropolis": ("connected house", "つながった家"),
    "closed": ("closed wing", "閉ざされた一角"),
    "naive": ("$N$ samples", "サンプル $N$ 個分"),
    "exact": (r"$N/2\tau$ samples", r"サンプル $N/2\tau$ 個分"),
    "z": ("deviation / stated error", "ずれ / 自ら述べた誤差"),
    "chains": ("number of chains", "連鎖の数"),
    "calibration": ("what the chains say of themselves", "連鎖が述べる誤差は正しいか"),
    "counted": ("each step counted", "一歩ずつ数える"),
    "corrected": (r"$\tau$ measured", r"$\tau$ を測って数える"),
    "normal": ("normal curve", "正規分布"),
}
EDGES = np.linspace(-12, 12, 49)


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``averages``, ``calibration`` and ``deviations``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (law, calibration) = plt.subplots(1, 2, figsize=(WIDTH, 3.5))
    _law(law, data["averages"], text, colors)
    _calibration(calibration, data["deviations"], text, colors)
    return figure


def _law(axis, table, text, colors):
    """Errors on logarithmic axes."""
    own, closed = (table[table["chain"] == name] for name in ("metropolis", "closed"))
    measured(axis, closed, "steps", "error", colors["purple"], "D", markersize=4.5, label=text["closed"])
    measured(axis, own, "steps", "error", colors["blue"], markersize=4.5, label=text["metropolis"])
    curve(axis, own["steps"], own["exact"], colors["blue"], label=text["exact"])
    curve(axis, own["steps"], own["naive"], colors["vermilion"], DASHES[1], label=text["naive"])
    axis.set(xscale="log", yscale="log", xlabel=text["steps"], ylabel=text["error"], title=text["law"])
    axis.set_ylim(own["naive"].min() / 1.5, closed["error"].max() * 4)
    ticks(axis.xaxis, own["steps"].tolist())
    axis.legend(loc="upper center", ncols=2)


def _calibration(axis, found, text, colors):
    """Deviations in units of the stated errors, as histograms."""
    step = {"histtype": "step", "linestyle": DASHES[1], "label": text["counted"]}
    filled = {"histtype": "stepfilled", "linestyle": "-", "alpha": 0.6, "label": text["corrected"]}
    for name, color, look in (("naive", "vermilion", step), ("corrected", "blue", filled)):
        clipped = np.clip(found[name], EDGES[0], EDGES[-1])
        axis.hist(clipped, bins=EDGES, color=colors[color], linewidth=1.6, **look)
    z = np.linspace(-4.5, 4.5, 181)
    height = len(found["naive"]) * (EDGES[1] - EDGES[0]) / np.sqrt(2 * np.pi)
    curve(axis, z, height * np.exp(-(z**2) / 2), colors["ink"], linewidth=1.0, label=text["normal"])
    axis.set(xlabel=text["z"], ylabel=text["chains"], title=text["calibration"])
    axis.set(xlim=(EDGES[0], EDGES[-1]), ylim=(0, 1.55 * height))
    axis.legend(loc="upper left", ncols=1)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
