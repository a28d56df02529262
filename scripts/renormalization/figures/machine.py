"""Figure: temperatures of configurations that a learned machine maps again and again."""

from scripts.common.style import COLORS, DASHES, WIDTH, plt, words

TEXT = {
    "ising": ("trained on Ising configurations", "イジングモデルの配位で訓練"),
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
    text, colors = words(TEXT, language), COLORS[theme]
    figure, axes = plt.subplots(1, 2, figsize=(WIDTH, 3.2), sharey=True)
    table = data["machine"]
    numbers = sorted(table["epochs"].unique())
    for axis, kind in zip(axes, ("ising", "shuffled"), strict=True):
        axis.axhline(
            table["T_c"].iloc[0],
            color=colors["muted"],
            linestyle="--",
            marker="",
            linewidth=0.9,
            label="$T_c$",
        )
        for n, color, dash in zip(numbers, ("blue", "vermilion", "green"), DASHES, strict=False):
            for k, (_, rows) in enumerate(table.query("training == @kind and epochs == @n").groupby("start")):
                axis.plot(
                    rows["step"], rows["temperature"], color=colors[color], linestyle=dash, marker="",
                    linewidth=1.1, label=text["epochs"].format(n=n) if k == 0 else None,
                )  # fmt: skip
        axis.set(xlabel=text["step"], title=text[kind], ylim=(0, 6.3))
    axes[0].set_ylabel(text["T"])
    axes[0].legend(loc="upper right")
    return figure


if __name__ == "__main__":
    from scripts.common.figure import figure_step

    figure_step(draw, snakemake)
