"""Figure: stochastic gradient descent in a quadratic valley has one temperature only for isotropic noise."""

import numpy as np

from scripts.common.panels import curve, measured, ticks
from scripts.common.style import COLORS, WIDTH, plt, words
from scripts.sharpness.theory import quadratic

CURVATURE = np.array([1.0, 0.25])
KINDS = (("isotropic", "blue", "o", 7), ("anisotropic", "vermilion", "s", 3))  # with the size of the marks
TEXT = {
    "rate": (r"learning rate $\eta\,\lambda_1$", r"学習率 $\eta\,\lambda_1$"),
    "variance": ("variance / Langevin", "分散 / ランジュバン"),
    "ratio": (r"temperatures $T_1/T_2$", r"温度の比 $T_1/T_2$"),
    "turn": ("turning per unit of time", "単位時間あたりの回転"),
    "isotropic": ("isotropic noise", "等方的ノイズ"),
    "anisotropic": ("anisotropic noise", "非等方的ノイズ"),
    "law": r"$2/(2-\eta\lambda_1)$",
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``quadratic``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["quadratic"]
    figure, (variance, ratio, turn) = plt.subplots(1, 3, figsize=(WIDTH, 2.7))
    grid = np.linspace(0.0, 1.93, 200)
    curve(variance, grid, 2 / (2 - grid), colors["ink"], linewidth=1.0)
    arrow = {"arrowstyle": "-", "color": colors["ink"], "linewidth": 0.6, "shrinkB": 4}
    variance.annotate(text["law"], (1.7, 2 / 0.3), (0.75, 9.0), ha="center", arrowprops=arrow)
    for kind, color, marker, size in KINDS:
        rows, look = table[table["noise"] == kind], {"markersize": size, "label": text[kind]}
        look["markerfacecolor"] = "none" if kind == "isotropic" else colors[color]
        measured(variance, rows, "rate", "variance_1", colors[color], marker, rows["langevin_1"], **look)
        measured(ratio, rows, "rate", "ratio", colors[color], marker, **look)
        measured(turn, rows, "rate", "turn", colors[color], marker, **look)
        _laws(ratio, turn, table, kind, colors[color])
    variance.set(ylabel=text["variance"], yscale="log")
    ticks(variance.yaxis, [1, 2, 5, 10, 20])
    ratio.set(ylabel=text["ratio"], yscale="log")
    ticks(ratio.yaxis, [1, 2, 5, 10, 20, 50])
    turn.set(ylabel=text["turn"])
    for axis in (variance, ratio, turn):
        axis.set(xlabel=text["rate"], xlim=(-0.05, 2.05))
    figure.legend(*ratio.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure


def _laws(ratio, turn, table, kind, color):
    """Exact curves; they do not depend on the batch size."""
    noise = {"isotropic": np.eye(2), "anisotropic": np.array([[2.0, 0.8], [0.8, 0.5]])}[kind]
    rates = np.linspace(0.005, 1.92, 120)
    covariances = np.array([quadratic.covariance(CURVATURE, noise, rate, 1) for rate in rates])
    temperatures = CURVATURE * covariances[:, [0, 1], [0, 1]]
    scale = rates * np.sqrt(covariances[:, 0, 0] * covariances[:, 1, 1])
    turns = np.array([quadratic.turn(CURVATURE, noise, rate, 1) for rate in rates]) / scale
    curve(ratio, rates, temperatures[:, 0] / temperatures[:, 1], color, linewidth=1.0)
    curve(turn, rates, turns, color, linewidth=1.0)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
