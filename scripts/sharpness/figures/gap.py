"""Figure: measures of sharpness against the generalization gap, and the rank correlations of all of them."""

import numpy as np

from scripts.common.panels import by_value, points, ticks
from scripts.common.style import COLORS, WIDTH, plt, words

SCOPES = ("all", "clean", "batch")
ORDER = (
    "largest", "trace", "worst_rise", "local_entropy", "radius", "relative_largest", "relative_trace",
    "relative_radius", "distance", "steps", "random", "planted"
)  # fmt: skip
TEXT = {
    "largest": (r"largest eigenvalue $\lambda_{\max}$", r"最大固有値 $\lambda_{\max}$"),
    "trace": ("trace", "トレース"),
    "worst_rise": ("worst rise in a ball", "小球内の最大上昇"),
    "local_entropy": ("lack of local entropy", "局所エントロピーの不足"),
    "radius": ("1 / robust radius", "1 / 頑健な半径"),
    "relative_largest": (r"relative $\lambda_{\max}$", r"相対 $\lambda_{\max}$"),
    "relative_trace": ("relative trace", "相対トレース"),
    "relative_radius": ("1 / relative radius", "1 / 相対半径"),
    "distance": ("distance from start", "初期値からの距離"),
    "steps": ("steps of training", "学習のステップ数"),
    "random": ("random number", "乱数"),
    "planted": ("gap plus noise", "汎化ギャップ＋ノイズ"),
    "gap": ("test − training error", "汎化ギャップ"),
    "noise": ("wrong labels", "誤ラベル"),
    "all": ("all networks", "全ネットワーク"),
    "clean": ("true labels", "正しいラベル"),
    "batch": ("same but for the batch", "バッチだけ異なる対"),
    "tau": (r"Kendall's $\tau$ with the gap", r"汎化ギャップとのケンドール $\tau$"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``networks`` and ``correlations``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["networks"]
    task = table["task"].iloc[0]
    table = table[(table["task"] == task) & table["reached"]]
    table = table.assign(error_gap=table["test_error"] - table["train_error"])
    figure = plt.figure(figsize=(WIDTH, 6.2))
    above, below = figure.subfigures(2, 1, height_ratios=[1.0, 1.35])
    _clouds(above, table, text, theme)
    axes, places = below.subplots(1, len(SCOPES), sharey=True), -np.arange(len(ORDER))
    taus = data["correlations"].query("task == @task and target == 'error_gap'")
    for axis, scope in zip(axes, SCOPES, strict=True):  # in ink: colors are shares of wrong labels
        rows = taus[taus["scope"] == scope].set_index("measure").reindex(list(ORDER))
        errors = rows["tau_err"].fillna(0.0)
        axis.axvline(0.0, color=colors["muted"], linewidth=0.8)
        axis.errorbar(rows["tau"], places, xerr=errors, color=colors["ink"], marker="o", linestyle="none")
        axis.axhline(-9.5, color=colors["grid"], linewidth=0.8)
        axis.set(xlim=(-1.08, 1.08), title=text[scope])
        axis.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"])
    axes[0].set_yticks(places, [text[name] for name in ORDER])
    axes[1].set_xlabel(text["tau"])
    return figure


def _clouds(figure, table, text, theme):
    axes = figure.subplots(1, 2, sharey=True)
    for axis, name in zip(axes, ("largest", "relative_trace"), strict=True):
        for noise, rows, color, marker, _ in by_value(table, "noise", theme):
            look = {"markersize": 3, "alpha": 0.8, "label": f"{100 * noise:g} %"}
            points(axis, rows[name], rows["error_gap"], color, marker, **look)
        axis.set(xscale="log", xlabel=text[name])
        low, high = axis.get_xlim()
        ticks(axis.xaxis, [x for x in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low <= x <= high])
    axes[0].set_ylabel(text["gap"])
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels), title=text["noise"])


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
