"""Figure: temperatures of configurations that a learned machine maps again and again."""

from scripts.common.panels import curve
from scripts.common.style import COLORS, DASHES, SERIES, WIDTH, plt, words
from scripts.renormalization.theory import square

TEXT = {
    "ising": ("trained on Ising configurations", "イジングモデルの配置で訓練"),
    "shuffled": ("trained on shuffled spins", "並べ替えたスピンで訓練"),
    "step": ("times applied", "適用の回数"),
    "T": ("temperature read from the energy", "エネルギーから読み取った温度"),
    "epochs": ("{n} passes", "{n} エポック"),
}


def draw(data, language, theme):
    """Draw the figure.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame
        ``machine``.
    language : str
    theme : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    text, colors, table = words(TEXT, language), COLORS[theme], data["machine"]
    figure, axes = plt.subplots(1, 2, figsize=(WIDTH, 3.2), sharey=True)
    critical, numbers = square.critical_temperature(), sorted(table["epochs"].unique())
    for axis, kind in zip(axes, ("ising", "shuffled"), strict=True):
        axis.axhline(critical, color=colors["muted"], linestyle="--", linewidth=0.9, label="$T_c$")
        for n, color, dashes in zip(numbers, SERIES, DASHES, strict=False):
            label = text["epochs"].format(n=n)
            for _, rows in table.query("training == @kind and epochs == @n").groupby("start"):
                look = {"linewidth": 1.1, "label": label}
                curve(axis, rows["step"], rows["temperature"], colors[color], dashes, **look)
                label = None  # one entry of the legend for all starts
        axis.set(xlabel=text["step"], title=text[kind], ylim=(0, 6.3))
    axes[0].set_ylabel(text["T"])
    axes[0].legend(loc="upper right")
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
