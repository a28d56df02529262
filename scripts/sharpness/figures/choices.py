"""Figure: batch size, learning rate and label noise against curvature and test error."""

from scripts.common.panels import points, ticks
from scripts.common.style import COLORS, WIDTH, plt, words

CHOICES = ("batch", "rate", "noise")
TEXT = {
    "batch": ("batch size", "バッチサイズ"),
    "rate": ("learning rate", "学習率"),
    "noise": ("share of wrong labels", "誤ラベルの割合"),
    "largest": (r"$\lambda_{\max}$ of the Hessian", r"ヘッセ行列の $\lambda_{\max}$"),
    "test_error": ("test error", "テスト誤差"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``networks``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["networks"]
    table = table[(table["task"] == table["task"].iloc[0]) & table["reached"]]
    figure, axes = plt.subplots(2, 3, figsize=(WIDTH, 3.9), sharey="row", sharex="col")
    figure.get_layout_engine().set(wspace=0.12)
    looks = (("largest", "blue", "o"), ("test_error", "vermilion", "s"))
    for row, (quantity, color, marker) in zip(axes, looks, strict=True):
        for axis, choice in zip(row, CHOICES, strict=True):
            sets = table.groupby([choice, "sample"])[quantity].mean().unstack()  # their scatter is the error
            means, err = sets.mean(axis=1), sets.sem(axis=1).fillna(0.0)
            points(axis, means.index, means, colors[color], marker, err, linestyle="-")
        row[0].set_ylabel(text[quantity])
        row[0].set_ylim(0, 1.25 * max(axis.get_ylim()[1] for axis in row) / 1.1)
    for axis, choice in zip(axes[1], CHOICES, strict=True):
        axis.set_xlabel(text[choice])
        if choice != "noise":
            axis.set_xscale("log")
            ticks(axis.xaxis, sorted(table[choice].unique()))
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
