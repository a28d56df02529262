"""Figure: the scatter of the share of heads is that of the binomial distribution at every length."""

from scripts.common.panels import measured
from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "tosses": ("tosses $n$", "投げた回数 $n$"),
    "variance": ("variance / binomial variance", "分散 / 二項分布の分散"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``scatter``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axis = plt.subplots(figsize=(WIDTH, 3.2))
    axis.axhline(1, color=colors["muted"], linewidth=0.8, linestyle="-", marker="")
    scatter = data["scatter"]
    measured(axis, scatter[scatter["tosses"] == scatter["taken_for"]], "tosses", "variance", colors["blue"])
    axis.set(xscale="log", xlabel=text["tosses"], ylabel=text["variance"])
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
