"""Figure: with the exact score noise runs back into data, by random paths and by smooth ones."""

import numpy as np

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
    times = arrays["paths_times"]
    axes[1].sharey(axes[0])
    axes[2].sharey(axes[0])
    for axis, name in zip(axes, ("sde", "flow"), strict=False):
        color = colors["blue" if name == "sde" else "vermilion"]
        for path in arrays[f"paths_{name}"][:24]:
            axis.plot(np.sqrt(times), path, "-", color=color, alpha=0.5, linewidth=0.6, marker="")
        ticks = [0, 0.25, 1, 2, 4, 6]  # the last one is named once: it would touch the panel to the left
        axis.set_xticks(np.sqrt(ticks), [f"{t:g}" for t in ticks[:-1]] + ["6" if name == "sde" else ""])
        axis.set(xlim=(np.sqrt(times[0]), 0), ylim=(-4, 4), xlabel=text["t"], title=text[name])
    axes[0].set_ylabel(text["x"])
    _law(axes[2], arrays, text, colors)
    handles, labels = axes[2].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3)
    for axis in axes[1:3]:
        axis.tick_params(labelleft=False)
    _plane(axes[3], arrays["plane"], text, colors)
    return figure


def _law(axis, arrays, text, colors):
    """What came out of both processes, on the law of the data."""
    centers = (arrays["edges"][1:] + arrays["edges"][:-1]) / 2
    axis.fill_betweenx(
        centers, arrays["exact"], color=colors["muted"], alpha=0.3, linewidth=0, label=text["data"]
    )
    for name, color, marker, size in (("flow", "vermilion", "s", 5), ("sde", "blue", "o", 2.2)):
        axis.plot(
            arrays[f"histogram_{name}"],
            centers,
            marker,
            color=colors[color],
            markersize=size,
            markerfacecolor="none" if name == "flow" else colors[color],
            label=text[name],
        )
    axis.set(title=text["law"], xlim=(0, None), xlabel="$p(x)$")
    axis.set_xticks([0.25, 0.5])


def _plane(axis, points, text, colors):
    axis.plot(
        points[:1500, 0], points[:1500, 1], color=colors["blue"], linestyle="", marker=".", markersize=1.6
    )
    for x, y in laws.ring()[1]:
        axis.add_patch(
            plt.Circle((x, y), 3 * laws.RING_WIDTH, fill=False, color=colors["ink"], linewidth=0.7)
        )
    axis.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), aspect="equal", title=text["plane"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
