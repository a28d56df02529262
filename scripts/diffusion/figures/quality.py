"""Figure: quality against the number of evaluations of the network, for three ways to generate."""

from scripts.common.panels import measured, ticks
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "ring": ("ring", "輪"),
    "moons": ("two moons", "二つの月"),
    "spiral": ("spiral", "渦巻き"),
    "digits": ("digits", "手書き数字"),
    "ode": ("probability flow", "確率フロー"),
    "sde": ("reverse SDE", "逆過程の SDE"),
    "flow": ("flow matching", "フローマッチング"),
    "steps": ("evaluations of the network", "ネットワークの計算回数"),
    "w": ("sliced $W_2$ / real data", "スライス $W_2$（実データ比）"),
    "gaussian": ("Gaussian model", "ガウス分布"),
}
STYLES = (("ode", "vermilion", "s"), ("sde", "blue", "o"), ("flow", "green", "^"))


def draw(data, language, theme):
    """Draw the figure from ``generation``."""
    text, colors, table = words(TEXT, language), COLORS[theme], data["generation"]
    table = table[table["measure"] == "sliced_w2"]
    names = [name for name in text if name in set(table["dataset"])]
    lines, columns = -(-len(names) // 2), min(len(names), 2)
    shape = {"figsize": (WIDTH, 2.5 * lines + 0.5), "sharex": True, "sharey": True, "squeeze": False}
    figure, axes = plt.subplots(lines, columns, **shape)
    for axis, name in zip(axes.flat, names, strict=False):
        _panel(axis, table[table["dataset"] == name], text, colors)
        axis.set_title(text[name])
    for axis in axes.flat[len(names) :]:
        axis.set_axis_off()
    for axis in axes[-1]:
        axis.set_xlabel(text["steps"])
    for axis in axes[:, 0]:
        axis.set_ylabel(text["w"])
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=4)
    return figure


def _panel(axis, rows, text, colors):
    for sampler, color, marker in STYLES:
        own = rows[rows["sampler"] == sampler].sort_values("steps")
        look = {"over": own["floor"], "linestyle": "-", "label": text[sampler]}
        measured(axis, own, "steps", "value", colors[color], marker, **look)
    plain = rows[rows["sampler"] == "gaussian"].iloc[0]
    ratio = plain["value"] / plain["floor"]
    axis.axhline(ratio, color=colors["purple"], linestyle=":", label=text["gaussian"])
    axis.axhline(1.0, color=colors["muted"], linestyle="--", linewidth=1)
    axis.set(xscale="log", yscale="log")
    ticks(axis.xaxis, sorted(set(rows["steps"]) - {0}))


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
