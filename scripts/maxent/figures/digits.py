"""Figure: pairs fit the pairs of real images and nothing more; more features help, then harm."""

import numpy as np

from scripts.common.panels import curve, measured, points, ticks
from scripts.common.style import COLORS, DASHES, WIDTH, plt, sequential, words

TEXT = {
    "pixels": ("pixels of the model", "モデルの画素"),
    "data": ("moment in the images", "画像のモーメント"),
    "model": ("moment in the model", "モデルのモーメント"),
    "moments": ("pairs fitted, triples not", "対は合わせ、三つ組は合わせない"),
    "independent": ("pairs, independent", "対（独立モデル）"),
    "pairs": ("pairs, pairwise", "対（二体モデル）"),
    "triples": ("triples, pairwise", "三つ組（二体モデル）"),
    "features": ("number of features", "特徴量の数"),
    "loss": (r"loss $-\langle\ln p\,\rangle$ (nats)", r"損失 $-\langle\ln p\,\rangle$（nat）"),
    "smoothed": ("held out, smoothed", "未知の画像（平滑化）"),
    "occam": ("learned from few images", "少ない画像からの学習"),
    "training": ("training", "訓練"),
    "held_out": ("held out", "未知の画像"),
    "all_pairs": ("all pairs", "対すべて"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``digits``, ``moments`` and ``occam``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (pixels, moments, occam) = plt.subplots(1, 3, figsize=(WIDTH, 3.2), width_ratios=[0.9, 1.15, 1.2])
    _pixels(pixels, data["digits"], text, theme)
    _moments(moments, data["moments"], text, colors)
    losses = data["occam"]
    _occam(occam, losses[losses["smoothing"] == "one"], text, colors)
    smoothed = losses[losses["smoothing"] == "ones"]
    measured(occam, smoothed, "features", "held_out", colors["green"], "^", label=text["smoothed"])
    occam.legend(loc="upper left")
    return figure


def _pixels(axis, models, text, theme):
    """The average image, with the chosen pixels framed."""
    axis.imshow(models["average"], cmap=sequential(theme), vmin=0, vmax=1)
    frame = {"fill": False, "edgecolor": COLORS[theme]["vermilion"], "linewidth": 1.4}
    for pixel in models["pixels"]:
        row, column = divmod(int(pixel), 8)
        axis.add_patch(plt.Rectangle((column - 0.42, row - 0.42), 0.84, 0.84, **frame))
    axis.set(xticks=[], yticks=[], title=text["pixels"])
    axis.tick_params(top=False, right=False)


def _moments(axis, table, text, colors):
    curve(axis, [-1, 1], [-1, 1], colors["muted"], linewidth=0.8)
    for order, model, color, marker, label in (
        (2, "independent", "vermilion", "s", "independent"),
        (2, "pairwise", "blue", "o", "pairs"),
        (3, "pairwise", "green", "^", "triples"),
    ):
        rows, look = table[table["order"] == order], {"markersize": 3, "alpha": 0.85, "label": text[label]}
        points(axis, rows["data"], rows[model], colors[color], marker, **look)
    seen = np.abs(table.loc[table["order"] > 1, ["data", "independent", "pairwise"]].to_numpy()).max()
    axis.set(xlabel=text["data"], ylabel=text["model"], title=text["moments"])
    axis.set(xlim=(-1.08 * seen, 1.08 * seen), ylim=(-1.08 * seen, 1.9 * seen))
    axis.legend(loc="upper left", markerscale=1.4)


def _occam(axis, table, text, colors):
    for name, color, marker, dashes in (
        ("held_out", "vermilion", "s", DASHES[0]),
        ("training", "blue", "o", DASHES[1]),
    ):
        look = {"linestyle": dashes, "linewidth": 1.0, "label": text[name]}
        measured(axis, table, "features", name, colors[color], marker, **look)
    pairs = table.loc[table["order"] <= 2, "features"].max()
    axis.axvline(pairs, ymax=0.7, color=colors["muted"], linestyle=DASHES[2], linewidth=1.0)
    low, high = table["training"].min(), table["held_out"].max()
    axis.text(pairs / 1.07, low, text["all_pairs"], color=colors["muted"], fontsize=8.5, ha="right")
    axis.set(xscale="log", xlabel=text["features"], ylabel=text["loss"], title=text["occam"])
    axis.set_ylim(low - 0.08 * (high - low), high + 0.42 * (high - low))
    ticks(axis.xaxis, [7, 14, 28, 63, 127])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
