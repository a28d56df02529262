"""Figure: independent Gaussians for correlated ones are too narrow one way round, and right the other."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

RHO = 0.9
TEXT = {
    "shape": (r"correlation 0.9", "相関係数 0.9"),
    "target": "$P$",
    "reverse": (r"least $D(Q\Vert P)$", r"$D(Q\Vert P)$ 最小"),
    "forward": (r"least $D(P\Vert Q)$", r"$D(P\Vert Q)$ 最小"),
    "rho": (r"correlation $\rho$", r"相関係数 $\rho$"),
    "variance": ("variance of the fit", "近似分布の分散"),
    "law": r"$1/\Lambda_{ii} = 1-\rho^2$",
    "true": r"$\Sigma_{ii}$",
    "gap": ("what is lost, in nats", "失われるもの（nat）"),
    "formula": r"$-\frac{1}{2}\ln(1-\rho^2)$",
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``gaussian``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["gaussian"]
    figure, (shape, variance, gap) = plt.subplots(1, 3, figsize=(WIDTH, 2.9))
    _shape(shape, table, text, colors)
    rho = np.linspace(0, 0.999, 200)
    rows = {name: table[table["direction"] == name] for name in ("reverse", "forward")}
    for name, color, marker in (("reverse", "vermilion", "o"), ("forward", "blue", "s")):
        points(variance, rows[name]["rho"], rows[name]["variance"], colors[color], marker)
    curve(variance, rho, 1 - rho**2, colors["vermilion"], linewidth=1.0)
    variance.axhline(1, color=colors["blue"], linewidth=1.0, linestyle=DASHES[1])
    variance.text(0.06, 0.5, text["law"], color=colors["vermilion"])
    variance.text(0.06, 1.04, text["true"], color=colors["blue"])
    variance.set(xlabel=text["rho"], ylabel=text["variance"], ylim=(0, 1.2), xlim=(-0.04, 1.03))
    reverse = rows["reverse"]
    points(gap, reverse["rho"], reverse["divergence"], colors["vermilion"])
    curve(gap, rho, -np.log(1 - rho**2) / 2, colors["vermilion"], linewidth=1.0)
    gap.text(0.06, 1.2, text["formula"], color=colors["vermilion"])
    gap.set(xlabel=text["rho"], ylabel=text["gap"], ylim=(-0.06, 2.2), xlim=(-0.04, 1.03))
    for axis in (variance, gap):
        axis.locator_params(nbins=4)
    return figure


def _shape(axis, table, text, colors):
    """One-sigma ellipses."""
    angle = np.linspace(0, 2 * np.pi, 181)
    circle = np.array([np.cos(angle), np.sin(angle)])
    root = np.linalg.cholesky([[1, RHO], [RHO, 1]])
    at = table[np.isclose(table["rho"], RHO)].set_index("direction")["variance"]
    axis.fill(*(root @ circle), color=colors["grid"], linewidth=0)
    curve(axis, *(root @ circle), colors["ink"], linewidth=1.0)
    curve(axis, *(np.sqrt(at["reverse"]) * circle), colors["vermilion"])
    curve(axis, *(np.sqrt(at["forward"]) * circle), colors["blue"], DASHES[1])
    axis.text(0.6, 0.6, text["target"], ha="center", va="center")
    axis.text(0.0, -1.45, text["forward"], color=colors["blue"], ha="center", va="center", fontsize=8.5)
    look = {"color": colors["vermilion"], "ha": "center", "fontsize": 8.5}
    look["arrowprops"] = {"arrowstyle": "-", "color": colors["muted"], "linewidth": 0.7}
    axis.annotate(text["reverse"], (-0.3, 0.3), (-0.35, 1.4), **look)
    axis.set(title=text["shape"], xlim=(-1.75, 1.75), ylim=(-1.75, 1.75), aspect="equal")
    axis.set_xlabel("$x_1$")
    axis.set_ylabel("$x_2$", labelpad=-2)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
