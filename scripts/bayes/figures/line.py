"""Figure: a fitted line promises too little uncertainty when data are few; Student's t repairs it."""

import numpy as np

from scripts.common.style import COLORS, WIDTH, plt, words

TEXT = {
    "x": "$x$",
    "y": "$y$",
    "fit": ("one data set, {n} data", "データの一例（{n} 個）"),
    "data": ("data", "データ"),
    "truth": ("true line", "真の直線"),
    "plug_in": (r"fitted $\pm 1.96\,\hat\sigma$", r"推定値 $\pm 1.96\,\hat\sigma$"),
    "student": ("Student's $t$", "$t$ 分布の区間"),
    "n": ("number of data $n$", "データ数 $n$"),
    "coverage": ("next datum inside", "次のデータが入る割合"),
    "promise": ("what 95 % intervals hold", "95 % 区間に実際に入る割合"),
    "bias": (r"fitted variance $\hat\sigma^2/\sigma^2$", r"推定した分散 $\hat\sigma^2/\sigma^2$"),
    "share": ("share, or ratio of variances", "割合、または分散の比"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``fits`` and ``line``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors = words(TEXT, language), COLORS[theme]
    figure, (example, coverage) = plt.subplots(1, 2, figsize=(WIDTH, 3.6))
    _example(example, data["line"], text, colors)
    _coverage(coverage, data["fits"].sort_values("n"), text, colors)
    return figure


def _example(axis, line, text, colors):
    at, fitted = line["at"], line["fitted"]
    axis.fill_between(
        at, fitted - line["student"], fitted + line["student"], color=colors["blue"], alpha=0.18,
        linewidth=0, label=text["student"],
    )  # fmt: skip
    for sign in (-1, 1):
        axis.plot(
            at, fitted + sign * line["plug_in"], color=colors["vermilion"], linestyle="--", marker="",
            label=text["plug_in"] if sign > 0 else None,
        )  # fmt: skip
    axis.plot(at, line["truth"], color=colors["muted"], linestyle=":", marker="", label=text["truth"])
    axis.plot(
        line["x"], line["y"], color=colors["ink"], linestyle="", marker="o", markersize=5, label=text["data"]
    )
    height = np.max(np.abs(line["student"])) + np.ptp(fitted) / 2
    middle = fitted.mean()
    axis.set(
        xlim=(at[0], at[-1]), ylim=(middle - 1.05 * height, middle + 1.75 * height), xlabel=text["x"],
        ylabel=text["y"], title=text["fit"].format(n=len(line["x"])),
    )  # fmt: skip
    axis.legend(loc="upper center", ncols=2, columnspacing=1.2)


def _coverage(axis, fits, text, colors):
    axis.axhline(0.95, color=colors["muted"], linestyle=":", linewidth=1)
    for column, expected, color, marker, label in (
        ("student", None, "blue", "o", text["student"]),
        ("plug_in", "plug_in_expected", "vermilion", "s", text["plug_in"]),
        ("variance", "variance_expected", "green", "^", text["bias"]),
    ):
        if expected:
            axis.plot(fits["n"], fits[expected], color=colors[color], linestyle="-", marker="", linewidth=1)
        axis.errorbar(
            fits["n"], fits[column], fits[f"{column}_err"], color=colors[color], linestyle="",
            marker=marker, markersize=5, label=label,
        )  # fmt: skip
    low = min(fits["variance"].min(), fits["plug_in"].min())
    axis.set(
        xscale="log", ylim=(low - 0.55 * (1 - low), 1.04), xlabel=text["n"], ylabel=text["share"],
        title=text["promise"],
    )  # fmt: skip
    sizes = fits["n"].tolist()
    axis.set_xticks(sizes, [str(size) for size in sizes])
    axis.set_xticks([], minor=True)
    axis.legend(loc="lower right")


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
