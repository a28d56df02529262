"""Figure: the network is a spin glass: the same energies, and with many patterns the same as random bonds."""

import numpy as np

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
    table = data["levels"]
    width = np.diff(table["energy"]).min() * 0.9
    levels.bar(table["energy"], table["network"], width=width, color=colors["blue"], label=text["network"])
    levels.plot(
        table["energy"], table["spin_glass"], color=colors["vermilion"], marker="o", markersize=3,
        linestyle="", label=text["glass"],
    )  # fmt: skip
    levels.set(
        yscale="log", ylim=(1, 6 * table["network"].max()), xlabel=text["energy"], ylabel=text["states"]
    )
    levels.legend(loc="upper left")
    _limit(limit, data["glass_energy"], data["glass_limit"].iloc[0], text, colors)
    return figure


def _limit(axis, table, fit, text, colors):
    rows = table[np.isfinite(table["alpha"])]
    axis.errorbar(
        rows["alpha"] ** -0.5, rows["energy"], rows["energy_err"], color=colors["blue"], marker="o",
        markersize=4.5, linestyle="", label=text["descent"],
    )  # fmt: skip
    x = np.linspace(0, 1.05, 60)
    curve = fit["limit"] + fit["c1"] * x + fit["c2"] * x**2
    axis.plot(x, curve, color=colors["blue"], marker="", linestyle="-", linewidth=0.9, label=text["fit"])
    gaussian = table[np.isinf(table["alpha"])].iloc[0]
    axis.errorbar(
        [0], gaussian["energy"], gaussian["energy_err"], color=colors["vermilion"], marker="s", markersize=6,
        linestyle="", label=text["sk"], clip_on=False, zorder=5,
    )  # fmt: skip
    axis.set(xlim=(-0.03, 1.05), xlabel=text["load"], ylabel=text["end"])
    axis.legend(loc="lower left")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
