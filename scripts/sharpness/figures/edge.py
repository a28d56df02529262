"""Figure: curvature and loss along gradient descent for several learning rates."""

import numpy as np

from scripts.common.panels import curve, points
from scripts.common.style import COLORS, DASHES, SERIES, WIDTH, plt, words

SHOWN = 3  # starts of each rate
TEXT = {
    "steps": ("steps", "ステップ数"),
    "stability": r"$\eta\,\lambda_{\max}/2$",
    "loss": ("training loss", "訓練損失"),
    "rate": (r"learning rate $\eta$", r"学習率 $\eta$"),
    "edge": ("edge of stability", "安定性の縁"),
    "diverges": ("{} (diverges)", "{}（発散）"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to dict of arrays
        ``edge``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, arrays = words(TEXT, language), COLORS[theme], data["edge"]
    figure, (curvature, loss) = plt.subplots(1, 2, figsize=(WIDTH, 3.2))
    steps = arrays["steps"]
    for k, r in enumerate(np.argsort(arrays["rates"])):
        rate, values = f"{arrays['rates'][r]:g}", np.median(arrays["loss"][r], axis=0)
        if not np.isfinite(values[-1]):
            _diverged((curvature, loss), steps[0], text["diverges"].format(rate), colors)
            continue
        color, dashes = colors[SERIES[k % 4]], DASHES[k // 4 % 4]
        for stability in arrays["stability"][r, :SHOWN]:
            curve(curvature, steps, stability, color, dashes, linewidth=0.8)
        curve(loss, steps, arrays["loss"][r, 0], color, dashes, linewidth=0.6, alpha=0.5)
        curve(loss, steps, values, color, dashes, linewidth=1.6, label=rate)
    curvature.axhline(1.0, color=colors["ink"], linestyle=DASHES[1], linewidth=0.9)
    curvature.text(steps[-1], 0.93, text["edge"], ha="right", va="top", color=colors["ink"])
    curvature.set(xlabel=text["steps"], ylabel=text["stability"], ylim=(0, 1.4))
    loss.set(xlabel=text["steps"], ylabel=text["loss"], yscale="log", xscale="log")
    handles, labels = loss.get_legend_handles_labels()
    figure.legend(handles, labels, title=text["rate"], loc="outside upper center", ncols=len(labels))
    return figure


def _diverged(panels, step, label, colors):
    """A cross at the upper edge, where a run is lost before the first look at it."""
    for axis in panels:
        look = {"transform": axis.get_xaxis_transform(), "markersize": 6, "label": label}
        points(axis, [step], [0.97], colors["ink"], "x", **look)


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
