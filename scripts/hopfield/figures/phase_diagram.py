"""Figure: phases of the network over load and temperature, simulated overlap under the lines of theory."""

import numpy as np

from scripts.common.panels import curve
from scripts.common.style import COLORS, DASHES, WIDTH, plt, sequential, words

TEXT = {
    "alpha": (r"load $\alpha = P/N$", r"負荷率 $\alpha = P/N$"),
    "T": ("temperature $T$", "温度 $T$"),
    "m": ("simulated overlap with the memory", "シミュレーションによる記憶との重なり"),
    "retrieval": ("recall", "想起相"),
    "glass": ("spin glass", "スピングラス相"),
    "paramagnet": ("paramagnet", "常磁性相"),
    "beyond": ("not simulated", "計算していない範囲"),
    "T_M": ("$T_M$: recall is possible", "$T_M$：想起が可能"),
    "T_c": ("$T_c$: recall has the lowest free energy", "$T_c$：想起の自由エネルギーが最低"),
    "T_g": ("$T_g$: spins freeze", "$T_g$：スピンが凍結"),
    "T_R": ("$T_R$: replica symmetry breaks", "$T_R$：レプリカ対称性が破れる"),
}
TOP = 1.5  # of the temperature axis
STYLES = {
    "T_M": ("vermilion", "-"),
    "T_c": ("green", DASHES[1]),
    "T_R": ("purple", DASHES[3]),
    "T_g": ("ink", DASHES[2]),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``phase_diagram`` and ``lines``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axis = plt.subplots(figsize=(WIDTH, 4.9))
    table, lines = data["phase_diagram"], data["lines"]
    grid = table.pivot_table(index="T", columns="alpha", values="overlap").sort_index()
    edges = _edges(grid.columns.to_numpy(), 0.0), _edges(grid.index.to_numpy(), 0.0)
    # With edges of their own color the cells show no seams in vector form.
    shades = {"cmap": sequential(theme), "vmin": 0, "vmax": 1, "edgecolors": "face"}
    mesh = axis.pcolormesh(*edges, np.clip(grid.to_numpy(), 0, 1), **shades)
    look = {"facecolor": "none", "edgecolor": colors["muted"], "alpha": 0.6, "hatch": "//", "linewidth": 0}
    axis.axhspan(edges[1][-1], TOP, label=text["beyond"], **look)
    axis.axhspan(0, edges[1][0], **look)
    for name, (color, dashes) in STYLES.items():
        rows = lines.dropna(subset=[name])
        curve(axis, rows["alpha"], rows[name], colors[color], dashes, linewidth=1.8, label=text[name])
    right = float(max(edges[0][-1], 0.17))
    axis.set(xlim=(0, right), ylim=(0, TOP), xlabel=text["alpha"], ylabel=text["T"])
    # On the strong end of the map a label takes the color of the ground.
    axis.text(0.03, 0.14, text["retrieval"], color=colors["ground"], ha="center", fontsize=11)
    axis.text(0.85 * right, 0.72, text["glass"], color=colors["ink"], ha="center", fontsize=11)
    plain = {"facecolor": colors["ground"], "edgecolor": "none", "pad": 2}
    look = {"color": colors["ink"], "ha": "center", "fontsize": 11, "bbox": plain}
    axis.text(0.22 * right, 1.36, text["paramagnet"], **look)
    figure.colorbar(mesh, ax=axis, label=text["m"])
    figure.legend(*axis.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure


def _edges(centers, least):
    """Borders halfway between the points of a grid."""
    if len(centers) == 1:
        return np.array([max(centers[0] - 0.01, least), centers[0] + 0.01])
    middle = (centers[1:] + centers[:-1]) / 2
    first, last = centers[0] - (middle[0] - centers[0]), centers[-1] + (centers[-1] - middle[-1])
    return np.concatenate([[max(first, least)], middle, [last]])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
