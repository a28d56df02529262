"""Figure: batch size, learning rate and label noise against curvature and test error."""

import numpy as np

from scripts.common.style import COLORS, WIDTH, plt, words

CHOICES = ("batch", "rate", "noise")
TEXT = {
    "batch": ("batch size", "バッチサイズ"),
    "rate": ("learning rate", "学習率"),
    "noise": ("share of wrong labels", "誤ラベルの割合"),
    "largest": (r"$\lambda_{\max}$ of the Hessian", r"ヘッセ行列の $\lambda_{\max}$"),
    "test_error": ("test error", "テスト誤り"),
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
    for row, quantity, color, marker in zip(
        axes, ("largest", "test_error"), ("blue", "vermilion"), "os", strict=True
    ):
        for axis, choice in zip(row, CHOICES, strict=True):
            groups = table.groupby(choice)[quantity]
            errors = groups.std() / np.sqrt(groups.size())
            axis.errorbar(
                groups.mean().index, groups.mean(), errors.fillna(0.0), color=colors[color], marker=marker,
                linestyle="-",
            )  # fmt: skip
        row[0].set_ylabel(text[quantity])
        row[0].set_ylim(0, 1.25 * max(axis.get_ylim()[1] for axis in row) / 1.1)
    for axis, choice in zip(axes[1], CHOICES, strict=True):
        values = sorted(table[choice].unique())
        axis.set_xlabel(text[choice])
        if choice != "noise":
            axis.set_xscale("log")
            axis.minorticks_off()
            axis.set_xticks(values, [f"{value:g}" for value in values])
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
