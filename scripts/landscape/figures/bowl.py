"""Figure: in a convex bowl every start ends at one point, at a rate that the condition number sets."""

import numpy as np

from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "steps": ("steps", "ステップ数"),
    "distance": ("distance from the lowest point", "最下点からの距離"),
    "left": ("all starts, one bowl", "一つのお椀のすべての出発点"),
    "law": ("rate of the gentlest curvature", "最小の曲率が決める速さ"),
    "condition": ("condition number", "条件数"),
    "rate": ("decay per step", "1ステップあたりの減衰"),
    "right": ("the longer the bowl, the slower", "細長いお椀ほど遅い"),
    "measured": ("measured", "測定値"),
    "expected": ("from the curvatures", "曲率から"),
}
SHOWN = 40  # starts


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``descents`` and ``bowl``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (left, right) = plt.subplots(1, 2, figsize=(WIDTH, 3.3))
    distance, table = data["descents"]["bowl"], data["bowl"].sort_values("condition")
    shown = np.unique(np.linspace(0, len(distance) - 1, 300).astype(int))
    for start in range(min(SHOWN, distance.shape[1])):
        left.plot(
            shown, distance[shown, start], "-", color=colors["blue"], marker="", linewidth=0.5, alpha=0.6
        )
    rate, last = table["rate_expected"].iloc[-1], len(distance) - 1
    law = np.array([0.25, 1]) * last
    left.plot(
        law, 30 * distance[-1].max() * np.exp(rate * (law - last)), color=colors["vermilion"], marker="",
        linestyle=DASHES[1], linewidth=1.8, label=text["law"],
    )  # fmt: skip
    left.set(yscale="log", xlabel=text["steps"], ylabel=text["distance"], title=text["left"])
    left.legend(loc="upper right")
    right.plot(
        table["condition"], -table["rate_expected"], color=colors["vermilion"], marker="",
        linestyle=DASHES[1],
        label=text["expected"],
    )  # fmt: skip
    right.plot(
        table["condition"], -table["rate"], color=colors["blue"], marker="o", linestyle="none", markersize=5,
        label=text["measured"],
    )  # fmt: skip
    right.set(xscale="log", yscale="log", xlabel=text["condition"], ylabel=text["rate"], title=text["right"])
    right.set_xticks(table["condition"], [f"{value:.3g}" for value in table["condition"]])
    right.set_xticks([], minor=True)
    right.set_yticks(-table["rate"], [f"{-value:.2g}" for value in table["rate"]])
    right.set_yticks([], minor=True)
    right.margins(0.12)
    right.legend(loc="upper right")
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
