"""Figure: mean field, TAP and Bethe beside the sum over all states, from trees to full graphs."""

from scripts.common.panels import measured
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

MODELS = ("tree", "torus", "boltzmann", "sk")
STYLES = {
    "mean_field": ("vermilion", "o", DASHES[1]),
    "tap": ("purple", "D", DASHES[2]),
    "bethe": ("green", "^", "-"),
}
FLOOR = {"gap": 1e-8, "m_error": 1e-7}  # below lies rounding
TICKS = (1e-6, 1e-4, 1e-2, 1)
TEXT = {
    "tree": ("tree", "木"),
    "torus": (r"torus $4\times4$", r"トーラス $4\times4$"),
    "boltzmann": ("Boltzmann machine", "ボルツマンマシン"),
    "sk": ("spin glass", "スピングラス"),
    "mean_field": ("mean field", "平均場"),
    "tap": "TAP",
    "bethe": ("Bethe", "ベーテ"),
    "gap": (r"error of $\ln Z$ per spin", r"1スピンあたりの $\ln Z$ の誤差"),
    "m_error": ("error of $\\langle s_i \\rangle$", r"$\langle s_i \rangle$ の誤差"),
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
    figure, axes = plt.subplots(2, 4, figsize=(WIDTH, 4.4), sharey="row", sharex="col")
    for column, model in zip(axes.T, MODELS, strict=True):
        for axis, quantity in zip(column, FLOOR, strict=True):
            _panel(axis, table[table["model"] == model], quantity, colors, text)
        column[0].set_title(text[model], fontsize=9)
        column[1].set_xlabel(text["beta"])
    for axis, quantity in zip(axes[:, 0], FLOOR, strict=True):
        axis.set_ylabel(text[quantity])
        exact = {"transform": axis.transAxes, "ha": "right", "color": colors["green"], "fontsize": 8.5}
        axis.text(0.96, 0.06, text["exact"], **exact)
    handles = [
        plt.Line2D([], [], color=colors[color], marker=marker, linestyle=dashes, label=text[name])
        for name, (color, marker, dashes) in STYLES.items()
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=3)
    return figure


def _panel(axis, table, quantity, colors, text):
    table = table.fillna({f"{quantity}_err": 0.0})
    for name, (color, marker, dashes) in STYLES.items():
        rows = table[(table["method"] == name) & (table[quantity] > FLOOR[quantity])].sort_values("beta")
        look = {"linestyle": dashes, "markersize": 3.2, "linewidth": 1.1}
        measured(axis, rows, "beta", quantity, colors[color], marker, **look)
    axis.set(yscale="log", ylim=(FLOOR[quantity], 2.0))
    axis.set_yticks(TICKS)
    axis.yaxis.set_minor_locator(plt.NullLocator())  # half of the drawing time
    axis.locator_params(axis="x", nbins=4)
    axis.margins(x=0.08)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
