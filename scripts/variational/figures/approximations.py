"""Figure: what mean field, TAP and Bethe miss of ln Z, on a tree, a spin glass and a torus."""

from scripts.common.panels import measured
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

MODELS = ("tree", "sk", "torus")
STYLES = {
    "mean_field": ("vermilion", "o", DASHES[1]),
    "tap": ("purple", "D", DASHES[2]),
    "bethe": ("green", "^", "-"),
}
FLOOR = 1e-8  # below lies rounding
TICKS = (1e-6, 1e-4, 1e-2, 1)
TEXT = {
    "tree": ("tree: pairs are all there is", "木：対がすべて"),
    "sk": ("spin glass: many weak neighbors", "スピングラス：弱い隣が多数"),
    "torus": ("torus: short loops", "トーラス：短いループ"),
    "mean_field": ("mean field: no correlation", "平均場：相関なし"),
    "tap": ("TAP: the next order", "TAP：次の次数"),
    "bethe": ("Bethe: pairs of neighbors", "ベーテ：隣どうしの対"),
    "gap": (r"error of $\ln Z$ per spin", r"1スピンあたりの $\ln Z$ の誤差"),
    "beta": (r"coupling $\beta J$", r"結合 $\beta J$"),
    "exact": ("Bethe: exact", "ベーテ：厳密"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``accuracy``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["accuracy"]
    figure, axes = plt.subplots(1, 3, figsize=(WIDTH, 3.1), sharey=True)
    for axis, model in zip(axes, MODELS, strict=True):
        _panel(axis, table[table["model"] == model], colors)
        axis.set_title(text[model], fontsize=9)
        axis.set_xlabel(text["beta"])
    axes[0].set_ylabel(text["gap"])
    exact = {"transform": axes[0].transAxes, "ha": "right", "color": colors["green"], "fontsize": 8.5}
    axes[0].text(0.96, 0.06, text["exact"], **exact)
    handles = [
        plt.Line2D([], [], color=colors[color], marker=marker, linestyle=dashes, label=text[name])
        for name, (color, marker, dashes) in STYLES.items()
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=3)
    return figure


def _panel(axis, table, colors):
    table = table.fillna({"gap_err": 0.0})
    for name, (color, marker, dashes) in STYLES.items():
        rows = table[(table["method"] == name) & (table["gap"] > FLOOR)].sort_values("beta")
        look = {"linestyle": dashes, "markersize": 3.4, "linewidth": 1.2}
        measured(axis, rows, "beta", "gap", colors[color], marker, **look)
    axis.set(yscale="log", ylim=(FLOOR, 2.0))
    axis.set_yticks(TICKS)
    axis.yaxis.set_minor_locator(plt.NullLocator())  # half of the drawing time
    axis.locator_params(axis="x", nbins=4)
    axis.margins(x=0.08)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
