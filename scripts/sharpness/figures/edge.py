"""Figure: curvature and loss along gradient descent for several learning rates."""

import numpy as np

from scripts.common.style import COLORS, DASHES, WIDTH, plt, series

SHOWN = 3  # starts of each rate
TEXT = {
    "en": {
        "steps": "steps",
        "stability": r"$\eta\,\lambda_{\max}/2$",
        "loss": "training loss",
        "rate": r"learning rate $\eta$",
        "edge": "edge of stability",
    },
    "ja": {
        "steps": "ステップ数",
        "stability": r"$\eta\,\lambda_{\max}/2$",
        "loss": "訓練損失",
        "rate": r"学習率 $\eta$",
        "edge": "安定性の縁",
    },
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
    text, colors, arrays = TEXT[language], COLORS[theme], data["edge"]
    figure, (curvature, loss) = plt.subplots(1, 2, figsize=(WIDTH, 3.2))
    rates, steps = arrays["rates"], arrays["steps"]
    for r, color in zip(np.argsort(rates), series(theme, len(rates)), strict=True):
        for i in range(min(SHOWN, arrays["stability"].shape[1])):
            label = f"{rates[r]:g}" if i == 0 else None
            style = {"color": color, "marker": "", "linestyle": "-", "linewidth": 1.0}
            panels = ((curvature, "stability"), (loss, "loss"))
            for axis, name in panels if i == 0 else panels[:1]:
                values = arrays[name][r, i]
                shown = np.isfinite(values) & (values < 1e3)
                marker = "o" if shown.sum() == 1 else ""
                axis.plot(steps[shown], values[shown], **style | {"marker": marker}, label=label)
    curvature.axhline(1.0, color=colors["ink"], linestyle=DASHES[1], linewidth=0.9)
    curvature.text(steps[-1], 1.17, text["edge"], ha="right", color=colors["ink"])
    curvature.set(xlabel=text["steps"], ylabel=text["stability"], ylim=(0, 1.4))
    loss.set(xlabel=text["steps"], ylabel=text["loss"], yscale="log", xscale="log")
    handles, labels = loss.get_legend_handles_labels()
    figure.legend(handles, labels, title=text["rate"], loc="outside upper center", ncols=len(labels))
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
