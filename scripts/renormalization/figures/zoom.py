"""Figure: configurations at three temperatures, blocked again and again."""

import numpy as np

from scripts.common.panels import picture
from scripts.common.style import WIDTH, plt, words

TEXT = {
    "title": "{n} × {n}",
    "T": "$T = {T:.3f}$",
}
SHOWN = 5


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to dict of arrays
        ``zoom``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, arrays = words(TEXT, language), data["zoom"]
    order = np.argsort(arrays["temperatures"].astype(float))
    n = min(SHOWN, int(arrays["levels"]))
    size = (WIDTH, WIDTH / n * len(order) * 1.02 + 0.2)
    figure, axes = plt.subplots(len(order), n, figsize=size, squeeze=False)
    for row, i in zip(axes, order, strict=True):
        for k, axis in enumerate(row):
            picture(axis, arrays[f"level_{k}"][i], theme, low=-1)
        row[0].set_ylabel(text["T"].format(T=float(arrays["temperatures"][i])))
    for k, axis in enumerate(axes[0]):
        axis.set_title(text["title"].format(n=arrays[f"level_{k}"].shape[1]))
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
