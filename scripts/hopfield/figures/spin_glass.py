"""Figure: the network is a spin glass: the same energies, and with many patterns the same as random bonds."""

import numpy as np

from scripts.common.panels import curve, measured, points
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "energy": ("energy per unit", "1ユニットあたりのエネルギー"),
    "states": ("states", "状態の数"),
    "network": ("network", "ネットワーク"),
    "glass": ("spin glass, $J = W$", "スピングラス $J = W$"),
    "load": r"$\alpha^{-1/2}$",
    "end": (r"energy at the end / $\sqrt{\alpha}$", r"終わりのエネルギー / $\sqrt{\alpha}$"),
    "descent": ("network, load from 1 to 32", "ネットワーク（負荷率1から32）"),
    "fit": ("extrapolation", "外挿"),
    "sk": ("random bonds (SK)", "ランダム結合（SK模型）"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``levels``, ``glass_energy`` and ``glass_limit``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (levels, limit) = plt.subplots(1, 2, figsize=(WIDTH, 3.7))
    _levels(levels, data["levels"], text, colors)
    _limit(limit, data["glass_energy"], data["glass_limit"].iloc[0], text, colors)
    return figure


def _levels(axis, table, text, colors):
    energy, width = table["energy"], np.diff(table["energy"]).min() * 0.9
    axis.bar(energy, table["network"], width=width, color=colors["blue"], label=text["network"])
    points(axis, energy, table["spin_glass"], colors["vermilion"], markersize=3, label=text["glass"])
    axis.set(yscale="log", xlabel=text["energy"], ylabel=text["states"])
    axis.set_ylim(1, 6 * table["network"].max())
    axis.legend(loc="upper left")


def _limit(axis, table, fit, text, colors):
    rows = table[np.isfinite(table["alpha"])]
    look = {"markersize": 4.5, "label": text["descent"]}
    measured(axis, rows, rows["alpha"] ** -0.5, "energy", colors["blue"], **look)
    x = np.linspace(0, 1.05, 60)
    line = fit["limit"] + fit["c1"] * x + fit["c2"] * x**2
    curve(axis, x, line, colors["blue"], linewidth=0.9, label=text["fit"])
    gaussian = table[np.isinf(table["alpha"])].iloc[0]
    look = {"markersize": 6, "label": text["sk"], "clip_on": False, "zorder": 5}
    measured(axis, gaussian, [0], "energy", colors["vermilion"], "s", **look)
    axis.set(xlim=(-0.03, 1.05), xlabel=text["load"], ylabel=text["end"])
    axis.legend(loc="lower left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
