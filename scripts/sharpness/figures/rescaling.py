"""Figure: rescaling two layers leaves a ReLU network alone and multiplies its plain sharpness."""

from scripts.common.panels import points
from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

ASIDE = {"digits": 1 / 1.07, "teacher": 1.07}  # marks of both tasks stand side by side
KINDS = (("largest", "vermilion", "s", "-"), ("relative_largest", "blue", "o", DASHES[1]))
TEXT = {
    "factor": ("factor of the first layer", "第1層に掛ける係数"),
    "ratio": ("sharpness / before", "鋭さの前後の比"),
    "largest": r"$\lambda_{\max}$",
    "relative_largest": (r"relative $\lambda_{\max}$", r"相対 $\lambda_{\max}$"),
    "change": ("largest change of an output", "出力の最大の変化"),
    "hundred": ("100 times as sharp", "100 倍の鋭さ"),
    "bound": ("limit of the check", "判定の上限"),
    "digits": ("digits", "手書き数字"),
    "teacher": ("teacher", "教師ネットワーク"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``rescaling``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["rescaling"]
    figure, (ratio, change) = plt.subplots(1, 2, figsize=(WIDTH, 2.8))
    for (task, _), rows in table.groupby(["task", "network"]):
        face, places = _face(task, colors), rows["factor"] * ASIDE[task]
        for name, color, marker, dashes in KINDS:
            look = {"linestyle": dashes, "linewidth": 0.9} | face
            points(ratio, places, rows[name] / rows[name].iloc[0], colors[color], marker, **look)
        moved = rows["output_change"] > 0
        points(change, places[moved], rows["output_change"][moved], colors["muted"], **face)
    for name, color, marker, dashes in KINDS:
        points(ratio, [], [], colors[color], marker, linestyle=dashes, label=text[name])
    ratio.axhline(100.0, color=colors["muted"], linewidth=0.7)
    ratio.text(1.05, 110.0, text["hundred"], color=colors["muted"], fontsize=8.5)
    ratio.set(xscale="log", yscale="log", xlabel=text["factor"], ylabel=text["ratio"])
    ratio.legend(loc="upper left")
    change.set(xscale="log", yscale="log", xlabel=text["factor"], ylabel=text["change"])
    change.set(ylim=(1e-16, 1e-11), xlim=ratio.get_xlim())
    change.axhline(1e-12, color=colors["vermilion"], linewidth=0.8, linestyle=DASHES[1])
    change.text(1.05, 1.2e-12, text["bound"], color=colors["vermilion"], fontsize=8.5)
    for task in table["task"].unique():
        points(change, [], [], colors["muted"], label=text[task], **_face(task, colors))
    change.legend(loc="lower right")
    return figure


def _face(task, colors):
    """Open marks for the networks of the teacher."""
    return {"markerfacecolor": colors["ground"]} if task == "teacher" else {}


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
