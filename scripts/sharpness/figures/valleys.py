"""Figure: noise fills the wide valley in proportion to its width, unless the sharp one is deeper."""

import numpy as np

from scripts.common.panels import curve, measured
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words
from scripts.sharpness.theory import wells

TEXT = {
    "x": ("position", "位置"),
    "V": ("energy", "エネルギー"),
    "equal": ("equally deep", "同じ深さ"),
    "tilted": ("sharp one deeper", "鋭い谷が深い"),
    "D": ("temperature $T$", "温度 $T$"),
    "shapes": ("two landscapes", "二つの地形"),
    "shares": ("time in the valleys", "谷にいる時間"),
    "times": ("time to cross", "谷を移る時間"),
    "alike": ("as long in both", "同じ長さ"),
    "ratio": ("time flat / time sharp", "平坦な谷 / 鋭い谷の時間"),
    "time": ("time from floor to floor", "底から底までの時間"),
    "exact": ("exact", "厳密値"),
    "kramers": ("Kramers", "クラマース"),
    "inverse": "$1/T$",
}
CASES = (("equal", "blue", "o", "-"), ("tilted", "vermilion", "s", DASHES[1]))


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``wells`` and ``escape``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["wells"]
    table = table[table["run"] == "equilibrium"]
    rest = 1 - table["share"]
    table = table.assign(ratio=table["share"] / rest, ratio_err=table["share_err"] / rest**2)
    figure, (shape, ratio, time) = plt.subplots(1, 3, figsize=(WIDTH, 3.0))
    width, depths = table["width"].iloc[0], sorted(table["depth"].unique(), reverse=True)
    x = np.linspace(-1.55, 1.5 * width, 400)
    grid = np.geomspace(table["D"].min() * 0.8, table["D"].max() * 1.25, 60)
    for depth, (name, color, marker, dashes) in zip(depths, CASES, strict=False):
        curve(shape, x, wells.potential(x, width, depth), colors[color], dashes, label=text[name])
        shares = np.array([wells.flat_share(D, width, depth) for D in grid])
        curve(ratio, grid, shares / (1 - shares), colors[color], dashes, linewidth=1.0)
        measured(ratio, table[table["depth"] == depth], "D", "ratio", colors[color], marker, label=text[name])
    shape.set(xlabel=text["x"], ylabel=text["V"], ylim=(-0.03, 0.5), xlim=(x[0], x[-1]), title=text["shapes"])
    shape.legend(loc="upper center")
    ratio.axhline(1.0, color=colors["muted"], linewidth=0.7)
    ratio.text(grid[-1], 0.95, text["alike"], color=colors["muted"], fontsize=8.5, ha="right", va="top")
    ratio.set(xlabel=text["D"], ylabel=text["ratio"], ylim=(0, 1.45 * width), title=text["shares"])
    ratio.legend(loc="upper center", ncols=1)
    _times(time, data["escape"].query("run == 'right'"), text, colors)
    return figure


def _times(axis, table, text, colors):
    inverse = np.linspace(0.8 / table["D"].max(), 1.08 / table["D"].min(), 40)
    exact = [wells.passage_time(1 / beta) for beta in inverse]
    kramers = [wells.kramers_time(1 / beta) for beta in inverse]
    curve(axis, inverse, exact, colors["blue"], linewidth=1.0, label=text["exact"])
    curve(axis, inverse, kramers, colors["muted"], DASHES[1], label=text["kramers"])
    measured(axis, table, 1 / table["D"], "time", colors["blue"])
    axis.set(xlabel=text["inverse"], ylabel=text["time"], yscale="log", title=text["times"])
    axis.legend(loc="upper left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
