"""Figure: solutions have as many flat directions as surplus parameters, and a valley connects them."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "number": ("curvatures, from the largest", "曲率の番号（大きい順）"),
    "curvature": ("curvature / largest", "曲率 / 最大の曲率"),
    "left": ("curvatures of one network", "一つのネットワークの曲率"),
    "solution": ("at solutions", "解"),
    "away": ("away from solutions", "解から離れた点"),
    "examples": ("number of examples", "例の数"),
    "way": ("share of the way", "道のりの割合"),
    "loss": ("loss", "損失"),
    "right": ("from solution to solution", "解から解へ"),
    "straight": ("straight line", "直線"),
    "floor": ("along the floor", "谷底に沿う道"),
}
LOWEST = 1e-18
BETWEEN = 4  # points on each piece of the path


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``valleys``, ``solutions`` and ``paths``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.4))
    _spectra(left, data["valleys"], int(data["solutions"]["examples"].iloc[0]), text, colors)
    if "floor" in data["valleys"]:
        _ways(right, data["valleys"], text, colors)
    return figure


def _spectra(axis, arrays, examples, text, colors):
    number = np.arange(1, arrays["away"].size + 1)
    curve(axis, number, _relative(arrays["away"]), colors["vermilion"], DASHES[1], label=text["away"])
    label = text["solution"]
    for curvatures in arrays["curvatures"]:
        sizes = np.maximum(_relative(curvatures), LOWEST)
        points(axis, number, sizes, colors["blue"], ".", markersize=2, label=label)
        label = None  # one entry of the legend for all solutions
    axis.axvline(examples + 0.5, color=colors["muted"], linestyle=DASHES[2], linewidth=1)
    upright = {"color": colors["muted"], "rotation": 90, "va": "center"}
    axis.text(examples + 0.02 * len(number), 3e-9, text["examples"], **upright)
    axis.set(yscale="log", xlabel=text["number"], ylabel=text["curvature"], title=text["left"])
    axis.set_ylim(LOWEST / 3, 1e4)
    axis.legend(loc="upper right", markerscale=4)


def _relative(curvatures):
    """Sizes of curvatures over the largest, from there on down."""
    sizes = np.sort(np.abs(curvatures))[::-1]
    return sizes / sizes[0]


def _ways(axis, arrays, text, colors):
    at, straight = arrays["at_straight"][1:-1], arrays["straight"][1:-1]
    curve(axis, at, straight, colors["vermilion"], DASHES[1], linewidth=1.6, label=text["straight"])
    # Between two points of the path the loss is not quite zero.
    floor = arrays["floor"][:-1].reshape(-1, BETWEEN).max(axis=1)
    curve(axis, arrays["at_floor"][:-1:BETWEEN], floor, colors["blue"], label=text["floor"])
    axis.set(yscale="log", ylim=(1e-11, 1e3), xlabel=text["way"], ylabel=text["loss"], title=text["right"])
    axis.legend(loc="upper right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
