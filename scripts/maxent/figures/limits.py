"""Figure: finite data cost half a nat per parameter and sample; missing features cost what they hold."""

import numpy as np
from scipy.special import xlogy

from scripts.common.panels import curve, measured, points, ticks
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "samples": ("samples $N$", "サンプルの数 $N$"),
    "divergence": ("KL divergence from the truth (nats)", "真の分布からの KL（nat）"),
    "finite": ("limit 1: finite data", "限界1：有限のデータ"),
    "law": ("$k/2N$, $k = {k}$", "$k/2N$、$k = {k}$"),
    "measured": ("measured", "測定値"),
    "noise": (r"share $\epsilon$ of cases that break the parity", r"パリティに反する事例の割合 $\epsilon$"),
    "missing": ("KL divergence of the model (nats)", "データからモデルへの KL（nat）"),
    "parity": ("limit 2: missing features", "限界2：特徴量の不足"),
    "pairwise": ("pairs only", "対のみ"),
    "triple": ("with triples", "三つ組も使う"),
    "exact": r"$\ln 2 - h(\epsilon)$",
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``finite_data`` and ``parity``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (finite, parity) = plt.subplots(1, 2, figsize=(WIDTH, 3.3))
    _finite(finite, data["finite_data"], text, colors)
    _parity(parity, data["parity"], text, colors)
    return figure


def _finite(axis, table, text, colors):
    label = text["law"].format(k=int(table["parameters"].iloc[0]))
    curve(axis, table["samples"], table["expected"], colors["ink"], linewidth=1.0, label=label)
    measured(axis, table, "samples", "divergence", colors["blue"], markersize=4.5, label=text["measured"])
    axis.set(xscale="log", yscale="log")
    axis.set(xlabel=text["samples"], ylabel=text["divergence"], title=text["finite"])
    ticks(axis.xaxis, table["samples"].tolist())
    axis.legend(loc="upper right")


def _parity(axis, table, text, colors):
    noise = np.linspace(0, table["noise"].max(), 201)
    missed = np.log(2) + xlogy(noise, noise) + xlogy(1 - noise, 1 - noise)
    curve(axis, noise, missed, colors["ink"], linewidth=1.0, label=text["exact"])
    for name, color, marker in (("pairwise", "vermilion", "s"), ("triple", "blue", "o")):
        points(axis, table["noise"], table[name], colors[color], marker, markersize=4.5, label=text[name])
    axis.axhline(0, color=colors["muted"], linewidth=0.8, zorder=0)
    axis.set(ylim=(-0.05, 0.78), xlabel=text["noise"], ylabel=text["missing"], title=text["parity"])
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
