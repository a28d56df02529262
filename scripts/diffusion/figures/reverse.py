"""Figure: with the exact score noise runs back into data, by random paths and by smooth ones."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, WIDTH, plt, words
from scripts.diffusion import laws

TEXT = {
    "sde": ("reverse SDE", "逆過程の SDE"),
    "flow": ("probability flow", "確率フロー"),
    "t": ("time $t$ (root scale)", "時刻 $t$（平方根目盛）"),
    "x": "$x$",
    "law": ("what comes out", "得られる分布"),
    "data": ("data", "データ"),
    "plane": ("the ring, from noise", "ノイズから生じた輪"),
}


def draw(data, language, theme):
    """Draw the figure from ``reverse``."""
    text, colors, arrays = words(TEXT, language), COLORS[theme], data["reverse"]
    figure, axes = plt.subplots(1, 4, figsize=(WIDTH, 3.1), width_ratios=(1.1, 1.1, 0.9, 1.15))
    roots = np.sqrt(arrays["paths_times"])
    axes[1].sharey(axes[0])
    axes[2].sharey(axes[0])
    # The last tick is named once: it would touch the panel to the left.
    for axis, name, color, last in ((axes[0], "sde", "blue", "6"), (axes[1], "flow", "vermilion", "")):
        for path in arrays[f"paths_{name}"][:24]:
            curve(axis, roots, path, colors[color], alpha=0.5, linewidth=0.6)
        axis.set_xticks(np.sqrt([0, 0.25, 1, 2, 4, 6]), ["0", "0.25", "1", "2", "4", last])
        axis.set(xlim=(roots[0], 0), ylim=(-4, 4), xlabel=text["t"], title=text[name])
    axes[0].set_ylabel(text["x"])
    _law(axes[2], arrays, text, colors)
    figure.legend(*axes[2].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    for axis in axes[1:3]:
        axis.tick_params(labelleft=False)
    _plane(axes[3], arrays["plane"], text, colors)
    return figure


def _law(axis, arrays, text, colors):
    """What came out of both processes, on the law of the data."""
    centers = (arrays["edges"][1:] + arrays["edges"][:-1]) / 2
    fill = {"color": colors["muted"], "alpha": 0.3, "linewidth": 0, "label": text["data"]}
    axis.fill_betweenx(centers, arrays["exact"], **fill)
    flow = {"markersize": 5, "markerfacecolor": "none", "label": text["flow"]}
    points(axis, arrays["histogram_flow"], centers, colors["vermilion"], "s", **flow)
    points(axis, arrays["histogram_sde"], centers, colors["blue"], markersize=2.2, label=text["sde"])
    axis.set(title=text["law"], xlim=(0, None), xlabel="$p(x)$", xticks=[0.25, 0.5])


def _plane(axis, plane, text, colors):
    points(axis, *plane[:1500].T, colors["blue"], ".", markersize=1.6)
    for center in laws.ring()[1]:
        rim = {"fill": False, "color": colors["ink"], "linewidth": 0.7}
        axis.add_patch(plt.Circle(center, 3 * laws.RING_WIDTH, **rim))
    axis.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), aspect="equal", title=text["plane"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
