"""Figure: ln P(D) as a free energy: three samplers find it, and it chooses the degree of a polynomial."""

import numpy as np

from scripts.common.panels import curve, measured, points, ticks
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "parameters": ("coefficients $d$", "係数の数 $d$"),
    "evidence": "$\\ln P(D)$",
    "choice": ("evidence of polynomials", "多項式の周辺尤度"),
    "exact": ("closed form", "閉じた式"),
    "annealing": ("annealing", "焼きなまし"),
    "integration": ("integration", "熱力学的積分"),
    "nested": ("nested sampling", "ネステッド"),
    "power": (r"power $\beta$ of the likelihood", r"尤度のべき $\beta$"),
    "energy": r"$\langle -\ln P(D|\theta) \rangle_\beta$",
    "way": ("from prior to posterior", "事前分布から事後分布へ"),
    "deviation": ("deviation / error", "ずれ／誤差"),
    "share": ("share of the prior kept", "事前分布からの採択率"),
    "cost": ("rejection sampling", "棄却サンプリング"),
}
METHODS = {"annealing": ("blue", "o"), "integration": ("vermilion", "s"), "nested": ("green", "^")}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``evidence``, ``integration`` and ``rejection``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    ratios = {"height_ratios": [2.6, 1], "width_ratios": [1.2, 1.1, 1]}
    figure, axes = plt.subplots(2, 3, figsize=(WIDTH, 4.2), **ratios)
    _evidence(axes[0, 0], axes[1, 0], data["evidence"], text, colors)
    _integration(axes[0, 1], axes[1, 1], data["integration"], text, colors)
    for axis in axes[:, 2]:
        axis.remove()
    _rejection(figure.add_subplot(axes[0, 2].get_gridspec()[:, 2]), data["rejection"], text, colors)
    return figure


def _evidence(axis, below, table, text, colors):
    exact = table.drop_duplicates("parameters").sort_values("parameters")
    curve(axis, exact["parameters"], exact["expected"], colors["muted"], linewidth=1, label=text["exact"])
    for k, (method, (color, marker)) in enumerate(METHODS.items()):
        rows = table[table["method"] == method]
        measured(axis, rows, "parameters", "value", colors[color], marker, markersize=4.5, label=text[method])
        z = (rows["value"] - rows["expected"]) / rows["value_err"]
        points(below, rows["parameters"] + 0.15 * (k - 1), z, colors[color], marker, markersize=4)
    axis.set(ylabel=text["evidence"], title=text["choice"])
    axis.legend(loc="lower right", fontsize=7.5)
    _deviations(below, text, colors)
    below.set_xlabel(text["parameters"])
    for each in (axis, below):
        each.set_xlim(exact["parameters"].min() - 0.5, exact["parameters"].max() + 0.5)
        each.set_xticks(exact["parameters"])
    axis.tick_params(labelbottom=False)


def _deviations(axis, text, colors):
    axis.axhspan(-1, 1, color=colors["muted"], alpha=0.2, linewidth=0)
    axis.axhline(0, color=colors["muted"], linewidth=0.8)
    axis.set_ylim(-3.9, 3.9)
    axis.set_ylabel(text["deviation"], fontsize=8.5)


def _integration(axis, below, table, text, colors):
    styles = (("blue", "o", "-"), ("vermilion", "s", "--"), ("green", "^", ":"))
    sizes = sorted(table["parameters"].unique())
    shown = sorted({sizes[0], sizes[len(sizes) // 2], sizes[-1]})
    for d, (color, marker, dashes) in zip(shown, styles, strict=False):
        rows = table[table["parameters"] == d].sort_values("power")
        curve(axis, rows["power"], rows["expected"], colors[color], dashes, linewidth=1)
        measured(axis, rows, "power", "energy", colors[color], marker, markersize=3.6, label=f"$d = {d}$")
        z = (rows["energy"] - rows["expected"]) / rows["energy_err"]
        points(below, rows["power"], z, colors[color], marker, markersize=3)
    axis.set(xscale="log", yscale="log", ylabel=text["energy"], title=text["way"])
    low, high = axis.get_ylim()
    heights = [tick for k in range(5) for tick in (10**k, 2 * 10**k, 5 * 10**k) if low < tick < high]
    ticks(axis.yaxis, heights)
    axis.tick_params(labelbottom=False)
    axis.legend(loc="upper right")
    below.set_xscale("log")
    _deviations(below, text, colors)
    below.set_xlabel(text["power"])


def _rejection(axis, table, text, colors):
    kept, parameters = table[table["kept"] > 2], table["parameters"]
    look = {"linewidth": 1, "label": r"$P(D)\,/\max P(D|\theta)$"}
    curve(axis, parameters, table["expected"], colors["blue"], **look)
    err = [np.minimum(kept["share_err"], 0.9 * kept["share"]), kept["share_err"]]
    points(axis, kept["parameters"], kept["share"], colors["vermilion"], err=err, markersize=4.5)
    axis.set(yscale="log", xlabel=text["parameters"], ylabel=text["share"], title=text["cost"])
    axis.set(ylim=(table["expected"].min() / 5, 1.0), xticks=parameters)
    axis.set_xlim(parameters.min() - 0.5, parameters.max() + 0.5)
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
