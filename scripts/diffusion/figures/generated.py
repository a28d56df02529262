"""Figure: generated against real: points in the plane and handwritten digits."""

import numpy as np

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
KINDS = ("data", "sde", "flow")
SIDE = 6  # digits in a row of the mosaic


def draw(data, language, theme):
    """Draw the figure from all ``learned_<set>``."""
    text, colors = words(TEXT, language), COLORS[theme]
    order = list(TEXT)
    names = sorted((name.removeprefix("learned_") for name in data), key=order.index)
    figure, axes = plt.subplots(
        3, len(names), figsize=(min(WIDTH, 1.9 * len(names) + 0.6), 5.4), squeeze=False
    )
    for column, name in enumerate(names):
        arrays = data[f"learned_{name}"]
        for axis, kind in zip(axes[:, column], KINDS, strict=True):
            points = arrays["data" if kind == "data" else f"sample_{kind}"]
            if points.shape[1] == 2:
                axis.plot(
                    points[:900, 0],
                    points[:900, 1],
                    linestyle="",
                    marker=".",
                    markersize=1.8,
                    color=colors["muted" if kind == "data" else "blue"],
                )
                axis.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2))
            else:
                axis.imshow(_mosaic(points), cmap=sequential(theme), vmin=-1, vmax=1)
            axis.set(aspect="equal", xticks=[], yticks=[])
        axes[0, column].set_title(text[name])
    for axis, kind in zip(axes[:, 0], KINDS, strict=True):
        axis.set_ylabel(text[kind])
    return figure


def _mosaic(points):
    side = round(points.shape[1] ** 0.5)
    tiles = np.full((SIDE * (side + 1) - 1, SIDE * (side + 1) - 1), -1.0)
    for k, point in enumerate(points[: SIDE * SIDE]):
        row, column = divmod(k, SIDE)
        tiles[row * (side + 1) :, column * (side + 1) :][:side, :side] = point.reshape(side, side)
    return tiles


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
