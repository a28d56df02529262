"""Figure: finite data cost half a nat per parameter and sample; missing features cost what they hold."""

import numpy as np
from scipy.special import xlogy

from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "samples": ("samples $N$", "標本の数 $N$"),
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
    axis.plot(table["samples"], table["expected"], color=colors["ink"], linewidth=1.0, marker="", label=label)
    axis.errorbar(
        table["samples"], table["divergence"], table["divergence_err"], color=colors["blue"], marker="o",
        linestyle="none", markersize=4.5, label=text["measured"],
    )  # fmt: skip
    axis.set(
        xscale="log", yscale="log", xlabel=text["samples"], ylabel=text["divergence"], title=text["finite"]
    )
    axis.set_xticks(table["samples"].tolist(), [str(n) for n in table["samples"]])
    axis.set_xticks([], minor=True)
    axis.legend(loc="upper right")


def _parity(axis, table, text, colors):
    noise = np.linspace(0, table["noise"].max(), 201)
    missed = np.log(2) + xlogy(noise, noise) + xlogy(1 - noise, 1 - noise)
    axis.plot(
        noise, missed, color=colors["ink"], linestyle="-", linewidth=1.0, marker="",
        label=text["exact"],
    )  # fmt: skip
    for name, color, marker in (("pairwise", "vermilion", "s"), ("triple", "blue", "o")):
        axis.plot(
            table["noise"], table[name], color=colors[color], marker=marker, markersize=4.5, linestyle="none",
            label=text[name],
        )  # fmt: skip
    axis.axhline(0, color=colors["muted"], linestyle=DASHES[0], linewidth=0.8, marker="", zorder=0)
    axis.set(ylim=(-0.05, 0.78), xlabel=text["noise"], ylabel=text["missing"], title=text["parity"])
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
