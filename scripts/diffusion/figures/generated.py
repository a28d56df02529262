"""Figure: generated against real: points in the plane and handwritten digits."""

from scripts.common.panels import points, sheet
from scripts.common.style import COLORS, WIDTH, plt, sequential, words

TEXT = {
    "ring": ("ring", "輪"),
    "moons": ("two moons", "二つの月"),
    "spiral": ("spiral", "渦巻き"),
    "digits": ("digits", "手書き数字"),
    "data": ("real", "実データ"),
    "sde": ("diffusion", "拡散モデル"),
    "flow": ("flow matching", "フローマッチング"),
}
KINDS = (("data", "data", "muted"), ("sde", "sample_sde", "blue"), ("flow", "sample_flow", "blue"))
SIDE = 6  # digits in a row of the mosaic


def draw(data, language, theme):
    """Draw the figure from all ``learned_<set>``."""
    text, colors = words(TEXT, language), COLORS[theme]
    names = [name for name in text if f"learned_{name}" in data]
    size = (min(WIDTH, 1.9 * len(names) + 0.6), 5.4)
    figure, axes = plt.subplots(3, len(names), figsize=size, squeeze=False)
    for column, name in zip(axes.T, names, strict=True):
        arrays = data[f"learned_{name}"]
        for axis, (_, key, color) in zip(column, KINDS, strict=True):
            if arrays[key].shape[1] == 2:
                points(axis, *arrays[key][:900].T, colors[color], ".", markersize=1.8)
                axis.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2))
            else:
                axis.imshow(sheet(arrays[key], SIDE, -1.0), cmap=sequential(theme), vmin=-1, vmax=1)
            axis.set(aspect="equal", xticks=[], yticks=[])
        column[0].set_title(text[name])
    for axis, (kind, *_) in zip(axes[:, 0], KINDS, strict=True):
        axis.set_ylabel(text[kind])
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
