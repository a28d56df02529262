"""Figure: handwritten digits, samples of the machine, its weights, its likelihood and its energies."""

import numpy as np

from scripts.common.panels import measured, sheet
from scripts.common.style import COLORS, DASHES, WIDTH, diverging, plt, spin_colormap, words

TEXT = {
    "train": ("training images", "訓練画像"),
    "samples": ("samples of the machine", "機械の標本"),
    "weights": ("weights of hidden units", "隠れユニットの重み"),
    "epoch": ("passes over the data", "データを巡った回数"),
    "likelihood": ("nats per image", "画像1枚あたり (nat)"),
    "learning": ("log-likelihood", "対数尤度"),
    "log_likelihood_train": ("training", "訓練"),
    "log_likelihood_test": ("held out", "未使用の画像"),
    "log_pseudo_likelihood": ("pseudo-likelihood, held out", "擬似尤度（未使用の画像）"),
    "energy": (r"energy $-\ln P$ (nats)", r"エネルギー $-\ln P$ (nat)"),
    "density": ("density of images", "画像の密度"),
    "energies": ("valleys where the digits are", "数字のある所が谷になる"),
    "digits": ("digits held out", "未使用の数字"),
    "noise": ("independent pixels", "独立な画素の画像"),
}
PER_ROW = 6  # images side by side


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict
        Arrays ``digits`` and table ``digits_learning``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, arrays = words(TEXT, language), COLORS[theme], data["digits"]
    figure = plt.figure(figsize=(WIDTH, 4.9))
    grid = figure.add_gridspec(2, 6, height_ratios=[1, 1])
    weights = arrays["weights"].T
    largest = np.quantile(np.abs(weights), 0.995)
    strongest = weights[np.argsort(-(weights**2).sum(1), kind="stable")]
    sheets = (
        ("train", arrays["train"], spin_colormap(theme), 0, 1),
        ("samples", arrays["samples"], spin_colormap(theme), 0, 1),
        ("weights", strongest, diverging(theme), -largest, largest),
    )
    for i, (name, images, colormap, low, high) in enumerate(sheets):
        axis = figure.add_subplot(grid[0, 2 * i : 2 * i + 2])
        axis.imshow(sheet(images, PER_ROW), cmap=colormap, vmin=low, vmax=high, interpolation="nearest")
        axis.set(title=text[name])
        axis.set_axis_off()
    _curves(figure.add_subplot(grid[1, :3]), data["digits_learning"], text, colors)
    _energies(figure.add_subplot(grid[1, 3:]), arrays, text, colors)
    return figure


def _curves(axis, table, text, colors):
    table = table[table["epoch"] > 0]
    for name, color, marker, dashes in (
        ("log_pseudo_likelihood", "green", "^", DASHES[2]),
        ("log_likelihood_train", "blue", "o", DASHES[0]),
        ("log_likelihood_test", "vermilion", "s", DASHES[1]),
    ):
        look = {"linestyle": dashes, "linewidth": 1.0, "label": text[name]}
        measured(axis, table, "epoch", name, colors[color], marker, **look)
    axis.set(xscale="log", xlabel=text["epoch"], ylabel=text["likelihood"], title=text["learning"])
    axis.legend(loc="upper left")


def _energies(axis, arrays, text, colors):
    digits, noise = arrays["energy_test"], arrays["energy_noise"]
    high = max(np.quantile(noise, 0.995), np.quantile(digits, 0.995))
    bins = np.linspace(min(digits.min(), noise.min()), high, 40)
    axis.hist(digits, bins=bins, density=True, color=colors["blue"], alpha=0.5, label=text["digits"])
    look = {"histtype": "step", "color": colors["vermilion"], "linewidth": 1.4, "linestyle": "-"}
    axis.hist(noise, bins=bins, density=True, label=text["noise"], **look)
    axis.set(xlabel=text["energy"], ylabel=text["density"], title=text["energies"])
    axis.set_ylim(top=1.3 * axis.get_ylim()[1])
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
